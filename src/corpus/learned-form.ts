import { mask } from './clean/mask.js';
import { isInvite } from './domains.js';
import { edited } from './edits.js';
import { withoutEmphasis } from './learned-form/emphasis.js';
import { withoutQuotes } from './learned-form/quotes.js';
import { findLinks, LINK } from './links.js';
import { findTags } from './tags.js';

/** Without any of these a text is as it is learned, as most are. */
const MARKED = /[*_~|`<]|\]\(|^[ \t]*[->#]|:\/\/|@(?:everyone|here)|\w\.[^\s\d.]|\.gg/m;

const FENCED = /```[^]*?```/g;
const INLINE_CODE = /(?<!`)(`{1,2})(?!`)([^`]+)\1(?!`)/g;
const SPOILER = /\|\|[^]+?\|\|/g;
/** Headings, small print, and points of a list. */
const LINE_MARKS = /^[ \t]*(?:#{1,3} |-# |[-*] )+/gm;
const NAMED_LINK = /\[([^[\]\n]{1,400})\]\(<?https?:\/\/[^\s()<>]+>?\)/g;
const BRACKETED_LINK = /<(https?:\/\/[^\s<>]+)>/g;
const EVERYONE = /@(everyone|here)\b/g;
const TAG_WORDS = { someone: '@someone', role: '@role', channel: '#channel' };

const PLACEHOLDER =
  /\[(?:link|invite|code|time|spoiler|address|number|secret)\]|@(?:someone|role)\b|#channel\b/g;
/** Of what stands beside placeholders. A mark alone, such as a full stop, says nothing. */
const SAYS_SOMETHING = /[\p{L}\p{N}\p{S}?!]/u;

/**
 * A message as the language model reads it: markup as plain words, quotes left out, and for whom or what is mentioned,
 * linked, hidden or computed one word each, such as @someone and [link]. Custom emoji are :name:. Undefined where
 * nothing else is left. The learned form of a learned form is itself.
 */
export function learnedForm(content: string): string | undefined {
  let text = mask(content);
  while (MARKED.test(text)) {
    const plainer = plain(text);
    if (plainer === text) break;
    text = plainer;
  }
  return isWorthLearning(text) ? text : undefined;
}

/** Less of Discord's markup; where one mark hid another, not yet none. */
function plain(text: string): string {
  const spoken = withoutQuotes(text.replace(FENCED, '[code]'))
    .replace(INLINE_CODE, '$2')
    .replace(SPOILER, '[spoiler]')
    .replace(LINE_MARKS, '')
    .replace(NAMED_LINK, '$1')
    .replace(BRACKETED_LINK, '$1')
    .replace(EVERYONE, '$1');
  const untagged = edited(spoken, 0, findTags(spoken, TAG_WORDS));
  const unlinked = edited(
    untagged,
    0,
    findLinks(untagged, (url) => (isInvite(url) ? '[invite]' : LINK)),
  );
  return mask(withoutEmphasis(unlinked).trim());
}

function isWorthLearning(text: string): boolean {
  const rest = /[[@#]/.test(text) ? text.replace(PLACEHOLDER, '') : text;
  return rest === text ? text !== '' : SAYS_SOMETHING.test(rest);
}
