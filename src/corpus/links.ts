import { LinkifyIt } from 'linkify-it';
import { editsOf, type Edit } from './edits.js';
import { rewrite, untouched } from './normalize/traced.js';
import { NEWER_ENDINGS } from './signals.js';

export const LINK = '[link]';

/** Where an address ends that a word of another script is attached to: "example.com에서". */
const ATTACHED =
  /(?<=\.[a-z]{2,12})(?=[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/giu;
/** The library sees no link where a port follows. */
const PORT = /(?<=\.[a-z]{2,12}):(?=\d{2,5}(?!\d))/giu;
/** What was masked at the end belongs to it. */
const SCHEME =
  /(?:https?:\/\/|(?<![a-z0-9])[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)[^\s<>"`]*[^\s<>"`.,;:!?'*_~|)\]}](?:(?<=\[(?:secret|number|address))\])?/giu;
const BARE_INVITE = /(?<![\p{L}\p{N}])\.gg\s?\/\s?[\w-]+/giu;
/** Endings that words, file names, code and units have too: alone, these make no address. */
const ALSO_WORDS = new Set(
  'am an as at be by cc cm do gb id in is it kg km la mb md me mg ml mm ms my name no or pl pm pro ps pt py rs se sh so st to us web'.split(
    ' ',
  ),
);
/** Without any of these there is no link; and without a host's ending none that lacks a scheme. */
const MAY_BE_LINK = /[\p{L}\p{N}-]\.\p{L}|:\/\/|\.gg/u;
const MAY_BE_BARE = /[\p{L}\p{N}-]\.\p{L}{2}/u;
const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false }).tlds(NEWER_ENDINGS, true);

/** Links, bare ones too, and the words that stand for them, told by their addresses. */
export function findLinks(text: string, wordFor: (url: string) => string): Edit[] {
  if (!MAY_BE_LINK.test(text)) return [];
  const whole = editsOf(text, SCHEME, ([url]) => wordFor(url));
  const rest = whole.length === 0 ? text : text.replace(SCHEME, (url) => ' '.repeat(url.length));
  return [...whole, ...findBareLinks(rest, wordFor)];
}

function findBareLinks(text: string, wordFor: (url: string) => string): Edit[] {
  const invites = editsOf(text, BARE_INVITE, ([path]) =>
    wordFor(`https://discord${path.replace(/\s/g, '')}`),
  );
  if (!MAY_BE_BARE.test(text)) return invites;
  const attached = rewrite(untouched(text), ATTACHED, () => ' ');
  const apart = rewrite(attached, PORT, () => '/');
  const links = (linkify.match(apart.text) ?? [])
    .filter(({ schema, text: name }) => schema !== '' || isHost(name))
    .map(({ index, lastIndex, url }) => ({
      from: apart.origin[index],
      to: apart.origin[lastIndex - 1] + 1,
      by: wordFor(url),
    }));
  return [...invites, ...links];
}

/** A name without more around it is a host when its ending is nothing else. */
function isHost(name: string): boolean {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1].toLowerCase();
  return ending === undefined || !ALSO_WORDS.has(ending);
}
