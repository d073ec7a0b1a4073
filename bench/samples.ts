import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { createCopies } from '../src/corpus/copies.js';
import { decodeCheckpoint } from '../src/rnn/checkpoint.js';
import { chooseKernel } from '../src/rnn/kernel/choose.js';
import { isLooping } from '../src/rnn/repetition.js';
import { createWriter } from '../src/rnn/sampling.js';
import { isMark } from '../src/rnn/vocabulary.js';

const flags = new Command('bench:samples')
  .description(
    'Writes many samples with a model, unedited, and counts loops and what is copied from the text it learned.',
  )
  .requiredOption('--model <file>', 'a model that train wrote')
  .requiredOption('--text <file>', 'the text it learned')
  .parse()
  .opts<{ model: string; text: string }>();

const TEMPERATURES = [0.5, 0.8, 1.0];
const SHOWN = 3;
const SHOWN_CHARACTERS = 400;
const SAMPLES = 1_000;
const CHARACTERS = 200;
const ROWS = 16;

if (flags.text.endsWith('.jsonl'))
  throw new Error('give a plain text: a chat begins with marks, not with nothing');
const checkpoint = decodeCheckpoint(await readFile(flags.model));
const text = await readFile(flags.text, 'utf8');

for (const temperature of TEMPERATURES) {
  console.log(`\n### Temperature ${temperature.toFixed(1)}\n`);
  for (const sample of write(SHOWN, SHOWN_CHARACTERS, temperature)) {
    console.log('```text\n%s\n```\n', sample.replaceAll('```', "'''"));
  }
  const samples = write(SAMPLES, CHARACTERS, temperature);
  const loops = samples.filter(isLooping).length;
  const copies = createCopies(samples);
  copies.compare(text);
  const share = (100 * copies.share()).toFixed(2);
  console.log(
    `In ${SAMPLES.toLocaleString('en')} samples of ${CHARACTERS} characters: ${loops} with a loop; ` +
      `${share} % of the characters inside copies of 40 or more characters.`,
  );
}

/** Samples from nothing, seeds 0, 1, 2 and on. */
function write(count: number, characters: number, temperature: number): string[] {
  const writer = createWriter(chooseKernel(undefined).kernel, checkpoint, ROWS);
  const samples = Array.from({ length: count }, () => '');
  samples.forEach((_, seed) =>
    writer.begin({ prompt: '', temperature, seed, never: isMark }, (piece) => {
      samples[seed] += piece;
      return samples[seed].length < characters;
    }),
  );
  while (writer.texts > 0) writer.step();
  return samples.map((sample) => sample.slice(0, characters));
}
