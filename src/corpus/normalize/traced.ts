/** A text that was changed, and where each of its UTF-16 units stood in the original. */
export interface Traced {
  text: string;
  origin: Int32Array;
}

export function untouched(text: string): Traced {
  const origin = new Int32Array(text.length);
  for (let at = 0; at < origin.length; at++) origin[at] = at;
  return { text, origin };
}

/**
 * Replaces what a global pattern finds. A string stands where its match began; a traced text, made from the match
 * itself, keeps its finer origins; undefined leaves the match alone.
 */
export function rewrite(
  source: Traced,
  pattern: RegExp,
  replace: (match: string) => string | Traced | undefined,
): Traced {
  const pieces: string[] = [];
  const edits: { from: number; to: number; by: string | Traced }[] = [];
  let length = source.text.length;
  let kept = 0;
  for (const { 0: match, index } of source.text.matchAll(pattern)) {
    const by = replace(match);
    const text = typeof by === 'object' ? by.text : by;
    if (by === undefined || text === undefined || text === match) continue;
    pieces.push(source.text.slice(kept, index), text);
    kept = index + match.length;
    length += text.length - match.length;
    edits.push({ from: index, to: kept, by });
  }
  if (edits.length === 0) return source;
  pieces.push(source.text.slice(kept));
  return { text: pieces.join(''), origin: trace(source.origin, edits, length) };
}

function trace(
  old: Int32Array,
  edits: readonly { from: number; to: number; by: string | Traced }[],
  length: number,
): Int32Array {
  const origin = new Int32Array(length);
  let at = 0;
  let kept = 0;
  for (const { from, to, by } of edits) {
    origin.set(old.subarray(kept, from), at);
    at += from - kept;
    if (typeof by === 'string') {
      origin.fill(old[from], at, at + by.length);
      at += by.length;
    } else {
      for (const unit of by.origin) origin[at++] = old[from + unit];
    }
    kept = to;
  }
  origin.set(old.subarray(kept), at);
  return origin;
}
