import { countCharacters } from './clean.js';
import { learnedForm } from './learned-form.js';
import { NOBODY } from './nobody.js';

export interface Candidate {
  id: string;
  authorId: string;
  /** As it is stored. */
  content: string;
}

/** Messages that are not learned: nothing is left of them, they are copies, spam, or too many of one person's. */
export type LeftOut = Record<'copies' | 'share' | 'spam' | 'empty', number>;

export interface Rules {
  /** Ids of messages that were flagged. */
  spam: ReadonlySet<string>;
  /** By author: which part of their messages is learned; all of whoever is not in it. */
  shares?: ReadonlyMap<string, number>;
  /** Fingerprints of texts that had their turn; those of this selection are added. */
  seen?: Set<number>;
}

/** Copies of texts from this length on are copied; shorter ones are said again and again. */
const SHORTEST_COPY = 40;
/** A person's share is not cut below what leaves the whole this many characters: a small server needs every word. */
const SMALL = 200_000;
const FINGERPRINTS = 2 ** 53;

/** Chooses what is learned of messages that come one after the other: the same of the same. */
export function createSelection({ spam, shares = new Map(), seen = new Set() }: Rules) {
  const leftOut: LeftOut = { copies: 0, share: 0, spam: 0, empty: 0 };
  const messagesBy = new Map<string, number>();
  const charactersBy = new Map<string, number>();

  /** Why a message is left out. */
  function objection({ id, authorId }: Candidate, learned: string | undefined): keyof LeftOut | undefined {
    if (spam.has(id)) return 'spam';
    if (learned === undefined) return 'empty';
    if (isCopy(learned, seen)) return 'copies';
    // The id decides as dice would: spread over all times, and the same whatever else is left out.
    return fingerprint(id) / FINGERPRINTS >= (shares.get(authorId) ?? 1) ? 'share' : undefined;
  }

  return {
    /** What is learned of a message, in its learned form; undefined when it is left out. */
    choose(candidate: Candidate): string | undefined {
      const learned = learnedForm(candidate.content);
      const reason = objection(candidate, learned);
      if (reason !== undefined) leftOut[reason] += 1;
      if (reason !== undefined || learned === undefined) return undefined;
      const { authorId } = candidate;
      messagesBy.set(authorId, (messagesBy.get(authorId) ?? 0) + 1);
      // The line break that ends it counts, too.
      charactersBy.set(authorId, (charactersBy.get(authorId) ?? 0) + countCharacters(learned) + 1);
      return learned;
    },

    /** How many were left out so far, and of what was chosen, who wrote how much. */
    leftOut: leftOut as Readonly<LeftOut>,
    messagesBy: messagesBy as ReadonlyMap<string, number>,
    charactersBy: charactersBy as ReadonlyMap<string, number>,
  };
}

/**
 * Which part of their messages is learned of those who wrote more than the given share of what is learned then: so that
 * nobody has more than about that of the whole, as long as the whole does not become small by it. Texts of which nobody
 * knows who wrote them are learned in full.
 */
export function sharesWithin(
  maxShare: number,
  charactersBy: ReadonlyMap<string, number>,
  small = SMALL,
): Map<string, number> {
  const people = [...charactersBy].filter(([author]) => author !== NOBODY);
  const nobodys = charactersBy.get(NOBODY) ?? 0;
  const amounts = people.map(([, amount]) => amount).sort((a, b) => b - a);
  const most = Math.max(capFor(maxShare, amounts, nobodys), levelFor(small - nobodys, amounts));
  return new Map(
    people.filter(([, amount]) => amount > most).map(([author, amount]) => [author, most / amount]),
  );
}

/** The largest cap c that is the given share of the sum of min(amount, c) and what is left alone; `amounts` are in falling order. */
function capFor(share: number, amounts: readonly number[], leftAlone: number): number {
  let rest = amounts.reduce((sum, amount) => sum + amount, leftAlone);
  for (const [capped, amount] of [...amounts, 0].entries()) {
    if (capped * share >= 1) return 0;
    const cap = (share * rest) / (1 - capped * share);
    if (amount <= cap) return cap;
    rest -= amount;
  }
  return 0;
}

/** The cap by which the sum of min(amount, cap) is `sum`; infinite when they are less together. */
function levelFor(sum: number, amounts: readonly number[]): number {
  let left = sum;
  for (const [index, amount] of amounts.toReversed().entries()) {
    const level = left / (amounts.length - index);
    if (amount >= level) return level;
    left -= amount;
  }
  return Infinity;
}

/** Whether a text is long enough to be a copy, and one like it had its turn; else it has it now. */
function isCopy(text: string, seen: Set<number>): boolean {
  if (text.length < SHORTEST_COPY) return false;
  const print = fingerprint(text.toLowerCase().replace(/\s+/g, ' '));
  if (seen.has(print)) return true;
  seen.add(print);
  return false;
}

/** 53 bits that are nearly always others for another text: of a million texts, two have the same once in 18,000 times. */
function fingerprint(text: string): number {
  let [one, other] = [0x9e3779b9, 0x85ebca6b];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x5bd1e995);
    other ^= other >>> 13;
  }
  one = scatter(one ^ (other >>> 16));
  other = scatter(other ^ one);
  return (one >>> 0) * 2 ** 21 + (other >>> 11);
}

/** Every bit depends on every bit. */
function scatter(bits: number): number {
  const half = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  const whole = Math.imul(half ^ (half >>> 15), 0x846ca68b);
  return whole ^ (whole >>> 16);
}
