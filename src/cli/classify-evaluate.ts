import { performance } from 'node:perf_hooks';
import { Command } from 'commander';
import { openClassifier } from '../classifier/classifier.js';
import { scoresOf } from '../classifier/scores.js';
import { percent } from './classify-train.js';
import { chooseEngine } from './engine.js';
import { CliError } from './failure.js';
import { readClassifier } from './files.js';
import { readExamples } from './labelled-file.js';

interface Flags {
  model: string;
  data: string;
  json?: true;
}

const WARM_UP = 500;

export function classifyEvaluateCommand(): Command {
  return new Command('evaluate')
    .description('Says how well a classifier answers: on labelled messages it has not learned from.')
    .requiredOption('--model <file>', 'a classifier that classify train wrote')
    .requiredOption('--data <file>', 'the examples: label TAB text')
    .option('--json', 'print the result as one JSON object')
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const model = await readClassifier(flags.model);
  const examples = await readExamples({ path: flags.data, option: '--data' });
  const truth = examples.map(({ label }) => model.labels.indexOf(label));
  const unknown = truth.indexOf(-1);
  if (unknown >= 0) {
    const known = model.labels.join(', ');
    throw new CliError(
      `${flags.data} has the label ${examples[unknown].label}, which the classifier does not know: it knows ${known}`,
    );
  }
  const { kernel } = chooseEngine(1);
  const classifier = openClassifier(kernel, model);
  // The first ones are slow, for code is compiled when it is first needed.
  classifier.classify(examples.slice(0, WARM_UP));
  const started = performance.now();
  const probabilities = classifier.classify(examples);
  const messagesPerSecond = examples.length / ((performance.now() - started) / 1000);
  const scores = scoresOf(probabilities, truth, model.labels);
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ ...scores, messagesPerSecond, engine: kernel.engine })}\n`);
    return;
  }
  const lines = [
    `accuracy ${percent(scores.accuracy)}, macro F1 ${percent(scores.macroF1)}, macro recall ${percent(scores.macroRecall)} on ${scores.examples} examples`,
    ...Object.entries(scores.labels).map(
      ([label, { precision, recall, f1, support }]) =>
        `${label}: precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)} (${support} examples)`,
    ),
    `expected calibration error ${percent(scores.calibrationError)}`,
    `${Math.round(messagesPerSecond)} messages a second on one thread (${kernel.engine})`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
