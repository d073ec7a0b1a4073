import type { Checkpoint } from './checkpoint.js';
import { allowedSymbols, draw } from './draw.js';
import { isCompletingJamo } from './hangul.js';
import type { Kernel } from './kernel/kernel.js';
import type { Dice } from './random.js';
import { createRepetition } from './repetition.js';
import { createRows, type Reading } from './rows.js';
import { BEGIN, FIRST_CHARACTER } from './symbols.js';
import type { Vocabulary } from './vocabulary.js';

export interface TextOptions {
  /** Text to continue: any string. Empty means from nothing. */
  readonly prompt: string;
  /** Below 1 the likely becomes likelier, above 1 the unlikely does. More than 0; 0.1 to 2 are sensible. Default 1. */
  readonly temperature?: number;
  /** Draws from the fewest symbols that have this share of the probability. Above 0; 1, the default, is all of them. */
  readonly topP?: number;
  /** The same seed, model and prompt give the same text, whatever else is written at the same time. */
  readonly seed: number;
  /**
   * Symbols that must not come, by their code point. Hangul is asked about by jamo, and a character that the vocabulary
   * lacks is spelled in bytes, so not known in advance; ASCII is never spelled.
   */
  readonly never?: (codePoint: number) => boolean;
  /** The same, but only until something visible was written. Default none. */
  readonly neverFirst?: (codePoint: number) => boolean;
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
   * @returns ends it early; not to be called by its own reader
   * @throws RangeError as `writing` does
   */
  begin(options: TextOptions, reader: Reader): () => void;
  /** Takes every text one symbol further, in its prompt or in what it writes. */
  step(): void;
}

/** A writer of as many texts at once as it has rows; a row costs little while no text is in it. */
export function createWriter(kernel: Kernel, checkpoint: Checkpoint, rows: number): Writer {
  const reading = createRows(kernel, checkpoint, rows);
  return {
    get texts() {
      return reading.texts;
    },
    begin(options, reader) {
      const text = writing(checkpoint.vocabulary, options, reader);
      return reading.begin(() => text);
    },
    step: reading.step,
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

/**
 * A text that is written: its prompt is read, then what is drawn, until its reader has enough.
 * @throws RangeError when the temperature is not a positive number, or topP not above 0 and up to 1
 */
export function writing(vocabulary: Vocabulary, options: TextOptions, reader: Reader): Reading {
  const { temperature = 1, topP = 1 } = options;
  if (!(temperature > 0 && temperature < Infinity))
    throw new RangeError('temperature must be a positive number');
  if (!(topP > 0 && topP <= 1)) throw new RangeError('topP must be above 0 and at most 1');
  return write(vocabulary, { ...options, temperature, topP }, reader);
}

/** What shows that something was written. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

function* write(
  vocabulary: Vocabulary,
  options: TextOptions & { temperature: number; topP: number },
  reader: Reader,
): Reading {
  const { prompt, seed, never = () => false, neverFirst = () => false, unseen = () => false } = options;
  const { codePoints } = vocabulary;
  const allowed = allowedSymbols(codePoints, never);
  const atFirst = allowedSymbols(codePoints, (c) => never(c) || neverFirst(c));
  // The prompt is already written, so its last syllable cannot take another jamo.
  const afterPrompt = allowedSymbols(codePoints, (c) => never(c) || neverFirst(c) || isCompletingJamo(c));
  const isUnseen = (symbol: number) =>
    symbol >= FIRST_CHARACTER && unseen(codePoints[symbol - FIRST_CHARACTER]);
  /** A jamo is visible before its syllable is complete. */
  const shows = (symbol: number, piece: string) =>
    VISIBLE.test(
      symbol >= FIRST_CHARACTER ? String.fromCodePoint(codePoints[symbol - FIRST_CHARACTER]) : piece,
    );
  const room = new Float64Array(2 * allowed.length);
  const dice: Dice = { state: seed >>> 0 };
  const decoder = vocabulary.decoder();
  const repetition = createRepetition();

  let logits = yield BEGIN;
  for (const symbol of vocabulary.encode(prompt)) logits = yield symbol;
  let choices = afterPrompt;
  for (let isVisible = false; ; choices = isVisible ? allowed : atFirst) {
    const symbol = draw(logits, repetition.avoid(choices, decoder.begins), options, dice, room);
    if (!isUnseen(symbol)) repetition.add(symbol, decoder.begins(symbol));
    const piece = decoder.push(symbol);
    isVisible ||= shows(symbol, piece);
    if (piece !== '' && !reader(piece)) return;
    logits = yield symbol;
  }
}
