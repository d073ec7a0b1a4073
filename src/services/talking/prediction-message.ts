import { escapeMarkdown } from '../../corpus/highlight.js';
import type { Strings } from '../../i18n/index.js';
import type { Foretold } from './predicting.js';

/** Begins a quoted line. */
const BREAK = '\n> ';

/** The text that was looked at, and what there is to say of it beside the picture. */
export function predictionMessage(foretold: Foretold, { talking }: Strings): string {
  const quoted = `> ${escapeMarkdown(foretold.text).replaceAll('\n', BREAK)}`;
  return `${quoted}\n${talking.predict.told(foretold)}`;
}
