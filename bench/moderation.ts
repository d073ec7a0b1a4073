import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { openClassifier } from '../src/classifier/classifier.js';
import { decodeClassifier } from '../src/classifier/model.js';
import { signalsOfText } from '../src/corpus/signals.js';
import { chooseKernel } from '../src/rnn/kernel/choose.js';
import { burstTable } from './burst.js';
import { evasionTable, measureEvasion } from './evasion.js';
import { learnStarter, readSet, sentimentTable, spamTable } from './starters.js';

const flags = new Command('bench:moderation')
  .description('Measures the starters, disguised spam, and a burst of messages. Takes about a minute.')
  .requiredOption('--data <folder>', 'the folder with spam/, sentiment/ and chat_meshcore/')
  .option('--model <file>', 'a spam classifier that classify train wrote, to be evaded beside the starter')
  .parse()
  .opts<{ data: string; model?: string }>();

/** Of these, what is caught unaltered counts. */
const EVADING = ['sms.test', 'youtube3'];

console.log(`${spamTable(flags.data)}\n`);
console.log(`${sentimentTable(flags.data)}\n`);
const models = { starter: learnStarter('spam') };
if (flags.model !== undefined)
  Object.assign(models, { [flags.model]: decodeClassifier(await readFile(flags.model)) });
for (const [name, model] of Object.entries(models)) {
  const { kernel } = chooseKernel(undefined, 1);
  const hardened = openClassifier(kernel, model);
  const naive = openClassifier(kernel, model, (text) => text);
  const spam = EVADING.flatMap((set) => readSet(flags.data, 'spam', set))
    .filter(({ label }) => label === 'spam')
    .map(({ text }) => text);
  const rows = await measureEvasion(
    {
      raw: (texts) => naive.classify(texts.map((text) => ({ text, signals: [] }))).map(isSpam),
      normalized: (texts) =>
        hardened.classify(texts.map((text) => ({ text, signals: signalsOfText(text) }))).map(isSpam),
    },
    spam,
    1,
  );
  console.log(`${name}: spam of ${EVADING.join(' and ')}\n${evasionTable(rows)}\n`);
}
console.log(await burstTable());

function isSpam([, spam]: Float32Array): boolean {
  return spam >= 0.5;
}
