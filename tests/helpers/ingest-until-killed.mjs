// Takes batches of messages into a database, as fast as it can, until it is killed; prints the number of each batch once
// it is in. Usage: node ingest-until-killed.mjs DATABASE FIRST_BATCH BATCH_SIZE; begins when its input does.
import { writeSync } from 'node:fs';
import { openStore } from '../../dist/src/store/open.js';

const [path, first, size] = process.argv.slice(2);
const store = await openStore(path, 'read-write');
await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
await new Promise((begin) => process.stdin.once('data', begin));
for (let batch = Number(first); ; batch++) {
  const messages = Array.from({ length: Number(size) }, (_, index) => ({
    id: `${batch}-${index}`,
    guild_id: '1',
    channel_id: '10',
    thread_id: null,
    author_id: String(index % 20),
    content: `message ${index} of batch ${batch}`,
    characters: 20,
    reply_to_id: null,
    created_at: batch * 1_000 + index,
  }));
  await store.intake.take(messages, 0);
  writeSync(1, `${batch}\n`);
}
