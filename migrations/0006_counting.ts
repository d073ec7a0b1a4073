import { type Kysely, sql } from 'kysely';

/** What keeps a million messages quick: counts that stand ready, and indexes by which each read begins where it must. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The figures are never null, but it is not demanded: a trigger that could fail makes SQLite keep every page that a
  // deletion touches, which then takes five times as long.
  await db.schema
    .createTable('author_tallies')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('messages', 'integer')
    .addColumn('characters', 'bigint')
    .addPrimaryKeyConstraint('author_tallies_key', ['guild_id', 'channel_id', 'author_id'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createTable('day_tallies')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('day', 'integer', (column) => column.notNull())
    .addColumn('messages', 'integer')
    .addPrimaryKeyConstraint('day_tallies_key', ['guild_id', 'channel_id', 'day'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await sql`insert into author_tallies
    select guild_id, channel_id, author_id, count(*), sum(characters)
    from messages where characters > 0 group by guild_id, channel_id, author_id`.execute(db);
  await sql`insert into day_tallies
    select guild_id, channel_id, created_at / ${sql.lit(DAY_MS)} as day, count(*)
    from messages where characters > 0 group by guild_id, channel_id, day`.execute(db);
  for (const trigger of triggers) await sql.raw(trigger).execute(db);

  for (const index of ['messages_by_channel', 'messages_by_thread']) {
    await db.schema.dropIndex(index).execute();
  }
  await db.schema
    .createIndex('messages_by_channel')
    .on('messages')
    .columns(['channel_id', 'created_at', 'id'])
    .execute();
  await db.schema
    .createIndex('messages_by_thread')
    .on('messages')
    .column('thread_id')
    .where(sql.ref('thread_id'), 'is not', null)
    .execute();
  // The order in which a training reads: nothing is sorted, and its first message comes at once.
  await db.schema
    .createIndex('messages_by_place')
    .on('messages')
    .expression(sql`guild_id, coalesce(thread_id, channel_id), created_at, id`)
    .execute();
}

const DAY_MS = 86_400_000;

/** Adds a row to the counts, or takes it out of them. */
const countIn = `
  insert into author_tallies (guild_id, channel_id, author_id, messages, characters)
    values (new.guild_id, new.channel_id, new.author_id, 1, new.characters)
    on conflict (guild_id, channel_id, author_id)
    do update set messages = messages + 1, characters = characters + excluded.characters;
  insert into day_tallies (guild_id, channel_id, day, messages)
    values (new.guild_id, new.channel_id, new.created_at / ${DAY_MS}, 1)
    on conflict (guild_id, channel_id, day) do update set messages = messages + 1;`;
const ofAuthor = 'guild_id = old.guild_id and channel_id = old.channel_id and author_id = old.author_id';
const ofDay = `guild_id = old.guild_id and channel_id = old.channel_id and day = old.created_at / ${DAY_MS}`;
const countOut = `
  update author_tallies set messages = messages - 1, characters = characters - old.characters where ${ofAuthor};
  delete from author_tallies where ${ofAuthor} and messages = 0;
  update day_tallies set messages = messages - 1 where ${ofDay};
  delete from day_tallies where ${ofDay} and messages = 0;`;

/**
 * The counts follow the messages whoever changes them, also where rows go with their channel. Messages without a text do
 * not count. PostgreSQL has the same as one function for each row.
 */
const triggers = [
  `create trigger messages_come after insert on messages when new.characters > 0 begin ${countIn} end`,
  `create trigger messages_go after delete on messages when old.characters > 0 begin ${countOut} end`,
  `create trigger messages_lose_text after update of characters on messages
    when old.characters > 0 and new.characters <> old.characters begin ${countOut} end`,
  `create trigger messages_get_text after update of characters on messages
    when new.characters > 0 and new.characters <> old.characters begin ${countIn} end`,
];
