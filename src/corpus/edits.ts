/** A stretch of a text, in UTF-16 units, and what is to stand there instead. */
export interface Edit {
  from: number;
  to: number;
  by: string;
}

/** Where a global pattern matches, and what is to stand there. */
export function editsOf(text: string, pattern: RegExp, by: (match: RegExpMatchArray) => string): Edit[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    from: match.index,
    to: match.index + match[0].length,
    by: by(match),
  }));
}

/**
 * What follows the first `start` units, edited. Of edits that overlap the one that begins first counts, and it covers
 * both; of one that begins before `start`, that part is left alone.
 */
export function edited(text: string, start: number, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let kept = start;
  for (const { from, to, by } of edits.toSorted((a, b) => a.from - b.from)) {
    if (to <= kept) continue;
    if (from >= kept) pieces.push(text.slice(kept, from), by);
    else if (kept === start) pieces.push(by);
    kept = to;
  }
  return pieces.join('') + text.slice(kept);
}
