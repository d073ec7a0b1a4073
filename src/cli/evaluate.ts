import { Command } from 'commander';
import { evaluate } from '../rnn/evaluation.js';
import { openKernel } from './engine.js';
import { readModel, readText } from './files.js';

interface EvaluateFlags {
  model: string;
  text: string;
  json?: true;
}

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Says how well a model predicts a text: minus log2 of its probability, per character.')
    .requiredOption('--model <file>', 'a model that train wrote')
    .requiredOption('--text <file>', 'the text to predict, UTF-8')
    .option('--json', 'print the result as one JSON object')
    .action(run);
}

async function run(flags: EvaluateFlags): Promise<void> {
  const checkpoint = await readModel(flags.model);
  const text = await readText(flags.text);
  const { bitsPerCharacter, characters } = evaluate(openKernel(), checkpoint, text);
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ bitsPerCharacter, characters })}\n`
      : `${bitsPerCharacter.toFixed(3)} bits per character over ${characters} characters\n`,
  );
}
