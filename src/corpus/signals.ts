import { LinkifyIt } from 'linkify-it';
import { hasRiskyName, wordsOfNames } from './attachment-names.js';
import { imitates, isInvite, isShortener } from './domains.js';
import { normalize } from './normalize.js';

export interface Circumstances {
  content: string;
  /** File names. */
  attachments: readonly string[];
  /** People, roles and everyone whom the message mentions. */
  mentions: number;
  accountAgeMs: number;
  /** Channels in which the same author posted the same normalized text within a minute. */
  copies: number;
}

const DAY_MS = 86_400_000;
const MANY_EMOJI = 5;
const FEW_LETTERS = 8;
/** Endings that bare links have, besides countries and the usual ones that the library knows. */
export const NEWER_ENDINGS =
  'app blog bid casino cash chat click cloud club dev download fun games gift gifts icu info io link live loan lol me media new online page party pics promo quest rest sale sbs shop site space store stream team tech top trade vip website win work world xyz zone'.split(
    ' ',
  );
const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false }).tlds(NEWER_ENDINGS, true);

/** What the text alone does not show or shows badly, as words with few values each, such as links:2 and account:day. */
export function signalsOf(circumstances: Circumstances): string[] {
  const text = normalize(circumstances.content).text;
  return [
    ...linkSignals(text),
    ...bucket('mentions', circumstances.mentions, [1, 2, 5]),
    ...bucket('copies', circumstances.copies, [1, 2, 4]),
    ...ageSignal(circumstances.accountAgeMs),
    ...attachmentSignals(circumstances.attachments),
    ...textSignals(text),
    ...(text === circumstances.content ? [] : disguise(circumstances.content, text)),
  ];
}

/** The same for a text of which nothing else is known. */
export function signalsOfText(content: string): string[] {
  return signalsOf({ content, attachments: [], mentions: 0, accountAgeMs: Infinity, copies: 0 });
}

function linkSignals(text: string): string[] {
  const links = linkify.match(text) ?? [];
  const hosts = links.map(({ url }) => hostOf(url));
  return [
    ...bucket('links', links.length, [1, 2, 4]),
    ...flag(
      'link:invite',
      links.some(({ url }) => isInvite(url)),
    ),
    ...flag('link:imitation', hosts.some(imitates)),
    ...flag('link:shortener', hosts.some(isShortener)),
    ...flag('link:address', /\bhttps?:\/\/\d{1,3}(?:\.\d{1,3}){3}\b/.test(text)),
    ...flag('link:masked', hasMaskedLink(text)),
  ];
}

/** [steamcommunity.com/gift](https://elsewhere.example): a link that shows another host than it leads to. */
function hasMaskedLink(text: string): boolean {
  return [...text.matchAll(/\[([^[\]]{1,200})\]\(<?(https?:\/\/[^\s()<>]{1,500})>?\)/g)].some(
    ([, shown, target]) => (linkify.match(shown) ?? []).some(({ url }) => hostOf(url) !== hostOf(target)),
  );
}

function ageSignal(ageMs: number): string[] {
  if (ageMs < DAY_MS) return ['account:day'];
  if (ageMs < 7 * DAY_MS) return ['account:week'];
  return ageMs < 30 * DAY_MS ? ['account:month'] : [];
}

function attachmentSignals(names: readonly string[]): string[] {
  return [
    ...bucket('files', names.length, [1, 2, 4]),
    ...flag('file:risky', names.some(hasRiskyName)),
    ...flag('file:words', wordsOfNames(names) !== ''),
  ];
}

function textSignals(text: string): string[] {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const emoji = text.match(/\p{Extended_Pictographic}|<a?:\w{2,32}:\d{5,20}>/gu)?.length ?? 0;
  return [
    ...flag('everyone', /@(?:everyone|here)\b/.test(text)),
    ...flag('capitals', letters >= FEW_LETTERS && 2 * capitals > letters),
    ...flag('emoji:many', emoji >= MANY_EMOJI),
    ...flag(
      'money',
      /[$€£₩¥₿]\s?\d|\d\s?(?:[$€£₩¥₿]|usd\b|eur\b|dollars?\b|btc\b|eth\b|usdt\b|k\/(?:day|week)\b|만원|원\b)/i.test(
        text,
      ),
    ),
    ...flag(
      'phone',
      /(?<![\w/.:@#-])\+?\d{1,4}[ -]?\(?\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,5}(?![\w-])/.test(
        text.replace(/<[^<>\s]{1,80}>/g, ''),
      ),
    ),
  ];
}

/** A disguise is a signal of its own, unless it is blanks alone. */
function disguise(content: string, text: string): string[] {
  return flag('disguise', content.normalize('NFC').replace(/\s+/g, '') !== text.replace(/\s+/g, ''));
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
}

/** The word for the highest step that a count reaches, "links:4" for four and more; none for fewer than the first. */
function bucket(name: string, count: number, steps: readonly number[]): string[] {
  const reached = steps.findLast((step) => count >= step);
  return reached === undefined ? [] : [`${name}:${reached}`];
}

function flag(name: string, holds: boolean): string[] {
  return holds ? [name] : [];
}
