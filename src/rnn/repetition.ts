import { FIRST_CHARACTER } from './symbols.js';

// Small networks fall into loops, most of all at low temperatures. The rule here: within 200 characters, no string of
// 20 characters stands three times. Overlapping occurrences count: "aaaa..." holds its first 20 letters three times
// as soon as it has 22, "hahaha..." as soon as it has 24. Two occurrences are free, so that a text may quote itself.
// The guard (corpus/guard/loops) cuts only what stands side by side, on purpose: a refrain is worth keeping.

/** So many times it is a loop. */
const TIMES = 3;
/** Length of the strings that must not stand three times, in characters. */
export const REPEATED = 20;
/** From the beginning of the first occurrence to the end of the third, in characters. */
export const WITHIN = 200;
/**
 * Shorter strings are kept from it too while there is a choice: otherwise a text of two letters would walk into places
 * where either of them is the third.
 */
const CAUTIOUS = REPEATED - 2;

/** Symbols remembered: a power of two above WITHIN characters of eight symbols each, as an emoji spelled out has. */
const MEMORY = 2048;
const SLOT = MEMORY - 1;

/** What a text has written lately, and what would make it loop. */
export interface Repetition {
  /** Remembers a symbol written. Characters are counted where they begin. */
  add(symbol: number, beginsCharacter: boolean): void;
  /**
   * Those of the symbols that do not begin the last character of a third occurrence; all, if there is no such choice.
   * Spelling a character in bytes is no way out: it would be noise, for the network did not think of one.
   */
  avoid(symbols: Int32Array, begins: (symbol: number) => boolean): Int32Array;
}

/**
 * Two places agree as far as the same symbols stand before both. Places are found by their symbol, each pointing to the
 * one before, so that remembering a symbol costs as much as it is frequent: a few steps.
 */
export function createRepetition(): Repetition {
  // By place, in a ring: the symbol, the place where it stood before, the number of its character.
  const written = new Int32Array(MEMORY);
  const previous = new Int32Array(MEMORY);
  const character = new Int32Array(MEMORY);
  const newest = new Map<number, number>();
  // By lag: how many characters up to here agree with those so many symbols before, and the place for which that holds.
  const agreeing = new Int32Array(MEMORY);
  const agreeingAt = new Int32Array(MEMORY).fill(-1);
  let here = -1;
  let characters = 0;
  /** Lags at which one more character may make an occurrence. */
  let lags: number[] = [];

  /** Symbols that stood twice already after what a string of this length has before its last character. */
  function thirdTime(length: number): number[] {
    const after = lags
      .filter((lag) => agreeing[lag] >= length - 1)
      .map((lag) => written[(here + 1 - lag) & SLOT]);
    return after.filter((symbol, index) => after.indexOf(symbol) < index);
  }

  return {
    add(symbol, beginsCharacter) {
      here += 1;
      characters += beginsCharacter ? 1 : 0;
      written[here & SLOT] = symbol;
      character[here & SLOT] = characters;
      previous[here & SLOT] = newest.get(symbol) ?? -1;
      newest.set(symbol, here);
      if (lags.length > 0) lags = [];
      for (let place = previous[here & SLOT]; place >= 0; place = previous[place & SLOT]) {
        const lag = here - place;
        if (lag >= MEMORY || characters - character[place & SLOT] > WITHIN - REPEATED) break;
        const before = agreeingAt[lag] === here - 1 ? agreeing[lag] : 0;
        agreeing[lag] = before + (beginsCharacter ? 1 : 0);
        agreeingAt[lag] = here;
        if (agreeing[lag] >= CAUTIOUS - 1) lags.push(lag);
      }
    },
    avoid(symbols, begins) {
      for (let length = CAUTIOUS; lags.length > 1 && length <= REPEATED; length++) {
        const looping = thirdTime(length).filter(begins);
        if (looping.length === 0) return symbols;
        const others = symbols.filter(
          (symbol) => !looping.includes(symbol) && (symbol >= FIRST_CHARACTER || !begins(symbol)),
        );
        if (others.length > 0) return others;
      }
      return symbols;
    },
  };
}

/** Whether a text has in it what is avoided here: it may, where there was no choice. */
export function isLooping(text: string): boolean {
  const characters = [...text];
  const places = new Map<string, number[]>();
  for (let start = 0; start + REPEATED <= characters.length; start++) {
    const string = characters.slice(start, start + REPEATED).join('');
    const before = places.get(string) ?? [];
    const first = before.at(1 - TIMES);
    if (first !== undefined && start + REPEATED - first <= WITHIN) return true;
    places.set(string, [...before, start]);
  }
  return false;
}
