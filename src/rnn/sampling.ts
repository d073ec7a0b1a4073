import type { Checkpoint } from './checkpoint.js';
import { allowedSymbols, draw } from './draw.js';
import { isCompletingJamo } from './hangul.js';
import type { Kernel } from './kernel/kernel.js';
import { rowsOfState } from './kernel/layout.js';
import type { Dice } from './random.js';
import { createRepetition } from './repetition.js';
import { BEGIN, FIRST_CHARACTER } from './symbols.js';
import type { Vocabulary } from './vocabulary.js';

export interface TextOptions {
  /** Text to continue: any string. Empty means from nothing. */
  readonly prompt: string;
  /** Below 1 the likely becomes likelier, above 1 the unlikely does. More than 0; 0.1 to 2 are sensible. Default 1. */
  readonly temperature?: number;
  /** The same seed, model and prompt give the same text, whatever else is written at the same time. */
  readonly seed: number;
  /**
   * Symbols that must not come, by their code point. Hangul is asked about by jamo, and a character that the vocabulary
   * lacks is spelled in bytes, so not known in advance; ASCII is never spelled.
   */
  readonly never?: (codePoint: number) => boolean;
  /** Symbols that nobody gets to see: a loop is a loop whatever stands between. Default none. */
  readonly unseen?: (codePoint: number) => boolean;
}

/**
 * Takes a text a piece at a time and says whether it wants more. A piece is one or a few whole code points; a mark comes
 * as one of its own (`isMark` tells). It must not throw.
 */
export type Reader = (piece: string) => boolean;

/** A model may write marks without end, which nobody sees: a text of so many pieces per wanted character is over. */
export const MAX_PIECES_PER_CHARACTER = 4;

/** Writes several texts with one model at once, each as if it were alone. */
export interface Writer {
  /** Texts begun and not ended. */
  readonly texts: number;
  /**
   * Begins a text, which goes on until its reader has enough. When all rows are taken it waits its turn.
   * @throws RangeError when the temperature is not a positive number
   */
  begin(options: TextOptions, reader: Reader): void;
  /** Takes every text one symbol further, in its prompt or in what it writes. */
  step(): void;
}

/** A text as the network sees it: symbols to read come out, the logits of what follows each go in. */
type Writing = Generator<number, void, Float32Array>;

/** A writer of as many texts at once as it has rows; a row costs little while no text is in it. */
export function createWriter(kernel: Kernel, checkpoint: Checkpoint, rows: number): Writer {
  const { shape, vocabulary, parameters } = checkpoint;
  const stepper = kernel.createStepper(shape, parameters, rows);
  const ids = new Int32Array(rows); // what each row reads next
  const writing: Writing[] = []; // one per row, without gaps
  const waiting: Writing[] = [];

  function enter(text: Writing): void {
    const row = writing.push(text) - 1;
    stepper.reset(row);
    ids[row] = text.next().value as number;
  }

  /** The last row moves into the one that becomes free. */
  function leave(row: number): void {
    const last = writing.length - 1;
    const text = writing.pop();
    if (text === undefined || row === last) return;
    writing[row] = text;
    ids[row] = ids[last];
    const free = rowsOfState(shape, rows, row);
    rowsOfState(shape, rows, last).forEach(([start, end], vector) =>
      stepper.state.copyWithin(free[vector][0], start, end),
    );
  }

  return {
    get texts() {
      return writing.length + waiting.length;
    },
    begin(options, reader) {
      const { temperature = 1 } = options;
      if (!(temperature > 0 && temperature < Infinity))
        throw new RangeError('temperature must be a positive number');
      waiting.push(write(vocabulary, options, reader));
    },
    step() {
      for (const text of waiting.splice(0, rows - writing.length)) enter(text);
      if (writing.length === 0) return;
      const logits = stepper.step(ids.subarray(0, writing.length));
      const V = shape.vocabulary;
      // From the last row on, so that a row that moves has had its turn.
      for (let row = writing.length - 1; row >= 0; row--) {
        const { done, value } = writing[row].next(logits.subarray(row * V, (row + 1) * V));
        if (done === true) leave(row);
        else ids[row] = value;
      }
    },
  };
}

/** Continues one text for ever, a piece at a time; the caller counts and stops. */
export function* sample(
  options: TextOptions & { readonly kernel: Kernel; readonly checkpoint: Checkpoint },
): Generator<string, never> {
  const writer = createWriter(options.kernel, options.checkpoint, 1);
  const pieces: string[] = [];
  writer.begin(options, (piece) => pieces.push(piece) > 0);
  for (;;) {
    writer.step();
    yield* pieces.splice(0);
  }
}

function* write(vocabulary: Vocabulary, options: TextOptions, reader: Reader): Writing {
  const { prompt, temperature = 1, seed, never = () => false, unseen = () => false } = options;
  const { codePoints } = vocabulary;
  const allowed = allowedSymbols(codePoints, never);
  // The prompt is already written, so its last syllable cannot take another jamo.
  const afterPrompt = allowedSymbols(codePoints, (c) => never(c) || isCompletingJamo(c));
  const isUnseen = (symbol: number) =>
    symbol >= FIRST_CHARACTER && unseen(codePoints[symbol - FIRST_CHARACTER]);
  const weights = new Float64Array(allowed.length);
  const dice: Dice = { state: seed >>> 0 };
  const decoder = vocabulary.decoder();
  const repetition = createRepetition();

  let logits = yield BEGIN;
  for (const symbol of vocabulary.encode(prompt)) logits = yield symbol;
  for (let first = true; ; first = false) {
    const choices = repetition.avoid(first ? afterPrompt : allowed, decoder.begins);
    const symbol = draw(logits, choices, temperature, dice, weights);
    if (!isUnseen(symbol)) repetition.add(symbol, decoder.begins(symbol));
    const piece = decoder.push(symbol);
    if (piece !== '' && !reader(piece)) return;
    logits = yield symbol;
  }
}
