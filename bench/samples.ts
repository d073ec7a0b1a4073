import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { decodeCheckpoint } from '../src/rnn/checkpoint.js';
import { chooseKernel } from '../src/rnn/kernel/choose.js';
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
/** A string of this length that stands three times in a sample is a loop. */
const LOOP = 20;
/** A stretch of at least this many characters that the learned text has too is a copy. */
const COPY = 40;
const ROWS = 16;

if (flags.text.endsWith('.jsonl'))
  throw new Error('give a plain text: a chat begins with marks, not with nothing');
const checkpoint = decodeCheckpoint(await readFile(flags.model));
const text = await readFile(flags.text, 'utf8');
const known = windows(text, COPY);

for (const temperature of TEMPERATURES) {
  console.log(`\n### Temperature ${temperature.toFixed(1)}\n`);
  for (const sample of write(SHOWN, SHOWN_CHARACTERS, temperature)) {
    console.log('```text\n%s\n```\n', sample.replaceAll('```', "'''"));
  }
  const samples = write(SAMPLES, CHARACTERS, temperature);
  const loops = samples.filter(isLooping).length;
  const copied = samples.reduce((sum, sample) => sum + copiedCharacters(sample), 0);
  const share = ((100 * copied) / (SAMPLES * CHARACTERS)).toFixed(2);
  console.log(
    `In ${SAMPLES.toLocaleString('en')} samples of ${CHARACTERS} characters: ${loops} with a loop; ` +
      `${share} % of the characters inside copies of ${COPY} or more characters.`,
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

function windows(text: string, length: number): Set<string> {
  const found = new Set<string>();
  for (let start = 0; start + length <= text.length; start++) found.add(text.slice(start, start + length));
  return found;
}

function isLooping(sample: string): boolean {
  const counts = new Map<string, number>();
  for (let start = 0; start + LOOP <= sample.length; start++) {
    const part = sample.slice(start, start + LOOP);
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) >= 3;
}

function copiedCharacters(sample: string): number {
  let copied = 0;
  let until = 0;
  for (let start = 0; start + COPY <= sample.length; start++) {
    if (!known.has(sample.slice(start, start + COPY))) continue;
    copied += start + COPY - Math.max(start, until);
    until = start + COPY;
  }
  return copied;
}
