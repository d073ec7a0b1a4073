import { type Kysely, sql } from 'kysely';

/** What makes trainings steerable: every version with its figures, a queue, settings, and the time that was trained. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('models')
    .addColumn('state', 'text', (column) =>
      column
        .notNull()
        .defaultTo('past')
        .check(sql`state in ('live', 'past', 'rejected')`),
    )
    .execute();
  await db.schema
    .alterTable('models')
    .addColumn('report', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
  await db.schema.alterTable('models').addColumn('live_since', 'bigint').execute();
  // Until now the newest version was the live one, and every one had been.
  await sql`update models set live_since = created_at`.execute(db);
  await sql`update models set state = 'live'
    where version = (select max(version) from models as others where others.guild_id = models.guild_id)`.execute(
    db,
  );
  await db.schema
    .createIndex('models_live')
    .unique()
    .on('models')
    .column('guild_id')
    .where(sql.ref('state'), '=', sql.lit('live'))
    .execute();

  await db.schema.alterTable('trainings').addColumn('user_id', 'text').execute();
  await db.schema
    .alterTable('trainings')
    .addColumn('fresh', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`fresh in (0, 1)`),
    )
    .execute();
  for (const name of ['requested_at', 'trained_ms']) {
    await db.schema
      .alterTable('trainings')
      .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
  }
  await db.schema.alterTable('trainings').addColumn('started_at', 'bigint').execute();
  await db.schema
    .alterTable('trainings')
    .addColumn('curve', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  // Until now a training was noted only when it began.
  await sql`update trainings set started_at = 0`.execute(db);

  await db.schema
    .createTable('training_times')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint', (column) => column.notNull())
    .addColumn('trained_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('training_times_key', ['guild_id', 'started_at'])
    .execute();

  await db.schema
    .createTable('training_settings')
    .addColumn('guild_id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'text')
    .addColumn('quiet_from', 'text')
    .addColumn('quiet_until', 'text')
    .addColumn('zone', 'text')
    .addColumn('minutes', 'double precision')
    .addColumn('minutes_per_day', 'double precision')
    .addColumn('announce_channel_id', 'text')
    .addColumn('asked_channel_id', 'text')
    .addColumn('attended_at', 'bigint')
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .execute();
}
