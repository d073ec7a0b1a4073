import { setImmediate as breathe } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { CipherError } from '../store/cipher.js';
import type { Store } from '../store/open.js';
import { DATABASE_OPTION, withStore } from './database.js';
import { CliError } from './failure.js';

const HELP = `
Stop the bot first: nobody else may have the database open. Set CORPUS_KEY to the new key, and CORPUS_KEY_PREVIOUS to the
one before, if there was one. An empty CORPUS_KEY decrypts everything. A run that was cut off can simply be begun again.
At the end the file is written anew, which takes as much free disk space as the database has, so that nothing is left in
it of the texts as they were. Backups keep the key that they were made with. Afterwards CORPUS_KEY_PREVIOUS can be emptied.
`;

export function rekeyCommand(): Command {
  return new Command('rekey')
    .description(
      'Encrypts all message texts in the database with CORPUS_KEY, or decrypts them where it is empty.',
    )
    .option(...DATABASE_OPTION)
    .addHelpText('after', HELP)
    .action(run);
}

async function run({ database }: { database?: string }): Promise<void> {
  await withStore(database, 'alone', async (store, path) => {
    const { seen, changed } = await rekey(store);
    process.stderr.write('writing the file anew\n');
    store.upkeep.compact();
    process.stdout.write(`${path}: ${changed} of ${seen} texts changed\n`);
  });
}

async function rekey({ rekeying }: Store): Promise<{ seen: number; changed: number }> {
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {value} of {total} texts | {eta} s left',
    stream: process.stderr,
    barsize: 24,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  bar.start(await rekeying.countRows(), 0);
  let total = { seen: 0, changed: 0 };
  try {
    for await (total of rekeying.run()) {
      bar.update(total.seen);
      // The event loop's turn: signals arrive here.
      await breathe();
    }
    return total;
  } catch (error) {
    if (!(error instanceof CipherError)) throw error;
    throw new CliError(
      `${error.message}: restore the database from a backup, or give the key that sealed it`,
    );
  } finally {
    bar.stop();
  }
}
