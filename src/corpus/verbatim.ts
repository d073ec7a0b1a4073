import { createPlaces } from './verbatim/places.js';
import { createTexts } from './verbatim/texts.js';

// Copies are found by fingerprints, as in R. M. Karp and M. O. Rabin, "Efficient randomized pattern-matching
// algorithms", 1987: windows of every message at fixed steps are kept by their hash; of a checked text every window is
// looked up, its hash rolling along. A run as long as a window and a step holds one of the message's windows whole, so
// that no run escapes; what is found is compared with the message itself, so that none is made up.

export interface VerbatimIndex {
  /** Adds a message. Equal texts are kept once. */
  add(message: string): void;
  /**
   * The most characters in a row that the text has in common with one added message, and that reach beyond the first
   * `from` UTF-16 units; 0 when they are fewer than SHORTEST_COPY. Upper and lower case are the same, and so is any
   * stretch of blanks and one blank. A run all of whose parts stand in many messages may be found in one of these that
   * has less of it, yet is always found.
   */
  longestRun(text: string, from?: number): number;
  /** Different messages that are long enough to be copied from. */
  readonly messages: number;
  readonly bytes: number;
}

/** Runs from this many characters on are found. */
export const SHORTEST_COPY = 41;
// In UTF-16 units, of which a run has at least as many as characters.
const STEP = 20;
const WINDOW = 21;
/**
 * Messages that are found by the same window. Of further ones every stretch of SHORTEST_COPY characters around it that
 * no earlier message has is kept instead: a link that thousands shared costs a look-up no more than these.
 */
const SHARED = 8;

const BASE = 0x5bd1e995;

export function createVerbatimIndex(): VerbatimIndex {
  const texts = createTexts();
  const places = createPlaces();
  let messages = 0;

  function begins(place: number, units: Uint16Array, at: number, length: number): boolean {
    for (let unit = 0; unit < length; unit++)
      if (texts.unitAt(place + unit) !== units[at + unit]) return false;
    return true;
  }

  /** The places, `most` at most, where these units stand. */
  function find(units: Uint16Array, at: number, length: number, hash: number, most: number): number[] {
    const found: number[] = [];
    for (let slot = places.first(hash); slot >= 0 && found.length < most; slot = places.next(slot, hash))
      if (begins(places.placeIn(slot), units, at, length)) found.push(places.placeIn(slot));
    return found;
  }

  /** Keeps the stretches of a message around a window that many share, save those that an earlier message has. */
  function keepAround(units: Uint16Array, window: number, place: number): void {
    let earlier = 0;
    const last = Math.min(window, units.length - SHORTEST_COPY);
    for (let start = firstAround(window); start <= last; start++) {
      const goesOn =
        earlier > 0 && texts.unitAt(earlier + SHORTEST_COPY) === units[start + SHORTEST_COPY - 1];
      if (goesOn) {
        earlier += 1;
        continue;
      }
      const hash = hashOf(units, start, SHORTEST_COPY);
      earlier = find(units, start, SHORTEST_COPY, hash, 1).at(0) ?? 0;
      if (earlier === 0) places.add(hash, place + start);
    }
  }

  return {
    add(message) {
      const units = unitsOf(fold(message));
      if (units.length < SHORTEST_COPY) return;
      const whole = hashOf(units, 0, units.length);
      if (find(units, 0, units.length, whole, 1).length > 0) return;
      messages += 1;
      const place = texts.append(units);
      places.add(whole, place);
      for (let at = 0; at + WINDOW <= units.length; at += STEP) {
        const hash = hashOf(units, at, WINDOW);
        if (find(units, at, WINDOW, hash, SHARED).length === SHARED) keepAround(units, at, place);
        else places.add(hash, place + at);
      }
    },

    longestRun(text, from = 0) {
      const units = unitsOf(fold(text));
      const beyond = from === 0 ? 0 : fold(text.slice(0, from)).length;
      const ends = new Map<number, number>(); // of the runs that were followed, by how far places are from units
      let longest = 0;

      /** Follows what begins with the same stretch both ways; returns in how many places it does. */
      function follow(at: number, length: number, hash: number): number {
        let count = 0;
        for (let slot = places.first(hash); slot >= 0; slot = places.next(slot, hash)) {
          const place = places.placeIn(slot);
          const wasFollowed = at + length <= (ends.get(place - at) ?? 0);
          if (!wasFollowed && !begins(place, units, at, length)) continue;
          count += 1;
          if (wasFollowed) continue;
          let start = at;
          while (start > 0 && texts.unitAt(place - at + start - 1) === units[start - 1]) start -= 1;
          let end = at + length;
          while (end < units.length && texts.unitAt(place - at + end) === units[end]) end += 1;
          ends.set(place - at, end);
          if (end > beyond && end - start > longest)
            longest = Math.max(longest, charactersOf(units, start, end));
        }
        return count;
      }

      let hash = hashOf(units, 0, Math.min(WINDOW - 1, units.length));
      let followed = 0;
      for (let at = 0; at + WINDOW <= units.length; at++) {
        const gone = at === 0 ? 0 : Math.imul(units[at - 1], WINDOW_POWER);
        hash = (Math.imul(hash, BASE) + units[at + WINDOW - 1] - gone) >>> 0;
        if (follow(at, WINDOW, hash) < SHARED) continue;
        followed = Math.max(followed, firstAround(at));
        const last = Math.min(at, units.length - SHORTEST_COPY);
        for (; followed <= last; followed++)
          follow(followed, SHORTEST_COPY, hashOf(units, followed, SHORTEST_COPY));
      }
      return longest < SHORTEST_COPY ? 0 : longest;
    },

    get messages() {
      return messages;
    },
    get bytes() {
      return texts.bytes + places.bytes;
    },
  };
}

/** Zeros stand between the texts, so none may be in one. */
function fold(text: string): string {
  const composed = /^[\0-\xff]*$/.test(text) ? text : text.toWellFormed().normalize('NFC');
  const folded = composed.toLowerCase().replaceAll('ς', 'σ');
  return / {2}|[^\S ]|\0/.test(folded) ? folded.replace(/[\s\0]+/g, ' ') : folded;
}

/** The first start of a stretch whose first window at a step is this one; the last is the window itself. */
function firstAround(window: number): number {
  return Math.max(0, window - STEP + 1);
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < units.length; at++) units[at] = text.charCodeAt(at);
  return units;
}

function hashOf(units: Uint16Array, at: number, length: number): number {
  let hash = 0;
  for (let unit = at; unit < at + length; unit++) hash = (Math.imul(hash, BASE) + units[unit]) | 0;
  return hash >>> 0;
}

/** Whole code points: half of one at either end does not count. */
function charactersOf(units: Uint16Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (!isSecondHalf(units[at])) count += 1;
  return isFirstHalf(units[end - 1]) ? count - 1 : count;
}

function isFirstHalf(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isSecondHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

const WINDOW_POWER = Array.from({ length: WINDOW }).reduce<number>((power) => Math.imul(power, BASE), 1);
