// What is cut stands side by side; the sampler (rnn/repetition) avoids more, on purpose: nothing is lost by that.
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
    const loop = firstLoopOf(unit, text);
    if (loop !== undefined && (first === undefined || loop.from < first.from)) first = loop;
  }
  return first;
}

/** In a loop each sign agrees with the one a unit before; so long a run of them escapes no probe at this distance. */
function firstLoopOf(unit: number, text: string): Loop | undefined {
  const enough = Math.max(unit * TIMES, SHORTEST_LOOP) - unit;
  const agrees = (at: number) => text.charCodeAt(at) === text.charCodeAt(at - unit);
  for (let probe = unit + enough - 1; probe < text.length; probe += enough) {
    if (!agrees(probe)) continue;
    let from = probe;
    while (from > unit && agrees(from - 1)) from -= 1;
    let to = probe + 1;
    while (to < text.length && agrees(to)) to += 1;
    if (to - from >= enough) return { from: from - unit, to, unit };
    probe = to;
  }
  return undefined;
}

/** The last place up to this one where no grapheme is cut. */
function wholeGraphemes(text: string, at: number): number {
  return graphemes.segment(text).containing(at)?.index ?? at;
}
