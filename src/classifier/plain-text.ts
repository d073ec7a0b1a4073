import { normalize } from '../corpus/normalize.js';

/** An address tells by its host; what follows is as good as random. */
const ADDRESS = /\b(https?:\/\/[^\s/?#<>]+)[^\s<>]*/gi;
/** Longer numbers are told apart by their length alone. */
const LONG_NUMBER = /\d{3,}/g;
/** What text from the web carries with it. */
const TAG = /<\/?[a-z][^<>]*>/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** A message as both experts read it, while learning and after: without what differs from one message to the next. */
export function plainText(text: string): string {
  return normalize(text.replace(TAG, ' '))
    .text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity])
    .replace(ADDRESS, '$1')
    .replace(LONG_NUMBER, (digits) => '0'.repeat(digits.length))
    .replace(/\s+/g, ' ')
    .trim();
}
