import { isIP, isIPv6 } from 'node:net';
import { LinkifyIt } from 'linkify-it';
import { normalize, type Normalized } from '../normalize.js';
import { rewrite } from '../normalize/traced.js';
import { NEWER_ENDINGS } from '../signals.js';
import { editsOf, type Edit } from './edits.js';

const LINK = '[link]';
const ADDRESS = '[address]';
const NUMBER = '[number]';

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
/** Where an address ends that a word of another script is attached to: "example.com에서". */
const ATTACHED =
  /(?<=\.[a-z]{2,12})(?=[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/giu;
/** The library sees no link where a port follows. */
const PORT = /(?<=\.[a-z]{2,12}):(?=\d{2,5}(?!\d))/giu;

const SCHEME =
  /(?:https?:\/\/|(?<![a-z0-9])[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)[^\s<>"`]*[^\s<>"`.,;:!?'*_~|)\]}]/giu;
const BARE_INVITE = /(?<![\p{L}\p{N}])\.gg\s?\/\s?[\w-]+/giu;
const IP_4 =
  /(?<![\p{L}\p{N}_.-])\d{1,3}(?: ?\. ?\d{1,3}){3}(?::\d{1,5})?(?:\/[\w./?=&%-]*)?(?![\p{L}\p{N}_]|\.\d)/gu;
const IP_6 =
  /(?<![\p{L}\p{N}_:.])\[?(?=[0-9a-f:]*[0-9])[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*(?:%\w+)?(?![\p{L}\p{N}_:])/giu;
const PHONES = [
  /\+\d{1,3}(?:[ .()-]{0,2}\d){6,13}/, // the world over
  /0\d{1,4}[-. ]?\d{3,4}[-. ]?\d{3,4}/, // within a country
  /\(?[2-9]\d{2}\)?[ .-]{1,2}\d{3}[ .-]\d{4}|[2-9]\d{2}[2-9]\d{6}/, // in North America
].map(
  ({ source }) =>
    new RegExp(String.raw`(?<![\p{L}\p{N}@#:/.<_+-])(?:${source})(?![\p{L}\p{N}_:>]|[.-]\d)`, 'gu'),
);
const FEWEST_DIGITS = 8;

/** Endings that words, file names, code and units have too: alone, these make no address. */
const ALSO_WORDS = new Set(
  'am an as at be by cc cm do gb id in is it kg km la mb md me mg ml mm ms my name no or pl pm pro ps pt py rs se sh so st to us web'.split(
    ' ',
  ),
);
/** Without any of these there is no link and no mailbox. */
const MAY_BE_LINK = /[\p{L}\p{N}-]\.\p{L}|:\/\/|@/u;
const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true }).tlds(NEWER_ENDINGS, true);

/** Links, invites, addresses of mailboxes and machines, and telephone numbers, and the words that stand for them. */
export function findAddresses(original: string): Edit[] {
  const read = DISGUISES.reduce(
    (traced, [pattern, plain]) => rewrite(traced, pattern, () => plain),
    normalize(original),
  );
  const found = [
    ...editsOf(read.text, SCHEME, () => LINK),
    ...editsOf(read.text, BARE_INVITE, () => LINK),
    ...editsOf(read.text, IP_4, () => ADDRESS).filter(({ from, to }) => isAddress(read.text.slice(from, to))),
    ...editsOf(read.text, IP_6, () => ADDRESS).filter(({ from, to }) =>
      isAddress6(read.text.slice(from, to)),
    ),
    ...PHONES.flatMap((phone) => editsOf(read.text, phone, () => NUMBER)).filter(
      ({ from, to }) => read.text.slice(from, to).replace(/\D/g, '').length >= FEWEST_DIGITS,
    ),
  ].map((edit) => inOriginal(edit, read, original));
  if (!MAY_BE_LINK.test(read.text)) return found;
  const apart = rewrite(
    rewrite(read, ATTACHED, () => ' '),
    PORT,
    () => '/',
  );
  const links = (linkify.match(apart.text) ?? [])
    .filter(({ schema, text }) => schema !== '' || isHost(text))
    .map(({ schema, index, lastIndex }) => ({
      from: index,
      to: lastIndex,
      by: schema === 'mailto:' ? ADDRESS : LINK,
    }))
    .map((edit) => inOriginal(edit, apart, original));
  return [...found, ...links];
}

/** A name without more around it is a host when its ending is nothing else. */
function isHost(name: string): boolean {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1].toLowerCase();
  return ending === undefined || !ALSO_WORDS.has(ending);
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
