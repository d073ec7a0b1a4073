const LONGEST_UNIT = 60;
const TIMES = 3;
/** Shorter repetitions are laughter, or a pause in writing. In UTF-16 units. */
const SHORTEST_LOOP = 24;
const KEPT = 2;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

interface Loop {
  from: number;
  to: number;
  unit: number;
}

/** The text in which what stands three times in a row and more stands twice; one that ends in a loop ends there. */
export function withoutLoops(text: string): string {
  let rest = text;
  for (let loop = firstLoop(rest); loop !== undefined; loop = firstLoop(rest)) {
    const { from, to, unit } = loop;
    const times = Math.floor((to - from) / unit);
    const cut = from + KEPT * unit;
    // What goes on keeps its neighbours; nothing new arises where the parts meet.
    if (to < rest.length) rest = rest.slice(0, cut) + rest.slice(from + times * unit);
    else rest = rest.slice(0, wholeGraphemes(rest, cut));
  }
  return rest;
}

/** The one that is there first, of the shortest unit. */
function firstLoop(text: string): Loop | undefined {
  let first: Loop | undefined;
  for (let unit = 1; unit <= LONGEST_UNIT && unit * TIMES <= text.length; unit++) {
    const enough = Math.max(unit * TIMES, SHORTEST_LOOP) - unit;
    const until = first?.to ?? text.length;
    let agreeing = 0;
    for (let at = unit; at < until; at++) {
      agreeing = text.charCodeAt(at) === text.charCodeAt(at - unit) ? agreeing + 1 : 0;
      if (agreeing < enough) continue;
      first = { from: at + 1 - agreeing - unit, to: at + 1, unit };
      break;
    }
  }
  return first && { ...first, to: endOf(text, first) };
}

function endOf(text: string, { to, unit }: Loop): number {
  let end = to;
  while (end < text.length && text.charCodeAt(end) === text.charCodeAt(end - unit)) end += 1;
  return end;
}

/** The last place up to this one where no grapheme is cut. */
function wholeGraphemes(text: string, at: number): number {
  return graphemes.segment(text).containing(at)?.index ?? at;
}
