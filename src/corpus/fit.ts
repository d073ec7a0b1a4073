const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The longest beginning of a text, in whole graphemes, that has at most `max` UTF-16 units. */
export function fit(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
