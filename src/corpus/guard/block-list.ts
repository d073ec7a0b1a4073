import { Gap, Kind, readingsOf, stretched, type Letters } from './letters.js';
import { isOrdinary } from './ordinary-words.js';

// What a moderator blocks is a word, and a word is refused where it stands as one: "ass" in "a*s*s", "ÅSS", "assss"
// or "as\ns!", but not in "class". The rules:
//  1. Letters are compared as they read: case, accents (but not ñ's tilde), invisible signs, look-alikes, letters in
//     costume and figures for letters ("b4d") make no difference; nor does a letter written three times and more.
//  2. A match begins where a word begins and ends where one ends. `*` at either end of an entry lifts that, as in
//     Discord's own AutoMod: "ass*", "*ass*". Korean words may go on with particles and endings. Scripts without spaces
//     have words everywhere.
//  3. Inside a match anything short that is no letter may stand, also a line break: "b a d", "ba-d". When whole words of
//     everyday language were put together so ("the pen is red"), it is no match: some part must be no such word, or all
//     must be single letters.
//  4. A phrase is a word whose own gaps may be there or not.

export interface BlockList {
  /** Whether an entry stands in the text and ends beyond the first `from` UTF-16 units. */
  matches(text: string, from?: number): boolean;
}

interface Entry {
  /** Without wildcards. */
  typed: string;
  letters: string;
  /** Before which letters the entry itself has a gap. */
  gaps: ReadonlySet<number>;
  begins: boolean;
  ends: boolean;
}

/** Fewer letters are not looked for in pieces, save Korean ones, of which a syllable has two at least. */
const FEWEST_IN_PIECES = 3;
/** What Korean words take on at their end: particles, and forms of the copula. */
const PARTICLES =
  /^(?:들|님|놈|년|네|짓|질)*(?:은|는|이|가|을|를|의|에|도|야|아|여|로|으로|와|과|랑|이랑|만|께|한테|에게|에서|에게서|부터|까지|처럼|같은|같이|보다|라고|이라고|라는|이라는|라니|이라니|다|이다|임|인|인데|인가|이네|이냐|냐|이야|이지|지|이었다|였다|입니다|이에요|예요|이어요|요|이요|해|하다|하네|하는|한|했다|합니다|해요|ㅋ+|ㅎ+)*$/u;
const LONGEST_ENDING = 10;

/**
 * Finds the entries of a block list in texts, however they are disguised. What is hardly a word (":)", "c++") is found as
 * it stands.
 */
export function createBlockList(blocked: readonly string[]): BlockList {
  const entries = blocked.map(entryOf);
  const words = entries.filter(({ letters }) => letters !== '');
  const signs = entries.flatMap(({ letters, typed }) =>
    letters === '' && typed !== '' ? [typed.toLowerCase()] : [],
  );

  return {
    matches(text, from = 0) {
      const lower = text.toLowerCase();
      if (signs.some((sign) => lower.includes(sign, Math.max(0, from - sign.length + 1)))) return true;
      if (words.length === 0) return false;
      // Control characters, which nobody sees, part words as blanks do.
      return readingsOf(text.replace(/\p{Cc}/gu, ' '))
        .flatMap(stretched)
        .some((letters) => words.some((entry) => stands(entry, letters, from)));
    },
  };
}

function entryOf(entry: string): Entry {
  const plain = entry.trim();
  const typed = plain.replace(/^\*|\*$/g, '').trim();
  const read = readingsOf(typed)[0];
  const isWord = read.text.length > 1 || read.text === typed.toLowerCase();
  const gaps = Array.from(read.text, (_, at) => at).filter((at) => at > 0 && read.gap[at] !== Gap.none);
  return {
    typed,
    letters: isWord ? read.text : '',
    gaps: new Set(gaps),
    begins: !plain.startsWith('*'),
    ends: !plain.endsWith('*'),
  };
}

function stands(entry: Entry, text: Letters, from: number): boolean {
  const { length } = entry.letters;
  for (let at = text.text.indexOf(entry.letters); at >= 0; at = text.text.indexOf(entry.letters, at + 1)) {
    if (text.place[at + length - 1] < from) continue;
    if (!text.begins[at] || (at + length < text.text.length && !text.begins[at + length])) continue;
    if (entry.begins && !isWordStart(text, at)) continue;
    if (entry.ends && !isWordEnd(text, at + length)) continue;
    if (isOnePiece(entry, text, at)) return true;
  }
  return false;
}

function isWordStart({ gap, kind }: Letters, at: number): boolean {
  return at === 0 || gap[at] >= Gap.short || isBetweenScripts(kind, at);
}

function isWordEnd({ text, gap, kind, rest }: Letters, at: number): boolean {
  if (at >= text.length || gap[at] !== Gap.none || isBetweenScripts(kind, at)) return true;
  return kind[at - 1] === Kind.hangul && isInflection(HANGUL_WORD.exec(rest(at))?.[0] ?? '');
}

const HANGUL_WORD = /^\p{Script=Hangul}*/u;

function isInflection(ending: string): boolean {
  return ending.length <= LONGEST_ENDING && PARTICLES.test(ending);
}

function isBetweenScripts(kind: Letters['kind'], at: number): boolean {
  return kind[at - 1] !== kind[at] || kind[at] === Kind.unspaced || kind[at] === Kind.picture;
}

/** Whether the letters of a match stand together, or were put apart to hide it. */
function isOnePiece({ letters, gaps }: Entry, { gap, begins, kind }: Letters, at: number): boolean {
  const pieces: string[] = [''];
  let isApart = false;
  let isJoined = false;
  for (let letter = 0; letter < letters.length; letter++) {
    const between = letter === 0 ? Gap.none : gap[at + letter];
    if (between === Gap.wide) return false;
    if (between !== Gap.none) {
      isApart ||= !gaps.has(letter);
      isJoined ||= between === Gap.soft;
      pieces.push('');
    }
    pieces[pieces.length - 1] += letters[letter];
  }
  if (!isApart) return true;
  if (letters.length < FEWEST_IN_PIECES && kind[at] !== Kind.hangul) return false;
  const sizes = countOfCharacters(pieces, begins, at);
  if (sizes.every((size) => size === 1)) return true;
  if (isJoined) return false;
  return kind[at] !== Kind.letter || !pieces.every(isOrdinary);
}

/** By piece; a Hangul syllable is one. */
function countOfCharacters(pieces: readonly string[], begins: Letters['begins'], at: number): number[] {
  let end = at;
  return pieces.map((piece) => {
    const start = end;
    end += piece.length;
    return begins.slice(start, end).filter(Boolean).length;
  });
}
