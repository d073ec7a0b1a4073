import { mix } from '../rnn/random.js';
import type { Input } from './tasks.js';

/** Longest run of characters that is counted. */
const LONGEST = 5;
/** What is read of a message, at most: a wall of text must not cost more than it tells. */
const MAX_CHARACTERS = 2_000;
const SIGNAL_SEED = 0x51;

/**
 * What a message holds, without order: its runs of one to five characters, and its signals, each as a hash of 32 bits
 * (the hashing trick, Weinberger et al. 2009). Runs ascend; what occurs again is in there again.
 */
export function ngramsOf({ text, signals }: Input): { runs: Uint32Array; signals: Uint32Array } {
  const points = codePointsOf(` ${text.toLowerCase().replace(/\s+/g, ' ').trim()} `);
  const runs = new Uint32Array(points.length * LONGEST);
  let count = 0;
  for (let start = 0; start < points.length; start++) {
    const end = Math.min(points.length, start + LONGEST);
    let hash = 0;
    for (let at = start; at < end; at++) runs[count++] = hash = mix(hash ^ points[at]);
  }
  return { runs: runs.subarray(0, count).sort(), signals: Uint32Array.from(signals, hashOf) };
}

function codePointsOf(text: string): number[] {
  const points: number[] = [];
  for (const character of text) {
    points.push(character.codePointAt(0) ?? 0);
    if (points.length === MAX_CHARACTERS) break;
  }
  return points;
}

function hashOf(signal: string): number {
  let hash = SIGNAL_SEED;
  for (let index = 0; index < signal.length; index++) hash = mix(hash ^ signal.charCodeAt(index));
  return hash;
}
