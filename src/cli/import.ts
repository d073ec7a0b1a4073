import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { stringsFor } from '../i18n/index.js';
import { ingest } from '../ingest/ingest.js';
import type { IngestProgress, IngestResult } from '../ingest/protocol.js';
import { withStore } from './database.js';
import { discordId } from './values.js';

interface ImportFlags {
  guild: string;
  channel?: string;
  author?: string;
  dryRun?: true;
  json?: true;
}

const { importing } = stringsFor('en');

export function importCommand(): Command {
  return new Command('import')
    .description("Takes the messages of a file, folder or zip file into the bot's database.")
    .argument('<file>', 'what to import')
    .requiredOption('--guild <id>', 'the server whose messages they are', discordId)
    .option('--channel <id>', 'where they were written, if the file does not say it', discordId)
    .option('--author <id>', 'who wrote them, if the file does not say it', discordId)
    .option('--dry-run', 'only count what would come in')
    .option('--json', 'print the counts as one JSON object')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Read are, by what is in them and whatever they are called:
  JSON files of DiscordChatExporter
  Discord's data package: its zip file, its folder, or one messages.json or .csv
  JSON lines, such as export writes, with the names that train knows and id,
    thread, edited
  plain text, a message a line (needs --channel); it has no times, so it is
    taken for older than all that is stored
Messages keep their ids: what was deleted or forgotten here stays out, and a
second import of the same file adds nothing. Channels that the bot does not
know yet count as readable by everyone, unless the file is of export and says
otherwise: import private ones only where everyone may hear what they taught.
Private threads stay out, where the file says that they are. Of lines that name
a server, only those of --guild come in.`;

async function run(path: string, flags: ImportFlags): Promise<void> {
  const { guild: guildId, channel: channelId, author: authorId, dryRun: isRehearsal = false } = flags;
  if (!isRehearsal) {
    process.stderr.write('Channels that are new to the bot are taken for public ones (--help explains)\n');
  }
  const terms = { guildId, channelId, authorId, places: undefined };
  await withStore(undefined, 'read-write', async (store) => {
    const result = await follow((onProgress, signal) =>
      ingest({ path, name: path, terms, isRehearsal }, { store, now: () => Date.now(), onProgress, signal }),
    );
    process.stdout.write(
      flags.json ? `${JSON.stringify(result.counts)}\n` : `${told(result, isRehearsal)}\n`,
    );
    if (result.isCancelled) process.exitCode = 130;
  });
}

function told({ counts, isCancelled }: IngestResult, isRehearsal: boolean): string {
  if (isCancelled) return importing.cancelled(counts);
  return isRehearsal ? importing.would(counts) : importing.done(counts);
}

/** Imports with a progress bar; Ctrl-C and SIGTERM end it early. */
async function follow(
  work: (onProgress: (progress: IngestProgress) => void, signal: AbortSignal) => Promise<IngestResult>,
): Promise<IngestResult> {
  const cancel = new AbortController();
  const interrupt = () => cancel.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {read} rows read | {added} added | {duration_formatted}',
    stream: process.stderr,
    barsize: 24,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  bar.start(100, 0, { read: 0, added: 0 });
  try {
    return await work(({ counts: { read, added }, fraction }) => {
      bar.update(Math.floor(fraction * 100), { read, added });
    }, cancel.signal);
  } finally {
    bar.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
