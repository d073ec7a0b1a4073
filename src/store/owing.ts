import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import { PUBLIC } from './messages.js';
import type { Schema } from './schema.js';

/** The models that learn for one audience of a guild. */
export interface Line {
  guildId: string;
  audience: string;
}

export const hasWeights = sql<SqlBool>`length(models.checkpoint) > 0`;

/**
 * Whether a version owes a debt: the messages left the corpus since the version began to read it, the first of them was
 * there before it was done, and the oldest is none of those that it held out. Nobody knows when it was done reading, but
 * it was when it was filed.
 */
export function owes(eb: ExpressionBuilder<Schema, 'debts' | 'models'>): Expression<SqlBool> {
  return eb.and([
    eb('debts.guild_id', '=', eb.ref('models.guild_id')),
    eb.or([eb('debts.audience', '=', PUBLIC), eb('debts.audience', '=', eb.ref('models.audience'))]),
    eb('debts.erased_at', '>=', eb.fn.coalesce('models.read_at', 'models.created_at')),
    eb('debts.stored_from', '<=', eb.ref('models.created_at')),
    eb('debts.created_from', '<=', eb.fn.coalesce('models.learned_until', 'models.corpus_until')),
  ]);
}

/** The same of a training that is under way or paused, and of the state that is kept of it. */
export function isOwedInFlight(eb: ExpressionBuilder<Schema, 'debts' | 'trainings'>): Expression<SqlBool> {
  return eb.and([
    eb('debts.guild_id', '=', eb.ref('trainings.guild_id')),
    eb.or([eb('debts.audience', '=', PUBLIC), eb('debts.audience', '=', eb.ref('trainings.audience'))]),
    eb('debts.erased_at', '>=', eb.ref('trainings.read_at')),
    eb('debts.created_from', '<=', eb.ref('trainings.corpus_until')),
  ]);
}
