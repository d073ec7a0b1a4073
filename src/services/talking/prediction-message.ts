import { escapeMarkdown } from '../../corpus/highlight.js';
import type { Strings } from '../../i18n/index.js';
import { quoted } from './markdown.js';
import type { Foretold } from './predicting.js';

/** The text that was looked at, and what there is to say of it beside the picture. */
export function predictionMessage(foretold: Foretold, { talking }: Strings): string {
  return `${quoted(escapeMarkdown(foretold.text))}\n${talking.predict.told(foretold)}`;
}
