import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { beginning, PLACE, readable } from '../corpus/transcript.js';
import { MAX_PIECES_PER_CHARACTER, sample } from '../rnn/sampling.js';
import { isMark } from '../rnn/vocabulary.js';
import { openKernel } from './engine.js';
import { readModel } from './files.js';
import { MAX_SEED, numberWithin, wholeNumber } from './values.js';

interface SampleFlags {
  model: string;
  prompt: string;
  length: number;
  temperature: number;
  seed?: number;
}

export function sampleCommand(): Command {
  return new Command('sample')
    .description('Continues a prompt; prints the continuation.')
    .requiredOption('--model <file>', 'a model that train wrote')
    .requiredOption('--prompt <text>', 'the text to continue; may be empty')
    .option('--length <n>', 'characters to write', wholeNumber(1, 10_000_000), 200)
    .option('--temperature <t>', 'below 1 plays safe, above 1 takes risks', numberWithin(0.1, 2), 0.8)
    .option('--seed <n>', 'the same seed gives the same text (default: a new one)', wholeNumber(0, MAX_SEED))
    .action(run);
}

async function run({ model, prompt, length, temperature, seed }: SampleFlags): Promise<void> {
  const checkpoint = await readModel(model);
  const chosen = seed ?? randomInt(MAX_SEED);
  if (seed === undefined) process.stderr.write(`seed ${chosen}\n`);
  // What learned a chat goes on as one: the end of a message is a line break.
  const isChat = checkpoint.metadata.speakers !== undefined;
  let left = length;
  let pieces = 0;
  for (const piece of sample({
    kernel: openKernel(),
    checkpoint,
    prompt: isChat ? beginning(prompt) : prompt,
    temperature,
    seed: chosen,
    never: isChat ? (codePoint) => codePoint === PLACE.codePointAt(0) : isMark,
  })) {
    const characters = [...(isChat ? readable(piece) : piece)].slice(0, left);
    process.stdout.write(characters.join(''));
    left -= characters.length;
    pieces += 1;
    if (left === 0 || pieces >= length * MAX_PIECES_PER_CHARACTER) break;
  }
  process.stdout.write('\n');
}
