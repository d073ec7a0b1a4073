/**
 * Mixes integers into one well-spread 32-bit number: a pure function, so that a random draw can be named by what it
 * is for (seed, step, element) instead of by its turn, and a resumed run draws what it would have drawn.
 * The finalizer is MurmurHash3's (Austin Appleby, public domain).
 */
export function hash(...words: number[]): number {
  let mixed = 0x9e3779b9;
  for (const word of words) mixed = mix(mixed ^ (word | 0));
  return mixed;
}

/** One round of the hash: a bijection on 32-bit integers. */
export function mix(word: number): number {
  let mixed = (word + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Dice that can be saved: their whole memory is one 32-bit number. */
export interface Dice {
  state: number;
}

/** Uniform in [0, 1). The generator is mulberry32 (Tommy Ettinger, public domain). */
export function roll(dice: Dice): number {
  dice.state = (dice.state + 0x6d2b79f5) >>> 0;
  let mixed = dice.state;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
