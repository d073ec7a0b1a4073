import { type Kysely, sql } from 'kysely';

/** What makes the corpus consented and erasable: who may read what was written where, who allows it, and what must go. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('channels')
    .addColumn('learning', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`learning in (0, 1)`),
    )
    .execute();
  await sql`update channels set learning = collecting`.execute(db);
  await db.schema
    .alterTable('channels')
    .addColumn('audience', 'text', (column) => column.notNull().defaultTo('public'))
    .execute();

  for (const name of ['stored_at', 'edited_at']) {
    await db.schema
      .alterTable('messages')
      .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
  }
  await db.schema
    .createIndex('messages_by_author')
    .on('messages')
    .columns(['author_id', 'guild_id', 'created_at'])
    .execute();
  await db.schema.createIndex('messages_by_thread').on('messages').column('thread_id').execute();

  await db.schema
    .createTable('tombstones')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('erased_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('tombstones_guild').on('tombstones').column('guild_id').execute();

  await db.schema
    .alterTable('privacy')
    .addColumn('collecting', 'text', (column) => column.check(sql`collecting in ('in', 'out')`))
    .execute();
  await db.schema.alterTable('privacy').addColumn('forgotten_at', 'bigint').execute();

  // Whose words they have in them: what members may have forgotten.
  await db.schema.alterTable('generations').addColumn('author_id', 'text').execute();
  await sql`update generations set author_id = member_id where kind = 'continue'`.execute(db);
  await db.schema.alterTable('labels').addColumn('member_id', 'text').execute();
  await sql`update labels set member_id = coalesce(
    (select author_id from flags where flags.id = labels.message_id),
    (select author_id from messages where messages.id = labels.message_id))`.execute(db);

  await db.schema
    .createTable('guilds')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('consent', 'text', (column) =>
      column
        .notNull()
        .defaultTo('opt-out')
        .check(sql`consent in ('opt-out', 'opt-in')`),
    )
    .addColumn('left_at', 'bigint')
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .execute();

  await sql`insert into guilds (id, changed_at) ${sql.join(
    GUILDS.map((table) => sql`select guild_id, 0 from ${sql.table(table)} where guild_id <> ''`),
    sql` union `,
  )}`.execute(db);
  await db.schema
    .createTable('audiences')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('audiences_key', ['guild_id', 'id'])
    .execute();

  await db.schema
    .alterTable('models')
    .addColumn('audience', 'text', (column) => column.notNull().defaultTo('public'))
    .execute();
  await db.schema.alterTable('models').addColumn('learned_until', 'bigint').execute();
  await db.schema.alterTable('models').addColumn('read_at', 'bigint').execute();
  await db.schema.dropIndex('models_live').execute();
  await db.schema
    .createIndex('models_live')
    .unique()
    .on('models')
    .columns(['guild_id', 'audience'])
    .where(sql.ref('state'), '=', sql.lit('live'))
    .execute();

  // What says whether a version owes something, so that nobody need walk through its weights for that.
  await db.schema
    .createIndex('models_knowing')
    .on('models')
    .columns(['guild_id', 'version', 'audience', 'state'])
    .columns(['read_at', 'created_at', 'learned_until', 'corpus_until'])
    .where(sql<boolean>`length(checkpoint) > 0`)
    .execute();

  await trainingsByAudience(db);

  await db.schema
    .createTable('debts')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('messages', 'integer', (column) => column.notNull())
    .addColumn('created_from', 'bigint', (column) => column.notNull())
    .addColumn('stored_from', 'bigint', (column) => column.notNull())
    .addColumn('erased_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('debts_guild').on('debts').columns(['guild_id', 'audience']).execute();

  await db.schema
    .createTable('receipts')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('written_at', 'bigint', (column) => column.notNull())
    .addColumn('version', 'integer')
    .addColumn('reasons', 'text', (column) => column.notNull())
    .addColumn('messages', 'integer', (column) => column.notNull())
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('asked_until', 'bigint', (column) => column.notNull())
    .addColumn('erased_versions', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('receipts_key', ['guild_id', 'audience', 'written_at'])
    .execute();

  await db.schema
    .createTable('backfills')
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('history', 'missed')`))
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('max_messages', 'integer')
    .addColumn('asked_in', 'text')
    .addColumn('asked_by', 'text')
    .addColumn('read', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('stored', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('backfills_key', ['channel_id', 'kind'])
    .execute();
  await db.schema
    .createTable('backfill_places')
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('before_id', 'text')
    .addColumn('done', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`done in (0, 1)`),
    )
    .addPrimaryKeyConstraint('backfill_places_key', ['channel_id', 'kind', 'place_id'])
    .addForeignKeyConstraint(
      'backfill_places_backfill',
      ['channel_id', 'kind'],
      'backfills',
      ['channel_id', 'kind'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();

  await db.schema
    .createTable('omissions')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('messages', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('omissions_key', ['guild_id', 'reason'])
    .execute();

  // What the database itself is like: which key seals its texts, by which rules they were cleaned.
  await db.schema
    .createTable('facts')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

/** Where a guild has rows that the bot was in before this. */
const GUILDS = [
  'channels',
  'models',
  'training_settings',
  'generations',
  'moderation',
  'exemptions',
  'labels',
  'talk_settings',
  'talk_places',
  'blocked_words',
  'privacy',
];

/** SQLite cannot change a primary key, so the table is made anew. */
async function trainingsByAudience(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('trainings').renameTo('trainings_before').execute();
  await db.schema
    .createTable('trainings')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text')
    .addColumn('user_id', 'text')
    .addColumn('budget_ms', 'bigint', (column) => column.notNull())
    .addColumn('seed', 'bigint', (column) => column.notNull())
    .addColumn('corpus_until', 'bigint', (column) => column.notNull())
    .addColumn('fresh', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`fresh in (0, 1)`),
    )
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('read_at', 'bigint')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('trained_ms', 'bigint', (column) => column.notNull())
    .addColumn('curve', 'text', (column) => column.notNull())
    .addColumn('state', 'blob')
    .addPrimaryKeyConstraint('trainings_key', ['guild_id', 'audience'])
    .execute();
  await sql`insert into trainings
    select guild_id, 'public', channel_id, user_id, budget_ms, seed, corpus_until, fresh, requested_at, started_at, null,
      attempts, trained_ms, curve, state
    from trainings_before`.execute(db);
  await db.schema.dropTable('trainings_before').execute();
}
