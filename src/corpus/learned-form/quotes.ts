/** From here on to the end. */
const QUOTED_REST = /^>>> /m;
const QUOTED_LINE = /^>(?: |$)/;

/** The text without the lines that quote another's words. */
export function withoutQuotes(text: string): string {
  if (!text.includes('>')) return text;
  const rest = text.search(QUOTED_REST);
  const own = rest < 0 ? text : text.slice(0, rest);
  return own
    .split('\n')
    .filter((line) => !QUOTED_LINE.test(line))
    .join('\n');
}
