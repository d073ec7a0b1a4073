import { type Kysely, sql } from 'kysely';

/** What moderation keeps: settings, flags, verdicts, what was done, rehearsals and the classifiers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('moderation')
    .addColumn('guild_id', 'text', (column) => column.primaryKey())
    .addColumn('review_channel_id', 'text')
    .addColumn('flag_threshold', 'double precision', (column) => column.notNull())
    .addColumn('auto_action', 'text', (column) =>
      column.notNull().check(sql`auto_action in ('none', 'delete', 'timeout')`),
    )
    .addColumn('auto_threshold', 'double precision', (column) => column.notNull())
    .addColumn('auto_version', 'integer')
    .addColumn('timeout_minutes', 'integer', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('exemptions')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('role', 'channel')`))
    .addColumn('target_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('exemptions_key', ['guild_id', 'kind', 'target_id'])
    .execute();

  await db.schema
    .createTable('backtests')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('ran_at', 'bigint', (column) => column.notNull())
    .addColumn('days', 'integer', (column) => column.notNull())
    .addColumn('threshold', 'double precision', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('messages', 'integer', (column) => column.notNull())
    .addColumn('flagged', 'integer', (column) => column.notNull())
    .addColumn('acted', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('backtests_by_time').on('backtests').columns(['guild_id', 'ran_at']).execute();

  await db.schema
    .createTable('flags')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull().check(sql`origin in ('model', 'moderator')`))
    .addColumn('content', 'text')
    .addColumn('content_key', 'text', (column) => column.notNull())
    .addColumn('signals', 'text', (column) => column.notNull())
    .addColumn('weights', 'text', (column) => column.notNull())
    .addColumn('score', 'double precision')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('times', 'integer', (column) => column.notNull())
    .addColumn('copies', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('open', 'confirmed', 'false_alarm')`),
    )
    .addColumn('action', 'text', (column) =>
      column.notNull().check(sql`action in ('none', 'delete', 'timeout')`),
    )
    .addColumn('gone', 'integer', (column) => column.notNull().check(sql`gone in (0, 1)`))
    .addColumn('disputed', 'integer', (column) => column.notNull().check(sql`disputed in (0, 1)`))
    .addColumn('resolved_by', 'text')
    .addColumn('resolved_at', 'bigint')
    .addColumn('notice_channel_id', 'text')
    .addColumn('notice_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('flags_by_state').on('flags').columns(['guild_id', 'state']).execute();
  await db.schema
    .createIndex('flags_by_content')
    .on('flags')
    .columns(['guild_id', 'author_id', 'content_key'])
    .execute();

  await db.schema
    .createTable('labels')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('task', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('content_key', 'text', (column) => column.notNull())
    .addColumn('signals', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('held_out', 'integer', (column) => column.notNull().check(sql`held_out in (0, 1)`))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('labels_key', ['guild_id', 'task', 'message_id'])
    .execute();

  await db.schema
    .createIndex('labels_by_content')
    .on('labels')
    .columns(['guild_id', 'task', 'content_key'])
    .execute();

  await db.schema
    .createTable('actions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('flag_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('delete', 'timeout', 'lift')`))
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('score', 'double precision')
    .addColumn('content', 'text')
    .addColumn('until', 'bigint')
    .addColumn('undone_by', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('actions_by_time').on('actions').columns(['guild_id', 'created_at']).execute();

  await db.schema
    .createTable('classifiers')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('task', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('model', 'blob', (column) => column.notNull())
    .addColumn('report', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('classifiers_key', ['guild_id', 'task', 'version'])
    .execute();
}
