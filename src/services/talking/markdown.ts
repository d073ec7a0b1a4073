/** What Discord takes in one message, in UTF-16 units. */
export const MESSAGE_LIMIT = 2_000;

/** Quotes every line of a text. */
export function quoted(text: string): string {
  return `> ${text.replaceAll('\n', '\n> ')}`;
}

/** What follows bold words: a star right after them would make them longer, so something invisible keeps them apart. */
export function afterBold(text: string): string {
  return text.startsWith('*') ? `\u2060${text}` : text;
}
