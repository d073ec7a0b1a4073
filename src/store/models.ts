import { type Kysely, sql, type Transaction } from 'kysely';
import type { TrainingReport } from '../training/report.js';
import type { ModelRow, Schema } from './schema.js';

export type ModelStore = ReturnType<typeof modelStore>;

/** A version without its weights. */
export interface ModelSummary extends Omit<ModelRow, 'checkpoint' | 'report'> {
  /** Undefined for versions from before there were reports. */
  report: TrainingReport | undefined;
  /** Whether its weights were given up to save room. */
  pruned: boolean;
}

export interface NewModel extends Omit<ModelRow, 'version' | 'state' | 'report'> {
  report?: TrainingReport;
}

/** Every trained version of every guild's language model. */
export function modelStore(db: Kysely<Schema>) {
  const summaries = (guildId: string) =>
    db
      .selectFrom('models')
      .select(['guild_id', 'version', 'bits_per_character', 'corpus_until', 'created_at', 'state', 'report'])
      .select((eb) => eb(sql<number>`length(checkpoint)`, '=', 0).as('pruned'))
      .where('guild_id', '=', guildId);

  /** Adds a version and ends the guild's training in one transaction: after a power cut either both are true or none. */
  async function add({ report, ...model }: NewModel, state: 'live' | 'rejected'): Promise<number> {
    return db.transaction().execute(async (transaction) => {
      const newest = await transaction
        .selectFrom('models')
        .select('version')
        .where('guild_id', '=', model.guild_id)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst();
      const version = (newest?.version ?? 0) + 1;
      if (state === 'live') await retire(transaction, model.guild_id);
      await transaction
        .insertInto('models')
        .values({ ...model, version, state, report: JSON.stringify(report ?? {}) })
        .execute();
      await transaction.deleteFrom('trainings').where('guild_id', '=', model.guild_id).execute();
      return version;
    });
  }

  return {
    async live(guildId: string): Promise<ModelSummary | undefined> {
      const row = await summaries(guildId).where('state', '=', 'live').executeTakeFirst();
      return row && toSummary(row);
    },

    /** The versions that can write, newest first: of older ones only figures may be left. */
    async writable(guildId: string): Promise<number[]> {
      const rows = await db
        .selectFrom('models')
        .select('version')
        .where('guild_id', '=', guildId)
        .where(sql<number>`length(checkpoint)`, '>', 0)
        .orderBy('version', 'desc')
        .execute();
      return rows.map(({ version }) => version);
    },

    async find(guildId: string, version: number): Promise<ModelSummary | undefined> {
      const row = await summaries(guildId).where('version', '=', version).executeTakeFirst();
      return row && toSummary(row);
    },

    /** Every version of a guild, newest first. */
    async versions(guildId: string): Promise<ModelSummary[]> {
      return (await summaries(guildId).orderBy('version', 'desc').execute()).map(toSummary);
    },

    /** Undefined for a version that never was, or that was pruned. */
    async checkpoint(guildId: string, version: number): Promise<Uint8Array | undefined> {
      const row = await db
        .selectFrom('models')
        .select('checkpoint')
        .where('guild_id', '=', guildId)
        .where('version', '=', version)
        .executeTakeFirst();
      return row === undefined || row.checkpoint.length === 0 ? undefined : row.checkpoint;
    },

    /** Makes a new version live; resolves with its number. */
    async promote(model: NewModel): Promise<number> {
      return add(model, 'live');
    },

    /** Keeps a new version that does not go live; resolves with its number. */
    async reject(model: NewModel): Promise<number> {
      return add(model, 'rejected');
    },

    /** Makes a version live that is there already. */
    async goLive(guildId: string, version: number): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        await retire(transaction, guildId);
        await transaction
          .updateTable('models')
          .set({ state: 'live' })
          .where('guild_id', '=', guildId)
          .where('version', '=', version)
          .execute();
      });
    },

    /** Empties all versions of a guild but the newest `keep` and the live one; their figures stay. Resolves with how many. */
    async prune(guildId: string, keep: number): Promise<number> {
      const newest = await db
        .selectFrom('models')
        .select('version')
        .where('guild_id', '=', guildId)
        .orderBy('version', 'desc')
        .limit(keep)
        .execute();
      const result = await db
        .updateTable('models')
        .set({ checkpoint: new Uint8Array() })
        .where('guild_id', '=', guildId)
        .where('state', '!=', 'live')
        .where('version', '<', newest.at(-1)?.version ?? 0)
        .where(sql<number>`length(checkpoint)`, '>', 0)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
  };
}

async function retire(transaction: Transaction<Schema>, guildId: string): Promise<void> {
  await transaction
    .updateTable('models')
    .set({ state: 'past' })
    .where('guild_id', '=', guildId)
    .where('state', '=', 'live')
    .execute();
}

function toSummary(row: Omit<ModelRow, 'checkpoint'> & { pruned: unknown }): ModelSummary {
  const report = JSON.parse(row.report) as TrainingReport | Record<string, never>;
  return {
    ...row,
    report: 'seed' in report ? (report as TrainingReport) : undefined,
    pruned: Boolean(row.pruned),
  };
}
