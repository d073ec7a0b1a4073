import { mask } from './clean/mask.js';

/** A message that is a command to some bot: a prefix sign, then a word. */
const BOT_COMMAND = /^[!/?$][a-z]/i;

/**
 * The text of a message as it is stored: NFC, well-formed, without the code points that transcripts use as marks
 * (plane 16), without control characters, and with what is secret or somebody's own masked; undefined when nothing worth
 * storing is left.
 */
export function cleanMessage(content: string): string | undefined {
  const text = content
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u{100000}-\u{10FFFF}]|(?!\n)\p{Cc}/gu, '')
    .normalize('NFC')
    .trim();
  return text === '' || BOT_COMMAND.test(text) ? undefined : mask(text);
}

/** Code points, the unit in which the corpus is counted. */
export function countCharacters(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
