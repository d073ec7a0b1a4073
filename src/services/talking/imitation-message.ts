import { fit } from '../../corpus/fit.js';
import { escapeMarkdown } from '../../corpus/highlight.js';
import type { Strings } from '../../i18n/index.js';
import type { ImitationDraft } from './imitating.js';

/** What Discord takes in one message, in UTF-16 units. */
const MESSAGE_LIMIT = 2_000;
/** Begins a quoted line. */
const BREAK = '\n> ';

/** An imitation, labelled as one whatever is in it: every line of it is quoted, and the opening that somebody gave is bold. */
export function imitationMessage(
  { name, opening, text, version }: ImitationDraft,
  { talking }: Strings,
): string {
  const label = talking.imitate.label({ name: escapeMarkdown(name), version });
  const isGiven = opening !== '' && text.startsWith(opening);
  const said = isGiven ? `**${escapeMarkdown(opening)}**${text.slice(opening.length)}` : text;
  return fit(label + BREAK + said.replaceAll('\n', BREAK), MESSAGE_LIMIT);
}
