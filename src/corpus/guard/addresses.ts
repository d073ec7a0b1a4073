import { isIP, isIPv6 } from 'node:net';
import { ADDRESS, findMailboxes, findNumbers } from '../clean/contacts.js';
import { editsOf, type Edit } from '../edits.js';
import { findLinks, LINK } from '../links.js';
import { normalize, type Normalized } from '../normalize.js';
import { rewrite } from '../normalize/traced.js';

const ENDINGS =
  'com|net|org|gg|io|me|co|ru|xyz|link|app|dev|kr|de|uk|fr|jp|eu|us|tv|info|gift|site|online|shop|club|top';
/** Ways to write an address so that only a person reads it as one, and how it reads. */
const DISGUISES: readonly (readonly [RegExp, string])[] = [
  [/[[({<]\s*(?:dot|[.。])\s*[\])}>]/giu, '.'],
  [/[[({<]\s*(?:at|@)\s*[\])}>]/giu, '@'],
  [/(?<=[\p{L}\p{N}])[。．｡․‧·•∙⋅ꓸ](?=[\p{L}\p{N}])/gu, '.'],
  [/(?<=\bdiscord(?:app)?|\bdsc)\s*(?:[.,。．｡․‧·•∙⋅ꓸ]|\bdot\b)\s*(?=g\s?g\b|com\b)/giu, '.'],
  [
    new RegExp(String.raw`(?<=[\p{L}\p{N}-])\s+(?:[.。․·•]|dot)\s+(?=(?:${ENDINGS})(?![\p{L}\p{N}]))`, 'giu'),
    '.',
  ],
  [/(?<=\.g)\s(?=g\b)/giu, ''],
  [/(?<=\w)\s+@\s*(?=[\w-]+\.[a-z])|(?<=\w)@\s+(?=[\w-]+\.[a-z])/giu, '@'],
  [/(?<=\.gg|\.com)\s*\/\s*(?=\w)/giu, '/'],
  [/(?<=\.com\/invite)\s*\/\s*(?=\w)/giu, '/'],
  [/\bh[tx]{2}p(s?)\s?:\s?\/\s?\/\s?/giu, 'http://'],
];
const IP_4 =
  /(?<![\p{L}\p{N}_.-])\d{1,3}(?: ?\. ?\d{1,3}){3}(?::\d{1,5})?(?:\/[\w./?=&%-]*)?(?![\p{L}\p{N}_]|\.\d)/gu;
const IP_6 =
  /(?<![\p{L}\p{N}_:.])\[?(?=[0-9a-f:]*[0-9])[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*(?:%\w+)?(?![\p{L}\p{N}_:])/giu;

/** Links, invites, addresses of mailboxes and machines, and telephone numbers, and the words that stand for them. */
export function findAddresses(original: string): Edit[] {
  const read = DISGUISES.reduce(
    (traced, [pattern, plain]) => rewrite(traced, pattern, () => plain),
    normalize(original),
  );
  const { text } = read;
  const found = [
    ...findLinks(text, () => LINK),
    ...editsOf(text, IP_4, () => ADDRESS).filter(({ from, to }) => isAddress(text.slice(from, to))),
    ...editsOf(text, IP_6, () => ADDRESS).filter(({ from, to }) => isAddress6(text.slice(from, to))),
    ...findMailboxes(text),
    ...findNumbers(text),
  ];
  return found.map((edit) => inOriginal(edit, read, original));
}

function isAddress(text: string): boolean {
  return isIP(text.replaceAll(' ', '').replace(/[:/].*$/, '')) === 4;
}

const FEWEST_SIGNS = 6;

function isAddress6(text: string): boolean {
  return text.length >= FEWEST_SIGNS && isIPv6(text.replace(/^\[/, '').replace(/\.$/, ''));
}

/** The stretch of the original that was read so; what is invisible at its end belongs to it. */
function inOriginal({ from, to, by }: Edit, { origin }: Normalized, original: string): Edit {
  const places = origin.subarray(from, to);
  const first = Math.min(...places);
  const last = Math.max(...places);
  const size = (original.codePointAt(last) ?? 0) > 0xffff ? 2 : 1;
  const hidden =
    /^[\p{M}\p{Default_Ignorable_Code_Point}]*/u.exec(original.slice(last + size))?.[0].length ?? 0;
  return { from: first, to: last + size + hidden, by };
}
