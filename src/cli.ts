import { Command, CommanderError } from 'commander';
import { config as readDotenv } from 'dotenv';
import { backupCommand } from './cli/backup.js';
import { classifyCommand } from './cli/classify.js';
import { CliError } from './cli/failure.js';
import { evaluateCommand } from './cli/evaluate.js';
import { exportCommand } from './cli/export.js';
import { exportModelCommand } from './cli/export-model.js';
import { importCommand } from './cli/import.js';
import { privacyPolicyCommand } from './cli/privacy-policy.js';
import { rekeyCommand } from './cli/rekey.js';
import { sampleCommand } from './cli/sample.js';
import { trainCommand } from './cli/train.js';
import { toUserError } from './errors.js';
import { describeError } from './i18n/index.js';

/** Exit codes: 0 done, 1 a bug, 2 a mistake that the message names, 130 interrupted. */
const program = new Command('charlatan')
  .description(
    'Trains, samples and scores character-level models on text files, of language and classifiers of messages; looks after the bot’s database.',
  )
  .exitOverride()
  .configureOutput({
    outputError: (message, write) => write(`${message.trim().replaceAll('\n', ' ')} (--help explains)\n`),
  });
for (const command of [
  trainCommand(),
  sampleCommand(),
  evaluateCommand(),
  exportModelCommand(),
  classifyCommand(),
  importCommand(),
  exportCommand(),
  privacyPolicyCommand(),
  backupCommand(),
  rekeyCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
  for (const part of command.commands) part.copyInheritedSettings(program);
}

readDotenv({ quiet: true });

// A reader that has seen enough, such as head, closes the pipe: that is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  const problem = toUserError(error);
  if (problem !== undefined) {
    process.stderr.write(`error: ${describeError(problem)}\n`);
    process.exitCode = 2;
  } else if (error instanceof CliError) {
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = 2;
  } else if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    throw error;
  }
}
