import { escapeMarkdown } from '../../corpus/highlight.js';
import type { Strings } from '../../i18n/index.js';
import type { Continuation, ContinuationDraft } from './continuing.js';
import { afterBold, MESSAGE_LIMIT } from './markdown.js';

/** Kept free for the line below the text. */
const FOOTER_ROOM = 150;
/** In UTF-16 units of markdown. A prompt that somebody typed stays below this; of a longer message, only the end is shown. */
const LONGEST_PROMPT = 1_000;
/** Code points: each takes at most two units, escaped or not. */
const SHOWN_END = 400;

/** How much of a message is left for the text, in UTF-16 units. */
export function roomAfter(prompt: string): number {
  return MESSAGE_LIMIT - FOOTER_ROOM - bold(prompt).length;
}

/** A text while it is written. */
export function draftMessage({ prompt, text }: ContinuationDraft): string {
  return joined(prompt, text) || '…';
}

/** The prompt in bold, what the network wrote, and how to have it again. */
export function continuationMessage(continuation: Continuation, { talking }: Strings): string {
  const { prompt, text } = continuation;
  return `${joined(prompt, text)}\n${talking.continue.footer(continuation)}`;
}

function joined(prompt: string, text: string): string {
  return prompt === '' ? `…${text}` : bold(prompt) + afterBold(text);
}

/** The prompt as people typed it: whole, and with nothing in it that formats, links or mentions. */
function bold(prompt: string): string {
  if (prompt === '') return '…';
  const whole = `**${escapeMarkdown(prompt)}**`;
  if (whole.length <= LONGEST_PROMPT) return whole;
  return `**…${escapeMarkdown([...prompt].slice(-SHOWN_END).join(''))}**`;
}
