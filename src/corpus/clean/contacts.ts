import { editsOf, type Edit } from '../edits.js';

export const ADDRESS = '[address]';
export const NUMBER = '[number]';

const LATIN = String.raw`\p{Script=Latin}\p{Nd}`;
const AT = String.raw`(?:@|\s?[[({<]\s?(?:at|@)\s?[\])}>]\s?)`;
const DOT = String.raw`(?:\.|\s?[[({<]\s?(?:dot|\.)\s?[\])}>]\s?)`;
/** Words of other scripts may be attached to either end: "me@example.com으로". */
const MAILBOX = new RegExp(
  String.raw`(?<![${LATIN}._%+-])[${LATIN}._%+-]+${AT}(?:[${LATIN}-]+${DOT})+[a-z]{2,24}(?![${LATIN}])`,
  'giu',
);

/** Without these there are none, as in most messages. */
const MAY_BE_MAILBOX = /[^\s<@]@[^\s@]|[[({<]\s?(?:at|@)\s?[\])}>]/i;
const MAY_BE_NUMBER = /\d(?:[ .()-]{0,3}\d){8}/;

const PHONES = [
  /\+\d{1,3}(?:[ .()-]{0,2}\d){6,13}/, // the world over
  /\(?0\d{1,4}\)?[-. ]?\d{3,4}[-. ]?\d{3,4}/, // within a country
  /(?:1[ .-])?\(?[2-9]\d{2}\)?[ .-]{1,2}\d{3}[ .-]\d{4}|(?<!=)(?:4[3-9]|[5-9]\d)\d[2-9]\d{6}/, // in North America; less than that in one piece is a computer's 32 bits
].map(
  ({ source }) =>
    new RegExp(
      String.raw`(?<![\p{Script=Latin}\p{N}@#/.<_+-]|\d:)(?:${source})(?![\p{Script=Latin}\p{N}_>]|[.-]\d|:\w)`,
      'gu',
    ),
);
/** A Korean resident's number: the day of birth, then seven digits. */
const RESIDENT =
  /(?<![\p{Script=Latin}\p{N}_.-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]) ?- ?[1-8]\d{6}(?![\p{Script=Latin}\p{N}_]|[.-]\d)/gu;

/** With a country's. A date has eight. */
const FEWEST_DIGITS = 9;
/** Nobody's number has so many noughts in a row. */
const ROUND = /0{5}/;

/** In groups as they are printed: four times four, or 4-6-4 and 4-6-5; some have up to three digits more. */
const CARD =
  /(?<![\p{L}\p{N}@#&!:/.,_+=-])(?:(?:\d{4}[ -]?){3}\d{1,4}(?:[ -]?\d{1,3})?|\d{4}[ -]?\d{6}[ -]?\d{4,5})(?![\p{Script=Latin}\p{N}_>]|[.,-]\d)/gu;
/** Networks begin with these; numbers of Korean cards with a nine too. An id of Discord's has 17 digits and more, in one piece. */
const IN_GROUPS = /^[2-69][\d -]{12,22}$/;
const IN_ONE_PIECE = /^(?:[3-6]\d{12,15}|[29]\d{15})$/;

/** Mailboxes of e-mail, also written so that only a person reads them as one: "me (at) example.com". */
export function findMailboxes(text: string): Edit[] {
  return MAY_BE_MAILBOX.test(text) ? editsOf(text, MAILBOX, () => ADDRESS) : [];
}

/** Telephone numbers, residents' numbers, and numbers of payment cards. */
export function findNumbers(written: string): Edit[] {
  const text = narrow(written);
  if (!MAY_BE_NUMBER.test(text)) return [];
  const found = (pattern: RegExp, isMeant: (digits: string, written: string) => boolean) =>
    editsOf(text, pattern, () => NUMBER).filter(({ from, to }) => {
      const written = text.slice(from, to);
      return isMeant(written.replace(/\D/g, ''), written);
    });
  return [
    ...found(CARD, isCard),
    ...found(RESIDENT, () => true),
    ...PHONES.flatMap((phone) => found(phone, isPhone)),
  ];
}

/** With the wide forms of digits and signs, as East Asian keyboards have them, as the usual ones: unit for unit. */
function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function isPhone(digits: string): boolean {
  return digits.length >= FEWEST_DIGITS && !ROUND.test(digits);
}

function isCard(digits: string, written: string): boolean {
  const isInOnePiece = digits.length === written.length;
  return (
    (isInOnePiece ? IN_ONE_PIECE : IN_GROUPS).test(written) && digits.length >= 13 && hasCheckDigit(digits)
  );
}

/** Whether the last digit fits the others: H. P. Luhn's formula, which every card's number obeys. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const counted = place % 2 === 0 ? digit : 2 * digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}
