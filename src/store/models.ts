import { type Kysely, sql, type Transaction } from 'kysely';
import type { FiledReport } from '../training/report.js';
import { PUBLIC } from './messages.js';
import type { ModelRow, Schema } from './schema.js';

export type ModelStore = ReturnType<typeof modelStore>;

/** A version without its weights. */
export interface ModelSummary extends Omit<ModelRow, 'checkpoint' | 'report'> {
  /** Undefined for versions from before there were reports. */
  report: FiledReport | undefined;
  /** Whether its weights were given up to save room. */
  pruned: boolean;
}

export interface NewModel
  extends
    Omit<ModelRow, 'version' | 'state' | 'report' | 'live_since' | 'learned_until' | 'read_at'>,
    Partial<Pick<ModelRow, 'learned_until' | 'read_at'>> {
  report?: FiledReport;
}

/** Every trained version of every guild's language model. */
export function modelStore(db: Kysely<Schema>) {
  const summaries = (guildId: string) =>
    db
      .selectFrom('models')
      .select(['guild_id', 'version', 'bits_per_character', 'corpus_until', 'created_at', 'state', 'report'])
      .select(['live_since', 'audience', 'learned_until', 'read_at'])
      .select((eb) => eb(sql<number>`length(checkpoint)`, '=', 0).as('pruned'))
      .where('guild_id', '=', guildId);

  /** Adds a version and ends the training it comes from in one transaction: after a power cut either both are true or none. */
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
      if (state === 'live') await retire(transaction, model);
      await transaction
        .insertInto('models')
        .values({
          learned_until: null,
          read_at: null,
          ...model,
          version,
          state,
          report: JSON.stringify(report ?? {}),
          live_since: state === 'live' ? model.created_at : null,
        })
        .execute();
      await transaction
        .deleteFrom('trainings')
        .where('guild_id', '=', model.guild_id)
        .where('audience', '=', model.audience)
        .execute();
      return version;
    });
  }

  return {
    async live(guildId: string, audience: string): Promise<ModelSummary | undefined> {
      const row = await summaries(guildId)
        .where('audience', '=', audience)
        .where('state', '=', 'live')
        .executeTakeFirst();
      return row && toSummary(row);
    },

    /** The versions that can write where a class reads, newest first: of older ones only figures may be left. */
    async writable(guildId: string, audience: string): Promise<number[]> {
      const rows = await db
        .selectFrom('models')
        .select('version')
        .where('guild_id', '=', guildId)
        .where('audience', 'in', [PUBLIC, audience])
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

    /** The first bytes of a version's weights; fewer where there are not so many. */
    async checkpointStart(guildId: string, version: number, bytes: number): Promise<Uint8Array> {
      const row = await db
        .selectFrom('models')
        .select(sql<Uint8Array>`substr(checkpoint, 1, ${bytes})`.as('start'))
        .where('guild_id', '=', guildId)
        .where('version', '=', version)
        .executeTakeFirst();
      return row?.start ?? new Uint8Array();
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

    /**
     * Makes a version the live one of its audience that is there already; false when it is not, or has lost its weights. Going back to one that
     * was live takes those that came after it out of the line of `live_since`.
     */
    async goLive(guildId: string, version: number, at: number): Promise<boolean> {
      return db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom('models')
          .select(['guild_id', 'audience', 'live_since'])
          .where('guild_id', '=', guildId)
          .where('version', '=', version)
          .where(sql<number>`length(checkpoint)`, '>', 0)
          .executeTakeFirst();
        if (row === undefined) return false;
        await retire(transaction, row);
        if (row.live_since !== null) {
          await transaction
            .updateTable('models')
            .set({ live_since: null })
            .where('guild_id', '=', guildId)
            .where('audience', '=', row.audience)
            .where('live_since', '>', row.live_since)
            .execute();
        }
        await transaction
          .updateTable('models')
          .set({ state: 'live', live_since: at })
          .where('guild_id', '=', guildId)
          .where('version', '=', version)
          .execute();
        return true;
      });
    },

    /**
     * Empties versions of a guild to save room, but, of each audience, for the live one, the `keep` that were live last,
     * and the newest `keep` that never were; their figures stay. Resolves with their numbers.
     */
    async prune(guildId: string, keep: number): Promise<number[]> {
      const versions = await summaries(guildId)
        .orderBy((eb) => eb.fn.coalesce('live_since', eb.lit(0)), 'desc')
        .orderBy('version', 'desc')
        .execute();
      const kept = [...new Set(versions.map(({ audience }) => audience))].flatMap((audience) => {
        const of = (wanted: ModelRow['state']) =>
          versions.filter((each) => each.audience === audience && each.state === wanted);
        return [...of('live'), ...of('past').slice(0, keep), ...of('rejected').slice(0, keep)];
      });
      if (kept.length === 0) return [];
      const pruned = await db
        .updateTable('models')
        .set({ checkpoint: new Uint8Array() })
        .where('guild_id', '=', guildId)
        .where(
          'version',
          'not in',
          kept.map(({ version }) => version),
        )
        .where(sql<number>`length(checkpoint)`, '>', 0)
        .returning('version')
        .execute();
      return pruned.map(({ version }) => version).sort((a, b) => a - b);
    },

    /** Gives up a model for good: none of its versions is live any more, and all are emptied. Resolves with their numbers. */
    async withdraw(guildId: string, audience: string): Promise<number[]> {
      return db.transaction().execute(async (transaction) => {
        await retire(transaction, { guild_id: guildId, audience });
        const rows = await transaction
          .updateTable('models')
          .set({ checkpoint: new Uint8Array(), live_since: null })
          .where('guild_id', '=', guildId)
          .where('audience', '=', audience)
          .returning('version')
          .execute();
        return rows.map(({ version }) => version);
      });
    },
  };
}

async function retire(
  transaction: Transaction<Schema>,
  { guild_id, audience }: Pick<ModelRow, 'guild_id' | 'audience'>,
): Promise<void> {
  await transaction
    .updateTable('models')
    .set({ state: 'past' })
    .where('guild_id', '=', guild_id)
    .where('audience', '=', audience)
    .where('state', '=', 'live')
    .execute();
}

function toSummary(row: Omit<ModelRow, 'checkpoint'> & { pruned: unknown }): ModelSummary {
  const report = JSON.parse(row.report) as FiledReport | Record<string, never>;
  return {
    ...row,
    report: 'seed' in report ? (report as FiledReport) : undefined,
    pruned: Boolean(row.pruned),
  };
}
