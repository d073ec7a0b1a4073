import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenClassifier, openClassifier } from '../src/classifier/classifier.js';
import type { ClassifierModel } from '../src/classifier/model.js';
import { scoresOf } from '../src/classifier/scores.js';
import { LABELS, type LabelledExample, type Task } from '../src/classifier/tasks.js';
import { trainClassifier } from '../src/classifier/training.js';
import { readArchiveLine, splitByTime } from '../src/corpus/archive.js';
import { signalsOfText } from '../src/corpus/signals.js';
import { chooseKernel } from '../src/rnn/kernel/choose.js';
import { roll } from '../src/rnn/random.js';
import { invent } from '../src/starter/invented.js';
import { feelingSignals } from '../src/starter/sentiment.js';
import { OWN } from '../src/training/read-examples.js';
import { decimals, table } from './table.js';

const THRESHOLDS = [0.5, 0.9];
const SPAM_SETS = ['sms.test', 'youtube1', 'youtube2', 'youtube3'];
const SENTIMENT_SETS = ['tweets.valid', 'goemotions_en.test', 'nsmc.test'];
const { kernel } = chooseKernel(undefined, 1);

/** What a starter of a task knows: invented examples, and what a server adds to them. */
export function learnStarter(task: Task, own: readonly LabelledExample[] = []): ClassifierModel {
  const dice = { state: 1 };
  const training = trainClassifier({
    kernel,
    examples: [...invent(LABELS[task], () => roll(dice)), ...own],
    labels: LABELS[task],
    inventedImportance: 1,
    budgetMs: 60_000,
    now: () => performance.now(),
    seed: 1,
  });
  let turn = training.next();
  while (!turn.done) turn = training.next();
  return turn.value.model;
}

/** Precision and recall of spam on sets that no starter has seen, and how much of a real server's chat is flagged. */
export function spamTable(data: string): string {
  const [older, newer] = readChat(data);
  const own = older.slice(-OWN).map((text) => ({ ...messageOf(text), label: 'ham' }));
  const rows = [
    { name: 'starter', model: learnStarter('spam') },
    { name: `with ${OWN} of the server's own`, model: learnStarter('spam', own) },
  ].flatMap(({ name, model }) => {
    const classifier = openClassifier(kernel, model);
    return THRESHOLDS.map((threshold) => [
      `${name}, from ${threshold}`,
      ...SPAM_SETS.map((set) => precisionAndRecall(classifier, readSet(data, 'spam', set), threshold)),
      `${decimals(100 * share(classifier, newer, threshold), 2)} %`,
    ]);
  });
  return table(['precision / recall', ...SPAM_SETS, 'of meshcore flagged'], rows);
}

export function sentimentTable(data: string): string {
  const classifier = openClassifier(kernel, learnStarter('sentiment'));
  const rows = SENTIMENT_SETS.map((set) => {
    const examples = readSet(data, 'sentiment', set);
    const probabilities = classifier.classify(examples);
    const truth = examples.map(({ label }) => classifier.labels.indexOf(label));
    const { accuracy, macroRecall, macroF1, calibrationError } = scoresOf(
      probabilities,
      truth,
      classifier.labels,
    );
    return [
      set,
      ...[accuracy, macroRecall, macroF1, calibrationError].map((each) => decimals(100 * each, 1)),
    ];
  });
  return table(
    ['starter of sentiment, %', 'accuracy', 'macro recall', 'macro F1', 'calibration error'],
    rows,
  );
}

/** label TAB text, with what the text alone signals. */
export function readSet(data: string, task: Task, set: string): LabelledExample[] {
  const lines = readFileSync(join(data, task, `${set}.tsv`), 'utf8').split('\n');
  return lines.filter(Boolean).map((line) => {
    const [label, ...text] = line.split('\t');
    return { ...messageOf(text.join('\t')), label };
  });
}

function messageOf(text: string) {
  return { text, signals: [...signalsOfText(text), ...feelingSignals(text)] };
}

/** The older and the newer half of a real server's chat. */
function readChat(data: string): [string[], string[]] {
  const lines = readFileSync(join(data, 'chat_meshcore/general.jsonl'), 'utf8').split('\n');
  const messages = lines.filter(Boolean).flatMap((line) => readArchiveLine(line) ?? []);
  const [older, newer] = splitByTime(messages, 0.5);
  return [older.map(({ content }) => content), newer.map(({ content }) => content)];
}

function share(classifier: OpenClassifier, texts: readonly string[], threshold: number): number {
  const flagged = classifier.classify(texts.map(messageOf)).filter(([, spam]) => spam >= threshold);
  return flagged.length / texts.length;
}

function precisionAndRecall(
  classifier: OpenClassifier,
  examples: readonly LabelledExample[],
  threshold: number,
): string {
  const flagged = classifier.classify(examples).map(([, spam]) => spam >= threshold);
  const isSpam = examples.map(({ label }) => label === 'spam');
  const right = flagged.filter((each, index) => each && isSpam[index]).length;
  const precision = right / Math.max(1, flagged.filter(Boolean).length);
  return `${decimals(100 * precision, 1)} / ${decimals((100 * right) / isSpam.filter(Boolean).length, 1)}`;
}
