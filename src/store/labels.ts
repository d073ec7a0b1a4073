import type { Kysely } from 'kysely';
import type { Task } from '../classifier/tasks.js';
import type { Cipher } from './cipher.js';
import { said } from './privacy.js';
import type { LabelRow, Schema } from './schema.js';
import { sealedRows } from './sealed.js';

export type LabelStore = ReturnType<typeof labelStore>;

/** The share of verdicts that no classifier learns. */
const HELD_OUT = 0.2;

export function labelStore(db: Kysely<Schema>, cipher: Cipher) {
  const texts = sealedRows(cipher, 'labels');
  const verdicts = (guildId: string, task: Task) =>
    db.selectFrom('labels').where('guild_id', '=', guildId).where('task', '=', task);

  return {
    /** Keeps a verdict, in place of an earlier one on the same message. Copies of a text are held out together. */
    async put(verdict: Omit<LabelRow, 'held_out'>): Promise<void> {
      const row = texts.seal({ ...verdict, held_out: isHeldOut(verdict.content_key) });
      await db
        .insertInto('labels')
        .values(row)
        .onConflict((conflict) => conflict.columns(['guild_id', 'task', 'message_id']).doUpdateSet(row))
        .execute();
    },

    /** The verdicts to learn from, or those held out, oldest first; none on who has opted out. */
    async list(guildId: string, task: Task, part: 'learned' | 'held-out'): Promise<LabelRow[]> {
      const rows = await verdicts(guildId, task)
        .selectAll()
        .where('held_out', '=', part === 'held-out' ? 1 : 0)
        .where((eb) => eb.or([eb('member_id', 'is', null), eb('member_id', 'not in', said(guildId, 'out'))]))
        .orderBy('created_at')
        .orderBy('message_id')
        .execute();
      return rows.map(texts.open);
    },

    /** The newest verdict on a text, whoever wrote it. */
    async verdictOn(guildId: string, task: Task, contentKey: string): Promise<string | undefined> {
      const row = await verdicts(guildId, task)
        .select('label')
        .where('content_key', '=', contentKey)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.label;
    },

    /** How many verdicts came after a moment. */
    async countSince(guildId: string, task: Task, since: number): Promise<number> {
      const { count } = await verdicts(guildId, task)
        .select((eb) => eb.fn.count<number>('message_id').as('count'))
        .where('created_at', '>', since)
        .executeTakeFirstOrThrow();
      return count;
    },

    /** The guilds that have verdicts of a task, and that the bot has not left. */
    async guilds(task: Task): Promise<string[]> {
      const rows = await db
        .selectFrom('labels')
        .leftJoin('guilds', 'guilds.id', 'labels.guild_id')
        .select('guild_id')
        .distinct()
        .where('task', '=', task)
        .where('guilds.left_at', 'is', null)
        .orderBy('guild_id')
        .execute();
      return rows.map((row) => row.guild_id);
    },

    /** Deletes the verdicts from before a moment. */
    async forget(before: number): Promise<void> {
      await db.deleteFrom('labels').where('created_at', '<', before).execute();
    },
  };
}

/** Decided by the text alone (the first 32 bits of its digest), so that it stays so for ever. */
function isHeldOut(contentKey: string): 0 | 1 {
  return parseInt(contentKey.slice(0, 8), 16) / 2 ** 32 < HELD_OUT ? 1 : 0;
}
