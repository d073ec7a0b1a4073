import { fit } from '../../corpus/fit.js';
import { defuse } from '../../corpus/guard.js';
import { escapeMarkdown } from '../../corpus/highlight.js';
import type { Strings } from '../../i18n/index.js';
import type { ImitationDraft } from './imitating.js';
import { afterBold, MESSAGE_LIMIT, quoted } from './markdown.js';

/**
 * An imitation, labelled as one whatever is in it: every line of it is quoted, and the opening that somebody gave is
 * bold, or told beside it where the text does not begin so any more.
 */
export function imitationMessage(
  { name, opening, text, version }: ImitationDraft,
  { talking }: Strings,
): string {
  const { label, beginning } = talking.imitate;
  const lines = [label({ name: shownName(name), version })];
  const given = commonBeginning(opening, text);
  if (given === undefined) lines.push(beginning({ opening: escapeMarkdown(opening) }), quoted(text));
  else lines.push(quoted(marked(given, text.slice(given.length))));
  return fit(lines.join('\n'), MESSAGE_LIMIT);
}

/** A member's name, with nothing in it that formats, links or mentions. */
export function shownName(name: string): string {
  return escapeMarkdown(defuse(name));
}

/** Of a text that begins with its opening, or is still within it, the opening; else undefined. */
function commonBeginning(opening: string, text: string): string | undefined {
  if (text.startsWith(opening)) return opening;
  return opening.startsWith(text) ? text : undefined;
}

function marked(given: string, rest: string): string {
  return given === '' ? rest : `**${escapeMarkdown(given)}**${afterBold(rest)}`;
}
