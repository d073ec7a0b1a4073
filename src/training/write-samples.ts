import { beginning, END, isMark, PLACE, readable } from '../corpus/transcript.js';
import type { Checkpoint } from '../rnn/checkpoint.js';
import type { Kernel } from '../rnn/kernel/kernel.js';
import { createWriter, MAX_PIECES_PER_CHARACTER } from '../rnn/sampling.js';

/** The default of what people ask for. */
const TEMPERATURE = 0.8;
/** Of each sample: a few messages. */
const CHARACTERS = 200;

const isPlace = (codePoint: number) => codePoint === PLACE.codePointAt(0);
const isUnseen = (codePoint: number) => isMark(codePoint) && codePoint !== END.codePointAt(0);

/**
 * What a model of a chat writes from nothing: messages, a line each. The seeds are 0, 1, 2 and on, so that nobody has
 * picked them. Yields after every symbol of all.
 */
export function* writeSamples(kernel: Kernel, model: Checkpoint, count: number): Generator<void, string[]> {
  const writer = createWriter(kernel, model, count);
  const samples = Array.from({ length: count }, () => '');
  samples.forEach((_, seed) => {
    const characters: string[] = [];
    let pieces = 0;
    const options = {
      prompt: beginning(''),
      temperature: TEMPERATURE,
      seed,
      never: isPlace,
      unseen: isUnseen,
    };
    writer.begin(options, (piece) => {
      characters.push(...readable(piece));
      pieces += 1;
      if (characters.length < CHARACTERS && pieces < CHARACTERS * MAX_PIECES_PER_CHARACTER) return true;
      samples[seed] = characters.slice(0, CHARACTERS).join('');
      return false;
    });
  });
  while (writer.texts > 0) {
    writer.step();
    yield;
  }
  return samples;
}
