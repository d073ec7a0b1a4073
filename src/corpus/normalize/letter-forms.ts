import { knownWords } from './known-words.js';
import { rewrite, untouched, type Traced } from './traced.js';

/** Fullwidth letters and figures, mathematical alphabets, superscripts, and letters in circles, brackets and squares. */
const DRESSED =
  /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}\u02b0-\u02b8\u02e1-\u02e3\u1d2c-\u1d6a\u1d9c-\u1dbf\u2071\u207f\u2090-\u209c\u249c-\u24c1\u24c3-\u24e9\u{1f110}-\u{1f129}\u{1f130}-\u{1f149}]|[\u2102-\u2112\u2115\u2119-\u211d\u2124-\u2138\u2145-\u2149]/gu;
/** White letters on black, which Unicode does not decompose. */
const NEGATIVE = /(?:[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}]\ufe0f?)+/gu;
/** Emoji of their own when they stand alone: two blood groups, a mark of zero, a parking place. */
const NEGATIVE_EMOJI = /^[🅰🅱🅾🅿]\ufe0f?$/u;
/** Regional indicators: two are a flag, one alone or more than two are letters. */
const FLAG_LETTERS = /[\u{1f1e6}-\u{1f1ff}]+/gu;

const SMALL_CAPITALS = 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢɑɡ';
const SMALL_CAPITAL_LETTERS = 'abcdefghijklmnopqrstuvwyzag';
const SMALL_CAPITAL = new RegExp(`[${SMALL_CAPITALS}]`, 'g');

/** Plain letters for those in costume. */
export function letterForms(source: Traced): Traced {
  const undressed = rewrite(source, DRESSED, plain);
  const positive = rewrite(undressed, NEGATIVE, (run) =>
    NEGATIVE_EMOJI.test(run) ? undefined : spelled(run, negativeLetter),
  );
  const spelledOut = rewrite(positive, FLAG_LETTERS, (run) =>
    run.length === 2 * INDICATOR || areFlags(run) ? undefined : spelled(run, flagLetter),
  );
  return rewrite(
    spelledOut,
    SMALL_CAPITAL,
    (letter) => SMALL_CAPITAL_LETTERS[SMALL_CAPITALS.indexOf(letter)],
  );
}

const INDICATOR = 2; // units of one
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Flags side by side: every two letters are a country and all of them no word, as FREE would be. */
function areFlags(run: string): boolean {
  const letters = spelled(run, flagLetter).text;
  if (letters.length % 2 === 1 || knownWords.has(letters)) return false;
  return (letters.match(/../g) ?? []).every((region) => regions.of(region.toUpperCase()) !== undefined);
}

/** The letter, digit or sign that a compatibility form stands for; (a) in brackets is a. */
function plain(character: string): string | undefined {
  const decomposed = character.normalize('NFKC').replace(/^\((.)\)$/, '$1');
  return decomposed === character || [...decomposed].length > 1 ? undefined : decomposed;
}

function spelled(run: string, letterOf: (codePoint: number) => string): Traced {
  return rewrite(untouched(run), /[^\ufe0f]\ufe0f?/gu, (sign) => letterOf(sign.codePointAt(0) ?? 0));
}

function negativeLetter(codePoint: number): string {
  return letter((codePoint - 0x1f150) % 0x20);
}

function flagLetter(codePoint: number): string {
  return letter(codePoint - 0x1f1e6);
}

function letter(index: number): string {
  return String.fromCharCode(97 + index);
}
