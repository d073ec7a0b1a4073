import { signalsOfText } from '../corpus/signals.js';
import type { LabelledExample } from '../classifier/tasks.js';
import { feelingSignals } from '../starter/sentiment.js';
import { CliError } from './failure.js';
import { readLines, type TextFile } from './text-files.js';

/** A message is never longer; a file of messages without line breaks is. */
export const MAX_MESSAGE = 100_000;

/**
 * The examples of a file, one a line: label TAB text.
 * @throws CliError for a line that is none, by its number, and for a file without lines
 */
export async function readExamples(file: TextFile): Promise<LabelledExample[]> {
  const examples: LabelledExample[] = [];
  for await (const [line, number] of readLines(file)) {
    const tab = line.indexOf('\t');
    const label = line.slice(0, Math.max(0, tab)).trim();
    const text = line.slice(tab + 1).trim();
    const problem = problemOf(label, text);
    if (problem !== undefined) throw new CliError(`${file.path}:${number}: ${problem}`);
    examples.push({ label, text, signals: signalsOfLine(text) });
  }
  if (examples.length === 0) {
    throw new CliError(`${file.path} has no lines: give ${file.option} a file of label TAB text`);
  }
  return examples;
}

/** What a text tells beside its letters; a file says nothing of authors and channels. */
export function signalsOfLine(text: string): string[] {
  return [...signalsOfText(text), ...feelingSignals(text)];
}

/** Why a text cannot be classified; undefined when it can. */
export function problemOfText(text: string): string | undefined {
  if (text.trim() === '') return 'the text is empty: leave the line out';
  if (text.length > MAX_MESSAGE) {
    return `the text has more than ${MAX_MESSAGE} characters: give one message a line`;
  }
  return undefined;
}

function problemOf(label: string, text: string): string | undefined {
  if (label === '') return 'there is no label: write label TAB text';
  if (label.length > 100) return 'the label has more than 100 characters: write label TAB text';
  return problemOfText(text);
}

/** The labels of examples in alphabetical order. @throws CliError when there is nothing to tell apart */
export function labelsOf(examples: readonly LabelledExample[], { path }: TextFile): string[] {
  const counts = new Map<string, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labels = [...counts.keys()].sort();
  if (labels.length < 2) {
    throw new CliError(`${path} has only the label ${labels[0]}: give examples of at least two labels`);
  }
  const rare = labels.find((label) => (counts.get(label) ?? 0) < MIN_EXAMPLES);
  if (rare !== undefined) {
    throw new CliError(
      `${path} has fewer than ${MIN_EXAMPLES} examples of ${rare}: add some, or leave that label out`,
    );
  }
  return labels;
}

/** Fewer teach nothing, and a heading line is no label. */
const MIN_EXAMPLES = 5;
