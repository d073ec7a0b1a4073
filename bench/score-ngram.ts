import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { wholeNumber } from '../src/cli/values.js';
import { datasetNames, readDataset, type DatasetName } from './datasets.js';
import { scoreNgrams } from '../src/rnn/ngram.js';
import { table } from './table.js';

interface Flags {
  train?: string;
  test?: string;
  data?: string;
  set?: DatasetName;
  order: number;
  json?: true;
}

const command = new Command('bench:ngram')
  .description(
    'Bits per character that a Witten-Bell n-gram needs for a text, by order. Give two files, or a set.',
  )
  .option('--train <file>', 'the text to count')
  .option('--test <file>', 'the text to predict')
  .option('--data <folder>', 'where the sets are')
  .addOption(new Option('--set <name>', 'a set with its split').choices(datasetNames))
  .option(
    '--order <n>',
    'highest order; 5 predicts a character from the four before it',
    wholeNumber(1, 20),
    8,
  )
  .option('--json', 'print the result as one JSON object')
  .parse();
const flags = command.opts<Flags>();

const { train, test } = readTexts();
const { byOrder, best } = scoreNgrams(train, test, flags.order);
if (flags.json) {
  process.stdout.write(`${JSON.stringify({ bitsPerCharacter: byOrder, best })}\n`);
} else {
  const rows = byOrder.map((bits, index) => [
    `${index + 1}${index + 1 === best ? ' (best)' : ''}`,
    bits.toFixed(3),
  ]);
  process.stdout.write(`${table(['order', 'bits/character'], rows)}\n`);
}

function readTexts(): { train: string; test: string } {
  const { train, test, data, set } = flags;
  if (train !== undefined && test !== undefined) {
    return { train: readFileSync(train, 'utf8'), test: readFileSync(test, 'utf8') };
  }
  if (data !== undefined && set !== undefined) return readDataset(data, set).baseline;
  return command.error('error: give --train and --test, or --data and --set');
}
