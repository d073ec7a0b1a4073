import { Command } from 'commander';
import { openClassifier } from '../classifier/classifier.js';
import { highest } from '../classifier/scores.js';
import { openKernel } from './engine.js';
import { readClassifier } from './files.js';
import { problemOfText, signalsOfLine } from './labelled-file.js';
import { blocksOfLines } from './text-files.js';

interface Flags {
  model: string;
}

export function classifyRunCommand(): Command {
  return new Command('run')
    .description('Answers each line of its input, a message, by a line of JSON: label and probabilities.')
    .requiredOption('--model <file>', 'a classifier that classify train wrote')
    .action(run);
}

/** A line that cannot be classified is answered by its error; the exit code then says that there was one. */
async function run(flags: Flags): Promise<void> {
  const model = await readClassifier(flags.model);
  const classifier = openClassifier(openKernel(), model);
  const input = process.stdin.setEncoding('utf8') as AsyncIterable<string>;
  for await (const lines of blocksOfLines(input, 'standard input')) {
    for (const answer of answersTo(lines)) process.stdout.write(`${JSON.stringify(answer)}\n`);
  }

  function answersTo(texts: readonly string[]): object[] {
    const problems = texts.map(problemOfText);
    const readable = texts.filter((_, index) => problems[index] === undefined);
    const inputs = readable.map((text) => ({ text, signals: signalsOfLine(text) }));
    const probabilities = classifier.classify(inputs)[Symbol.iterator]();
    return problems.map((error) => {
      if (error !== undefined) {
        process.exitCode = 2;
        return { error };
      }
      const each = probabilities.next().value ?? new Float32Array();
      const named = Object.fromEntries(model.labels.map((label, index) => [label, round(each[index])]));
      return { label: model.labels[highest(each)], probabilities: named };
    });
  }
}

function round(probability: number): number {
  return Number(probability.toFixed(4));
}
