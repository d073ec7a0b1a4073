import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import type { Store } from '../store/open.js';
import { DATABASE_OPTION, withStore } from './database.js';
import { CliError } from './failure.js';
import { checkWritable } from './files.js';

interface BackupFlags {
  out: string;
  overwrite?: true;
  database?: string;
}

const HELP = `
To restore one, stop the bot and put the file where DATABASE_PATH says; remove a -wal or -shm file beside it. Messages
that were deleted after the backup come back with it, and a database sealed with CORPUS_KEY is of no use without the key.
`;

export function backupCommand(): Command {
  return new Command('backup')
    .description('Copies the database as it is in this moment, while the bot may go on, and checks the copy.')
    .requiredOption('--out <file>', 'where the copy is written')
    .option('--overwrite', 'replace the file if there is one')
    .option(...DATABASE_OPTION)
    .addHelpText('after', HELP)
    .action(run);
}

async function run({ out, overwrite, database }: BackupFlags): Promise<void> {
  await checkWritable(out);
  if (existsSync(out) && overwrite === undefined) {
    throw new CliError(`${out} exists: give --out another path, or add --overwrite to replace it`);
  }
  if (existsSync(`${out}-wal`)) {
    throw new CliError(`${out} is a database in use: give --out another path`);
  }
  await withStore(database, 'read-only', async (store, path) => {
    const temporary = `${out}.${process.pid}.tmp`;
    try {
      await copy(store, temporary);
      await rename(temporary, out);
    } finally {
      for (const ending of ['', '-wal', '-shm', '-journal']) await rm(temporary + ending, { force: true });
    }
    process.stdout.write(`${out}: a copy of ${path}, checked\n`);
  });
}

async function copy(store: Store, path: string): Promise<void> {
  const bar = new SingleBar({
    format: '{bar} {percentage}%',
    stream: process.stderr,
    barsize: 24,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  bar.start(100, 0);
  const problem = await store.upkeep
    .copyTo(path, (fraction) => bar.update(Math.floor(fraction * 100)))
    .finally(() => bar.stop());
  if (problem !== undefined)
    throw new CliError(`the copy is damaged, and so may be the database: ${problem}`);
}
