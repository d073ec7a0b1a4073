import { Command } from 'commander';
import { DATABASE_OPTION, withStore } from './database.js';
import { CliError } from './failure.js';
import { checkWritable, writeAtomically } from './files.js';
import { wholeNumber } from './values.js';

interface ExportFlags {
  guild: string;
  version: number;
  out: string;
  database?: string;
}

export function exportModelCommand(): Command {
  return new Command('export-model')
    .description("Writes a version of a server's model from the bot's database to a safetensors file.")
    .requiredOption('--guild <id>', 'the server')
    .requiredOption('--version <n>', 'the version, as /model history lists them', wholeNumber(1, 2 ** 31))
    .requiredOption('--out <file>', 'where the file is written')
    .option(...DATABASE_OPTION)
    .action(run);
}

async function run({ guild, version, out, database }: ExportFlags): Promise<void> {
  await checkWritable(out);
  const bytes = await readCheckpoint(database, guild, version);
  await writeAtomically(out, bytes);
  process.stderr.write(`${out}: version ${version}, ${bytes.byteLength} bytes\n`);
}

function readCheckpoint(database: string | undefined, guild: string, version: number): Promise<Uint8Array> {
  return withStore(database, 'read-only', async (store, path) => {
    const bytes = await store.models.checkpoint(guild, version);
    if (bytes !== undefined) return bytes;
    throw new CliError(
      `${path} has no version ${version} of server ${guild}, or it was pruned: give --guild and --version as /model history shows them, or name the bot's database with --database`,
    );
  });
}
