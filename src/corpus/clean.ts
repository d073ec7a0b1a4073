import { mask } from './clean/mask.js';

/** A message that is a command to some bot: a prefix sign, then a word. */
const BOT_COMMAND = /^[!/?$][a-z]/i;

/**
 * The text of a message as it is stored: NFC, well-formed, without the code points that transcripts use as marks
 * (plane 16), without control characters, and with what is secret or somebody's own masked; undefined when nothing worth
 * storing is left.
 */
export function cleanMessage(content: string): string | undefined {
  const text = tidy(content);
  return reasonToLeaveOut(text) === undefined ? mask(text) : undefined;
}

/** Why nothing of a message is worth storing; undefined where something is. */
export function whyLeftOut(content: string): 'command' | 'empty' | undefined {
  return reasonToLeaveOut(tidy(content));
}

/** Code points, the unit in which the corpus is counted. */
export function countCharacters(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

function reasonToLeaveOut(tidied: string): 'command' | 'empty' | undefined {
  if (tidied === '') return 'empty';
  return BOT_COMMAND.test(tidied) ? 'command' : undefined;
}

function tidy(content: string): string {
  return content
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u{100000}-\u{10FFFF}]|(?!\n)\p{Cc}/gu, '')
    .normalize('NFC')
    .trim();
}
