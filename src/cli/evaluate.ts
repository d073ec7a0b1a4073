import { Command } from 'commander';
import { speakersOf } from '../rnn/checkpoint.js';
import { bitsOf } from '../rnn/evaluation.js';
import { openKernel } from './engine.js';
import { readModel } from './files.js';
import { ARCHIVE_HELP, encode, openText } from './texts.js';

interface EvaluateFlags {
  model: string;
  text: string;
  json?: true;
}

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Says how well a model predicts a text: minus log2 of its probability, per character.')
    .requiredOption('--model <file>', 'a model that train wrote')
    .requiredOption('--text <file>', 'the text to predict')
    .option('--json', 'print the result as one JSON object')
    .addHelpText('after', ARCHIVE_HELP)
    .action(run);
}

async function run(flags: EvaluateFlags): Promise<void> {
  const checkpoint = await readModel(flags.model);
  const passage = await openText({ path: flags.text, option: '--text' }, speakersOf(checkpoint));
  const { symbols, characters } = await encode(checkpoint.vocabulary, passage);
  const bitsPerCharacter = bitsOf(openKernel(), checkpoint, symbols) / characters;
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ bitsPerCharacter, characters })}\n`
      : `${bitsPerCharacter.toFixed(3)} bits per character over ${characters} characters\n`,
  );
}
