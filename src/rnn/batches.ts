import type { BatchSize } from './kernel/kernel.js';
import { NO_TARGET } from './kernel/kernel.js';
import { hash } from './random.js';
import { BEGIN, type Symbols } from './symbols.js';

/**
 * B readers go through one text at equal distances, each carrying its state from sequence to sequence, and begin
 * again at the front when they come to the end.
 */
export interface Readers extends BatchSize {
  /** Where each row reads next, as an index into the text. */
  readonly positions: number[];
  readonly inputs: Int32Array; // (B, T)
  readonly targets: Int32Array; // (B, T)
}

/** Once in so many sequences a row forgets, so that the network also learns to start from nothing, as a prompt does. */
const FORGET_EVERY = 64;

/** Fewer rows and shorter ones where the text is too small to fill them. */
export function fitBatch(symbols: number, wanted: BatchSize): BatchSize {
  const steps = Math.max(1, Math.min(wanted.steps, symbols));
  const batch = Math.max(1, Math.min(wanted.batch, Math.floor(symbols / steps)));
  return { batch, steps };
}

export function openReaders(symbols: number, { batch, steps }: BatchSize): Readers {
  return {
    batch,
    steps,
    positions: Array.from({ length: batch }, (_, row) => Math.floor((row * symbols) / batch)),
    inputs: new Int32Array(batch * steps),
    targets: new Int32Array(batch * steps),
  };
}

/**
 * Fills inputs and targets with the next sequence of every row. The draw depends on (seed, step) alone.
 * @param forget called with each row that starts from nothing
 * @returns number of symbols to predict
 */
export function readOn(
  readers: Readers,
  text: Symbols,
  seed: number,
  step: number,
  forget: (row: number) => void,
): number {
  const { batch, steps, positions, inputs, targets } = readers;
  let symbols = 0;
  for (let row = 0; row < batch; row++) {
    const start = positions[row];
    const fresh = start === 0 || step === 1 || hash(seed, step, row) % FORGET_EVERY === 0;
    if (fresh) forget(row);
    const length = Math.min(steps, text.length - start);
    const at = row * steps;
    for (let t = 0; t < length; t++) {
      inputs[at + t] = t === 0 && fresh ? BEGIN : text[start + t - 1];
      targets[at + t] = text[start + t];
    }
    inputs.fill(BEGIN, at + length, at + steps);
    targets.fill(NO_TARGET, at + length, at + steps);
    positions[row] = start + length === text.length ? 0 : start + length;
    symbols += length;
  }
  return symbols;
}
