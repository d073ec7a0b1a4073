import type { Kysely } from 'kysely';
import type { CurvePoint } from '../training/report.js';
import { PUBLIC } from './messages.js';
import { isOwedInFlight } from './owing.js';
import type { Schema, TrainingRow, TrainingTimeRow } from './schema.js';

export type TrainingStore = ReturnType<typeof trainingStore>;

/** A training without its state. */
export interface WaitingTraining extends Omit<TrainingRow, 'state' | 'curve'> {
  curve: CurvePoint[];
}

export type AskedTraining = Pick<
  TrainingRow,
  'guild_id' | 'audience' | 'channel_id' | 'budget_ms' | 'seed' | 'corpus_until'
> &
  Partial<Pick<TrainingRow, 'user_id' | 'fresh' | 'requested_at'>>;

const SUMMARY = [
  'guild_id',
  'audience',
  'channel_id',
  'user_id',
  'budget_ms',
  'seed',
  'corpus_until',
  'fresh',
  'requested_at',
  'started_at',
  'read_at',
  'attempts',
  'trained_ms',
  'curve',
] as const;

/** Stretches older than this no longer count against anybody's budget. */
const TIMES_KEPT_MS = 48 * 3_600_000;

/** The queue of trainings, which survives restarts, and what they took. */
export function trainingStore(db: Kysely<Schema>) {
  const summaries = () => db.selectFrom('trainings').select(SUMMARY);

  return {
    /** Puts a training into the queue; false when there is one for that audience already. */
    async add(asked: AskedTraining): Promise<boolean> {
      const row: TrainingRow = {
        read_at: null,
        user_id: null,
        fresh: 0,
        requested_at: 0,
        ...asked,
        started_at: null,
        attempts: 0,
        trained_ms: 0,
        curve: '[]',
        state: null,
      };
      const result = await db
        .insertInto('trainings')
        .values(row)
        .onConflict((conflict) => conflict.columns(['guild_id', 'audience']).doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },

    async find(guildId: string, audience: string): Promise<WaitingTraining | undefined> {
      const row = await summaries()
        .where('guild_id', '=', guildId)
        .where('audience', '=', audience)
        .executeTakeFirst();
      return row && toTraining(row);
    },

    /** The whole queue: what was cut off first, then first come, first served; the public one of a guild first. */
    async queue(): Promise<WaitingTraining[]> {
      const rows = await summaries()
        .where('guild_id', 'not in', (eb) =>
          eb.selectFrom('guilds').select('id').where('left_at', 'is not', null),
        )
        .orderBy((eb) => eb.case().when('started_at', 'is', null).then(1).else(0).end())
        .orderBy('requested_at')
        .orderBy('guild_id')
        .orderBy((eb) => eb.case().when('audience', '=', PUBLIC).then(0).else(1).end())
        .orderBy('audience')
        .execute();
      return rows.map(toTraining);
    },

    /**
     * Notes that a training starts, for the first time or again; only the first time it takes in what came while it waited.
     * It begins from nothing if what it has learned has left the corpus since: nobody would know of that any more.
     */
    async start(guildId: string, audience: string, at: number, corpusUntil: number): Promise<void> {
      await db
        .updateTable('trainings')
        .set({ state: null, trained_ms: 0, curve: '[]' })
        .where('guild_id', '=', guildId)
        .where('audience', '=', audience)
        .where((eb) => eb.exists(eb.selectFrom('debts').select('debts.id').where(isOwedInFlight)))
        .execute();
      await db
        .updateTable('trainings')
        .set((eb) => ({
          attempts: eb('attempts', '+', 1),
          corpus_until: eb
            .case()
            .when('started_at', 'is', null)
            .then(corpusUntil)
            .else(eb.ref('corpus_until'))
            .end(),
          started_at: eb.fn.coalesce('started_at', eb.val(at)),
          read_at: at,
        }))
        .where('guild_id', '=', guildId)
        .where('audience', '=', audience)
        .execute();
    },

    /** Keeps the state from which the training can go on. */
    async saveState(
      guildId: string,
      audience: string,
      state: Uint8Array,
      { trainedMs, curve }: { trainedMs: number; curve: readonly CurvePoint[] },
    ): Promise<void> {
      await db
        .updateTable('trainings')
        .set({ state, trained_ms: Math.round(trainedMs), curve: JSON.stringify(curve) })
        .where('guild_id', '=', guildId)
        .where('audience', '=', audience)
        .execute();
    },

    async state(guildId: string, audience: string): Promise<Uint8Array | undefined> {
      const row = await db
        .selectFrom('trainings')
        .select('state')
        .where('guild_id', '=', guildId)
        .where('audience', '=', audience)
        .executeTakeFirst();
      return row?.state ?? undefined;
    },

    /** Notes that a training was paused in good order: its attempts no longer count against it. */
    async pause(guildId: string, audience: string): Promise<void> {
      await db
        .updateTable('trainings')
        .set({ attempts: 0 })
        .where('guild_id', '=', guildId)
        .where('audience', '=', audience)
        .execute();
    },

    async end(guildId: string, audience: string): Promise<void> {
      await db
        .deleteFrom('trainings')
        .where('guild_id', '=', guildId)
        .where('audience', '=', audience)
        .execute();
    },

    /** Puts a stretch of training in place of what was known of it, and forgets those of long ago. */
    async noteTime(time: TrainingTimeRow): Promise<void> {
      await db
        .insertInto('training_times')
        .values(time)
        .onConflict((conflict) => conflict.columns(['guild_id', 'started_at']).doUpdateSet(time))
        .execute();
      await db
        .deleteFrom('training_times')
        .where('ended_at', '<', time.ended_at - TIMES_KEPT_MS)
        .execute();
    },

    /** The stretches of a guild that ended after a moment, oldest first. */
    async times(guildId: string, since: number): Promise<TrainingTimeRow[]> {
      return db
        .selectFrom('training_times')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('ended_at', '>', since)
        .orderBy('ended_at')
        .execute();
    },
  };
}

function toTraining(row: Omit<TrainingRow, 'state'>): WaitingTraining {
  return { ...row, curve: JSON.parse(row.curve) as CurvePoint[] };
}
