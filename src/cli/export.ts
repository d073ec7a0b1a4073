import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import type { Store } from '../store/open.js';
import type { MessageRow } from '../store/schema.js';
import { withStore } from './database.js';
import { CliError } from './failure.js';
import { checkWritable, writeLinesAtomically } from './files.js';
import { discordId } from './values.js';

interface ExportFlags {
  guild?: string;
  channel?: string;
  member?: string;
  out?: string;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('Writes stored messages as JSON lines, which import and train read.')
    .option('--guild <id>', "a server's messages", discordId)
    .option('--channel <id>', 'only those of a channel and its threads', discordId)
    .option('--member <id>', "one person's messages, of all servers unless --guild names one", discordId)
    .option('--out <file>', 'where to write them (default: standard output)')
    .action(run);
}

async function run({
  guild: guildId,
  channel: channelId,
  member: authorId,
  out,
}: ExportFlags): Promise<void> {
  if (guildId === undefined && authorId === undefined) {
    throw new CliError('nothing says whose messages to export: give --guild or --member');
  }
  if (out !== undefined) await checkWritable(out);
  await withStore(undefined, 'read-only', async (store) => {
    const lines = linesOf(store, { guildId, channelId, authorId });
    if (out === undefined) await pipeline(Readable.from(lines), process.stdout, { end: false });
    else await writeLinesAtomically(out, lines);
  });
}

async function* linesOf(
  store: Store,
  which: Parameters<Store['messages']['all']>[0],
): AsyncGenerator<string> {
  const apart = await store.channels.apart();
  for await (const row of store.messages.all(which)) {
    const audience = apart.get(row.channel_id);
    const line = {
      ...(which.guildId === undefined && { guild: row.guild_id }),
      ...(audience !== undefined && { audience }),
      ...toLine(row),
    };
    yield `${JSON.stringify(line)}\n`;
  }
}

/** By the names that an archive's lines are read by. */
function toLine(row: MessageRow) {
  return {
    id: row.id,
    channel: row.channel_id,
    ...(row.thread_id !== null && { thread: row.thread_id }),
    author: row.author_id,
    time: new Date(row.created_at).toISOString(),
    ...(row.edited_at > 0 && { edited: new Date(row.edited_at).toISOString() }),
    ...(row.reply_to_id !== null && { reply: row.reply_to_id }),
    text: row.content,
  };
}
