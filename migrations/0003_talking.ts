import { type Kysely, sql } from 'kysely';

/** What talking keeps: how each text came to be, votes, what must not be said, where the bot may speak unasked, and who may be imitated. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // SQLite adds one column a statement. Texts from before this were all asked for by /continue.
  const columns = [
    db.schema.alterTable('generations').addColumn('kind', 'text', (column) =>
      column
        .notNull()
        .defaultTo('continue')
        .check(sql`kind in ('continue', 'more', 'message', 'reply', 'imitation')`),
    ),
    db.schema.alterTable('generations').addColumn('seed', 'bigint'),
    db.schema
      .alterTable('generations')
      .addColumn('top_p', 'double precision', (column) => column.notNull().defaultTo(1)),
    db.schema.alterTable('generations').addColumn('version_given', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`version_given in (0, 1)`),
    ),
    db.schema.alterTable('generations').addColumn('member_id', 'text'),
    db.schema.alterTable('generations').addColumn('channel_id', 'text'),
    db.schema.alterTable('generations').addColumn('message_id', 'text'),
    db.schema.alterTable('generations').addColumn('source_id', 'text'),
  ];
  for (const column of columns) await column.execute();
  await db.schema
    .createIndex('generations_by_member')
    .on('generations')
    .columns(['guild_id', 'member_id', 'created_at'])
    .execute();
  await db.schema.createIndex('generations_by_message').on('generations').column('message_id').execute();
  await db.schema.createIndex('generations_by_source').on('generations').column('source_id').execute();

  // The text is forgotten long before the vote: so the version stands here, and nothing refers to the text.
  await db.schema
    .createTable('feedback')
    .addColumn('generation_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('model_version', 'integer', (column) => column.notNull())
    .addColumn('vote', 'integer', (column) => column.notNull().check(sql`vote in (-1, 1)`))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('feedback_key', ['generation_id', 'member_id'])
    .execute();
  await db.schema
    .createIndex('feedback_by_version')
    .on('feedback')
    .columns(['guild_id', 'model_version'])
    .execute();

  await db.schema
    .createTable('taken_back')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('content_key', 'text', (column) => column.notNull())
    .addColumn('moderator_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('taken_back_key', ['guild_id', 'content_key'])
    .execute();

  await db.schema
    .createTable('blocked_words')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('word', 'text', (column) => column.notNull())
    .addColumn('added_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('blocked_words_key', ['guild_id', 'word'])
    .execute();

  await db.schema
    .createTable('talk_settings')
    .addColumn('guild_id', 'text', (column) => column.primaryKey())
    .addColumn('max_verbatim', 'integer')
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('talk_places')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('chance', 'double precision')
    .addColumn('quiet_until', 'bigint', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('privacy')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('imitation', 'integer', (column) => column.notNull().check(sql`imitation in (0, 1)`))
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('privacy_key', ['guild_id', 'member_id'])
    .execute();
}
