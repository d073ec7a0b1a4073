/** Runs of marks, what only looks as if it had some (an emoji's name, what a backslash makes plain), and ends of lines. */
const RUN = /:\w{2,32}:|\\[^\n]|\*+|_+|~+|\n/g;
/** Bold, italics, underline, strike. */
const MARKS = new Set(['*', '**', '***', '_', '__', '___', '~~']);
const LATIN = /[A-Za-z0-9]/;
/** No emphasis begins with these, but faces have them: -_- and *_*. */
const FACE = /[-./\\)^<>*_]/;
const SAID = /[\p{L}\p{N}]/u;

/**
 * The words of a text without the marks around some that make them bold and the like. Marks inside a Latin word, around
 * nothing, or without their like stay: snake_case, 2*3*4, *_*.
 */
export function withoutEmphasis(text: string): string {
  const open = new Map<string, number>();
  const marks: { at: number; length: number }[] = [];
  for (const { 0: run, index: at } of text.matchAll(RUN)) {
    // Over several lines a single mark is rather two that have nothing to do with each other.
    if (run === '\n') ['*', '_'].forEach((single) => open.delete(single));
    if (!MARKS.has(run)) continue;
    const before = text.charAt(at - 1);
    const after = text.charAt(at + run.length);
    const opened = open.get(run);
    const closes = /\S/.test(before) && !LATIN.test(after);
    if (opened !== undefined && closes && SAID.test(text.slice(opened, at))) {
      marks.push({ at: opened, length: run.length }, { at, length: run.length });
      open.delete(run);
    } else if (/\S/.test(after) && !FACE.test(after) && !LATIN.test(before)) open.set(run, at);
  }
  if (marks.length === 0) return text;
  const pieces: string[] = [];
  let kept = 0;
  for (const { at, length } of marks.sort((a, b) => a.at - b.at)) {
    pieces.push(text.slice(kept, at));
    kept = at + length;
  }
  return pieces.join('') + text.slice(kept);
}
