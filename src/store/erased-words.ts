import { type Expression, expressionBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import { among, type Leaving } from './leaving.js';
import type { DebtReason, Schema } from './schema.js';

/** What moderators have the bot delete is spam, and comes back as such news: that is no reason to forget why. */
const MAY_BE_MODERATION: readonly DebtReason[] = ['deleted', 'banned'];

/**
 * Erases the words of messages that leave, and are still stored, from verdicts and settled flags, and the bot's texts that
 * stand in a place which is gone. An open flag keeps its words until it is judged.
 */
export async function eraseWords(
  transaction: Transaction<Schema>,
  leaving: Leaving,
  reason: DebtReason,
): Promise<void> {
  const { guildId } = leaving;
  const mayBeModeration = MAY_BE_MODERATION.includes(reason);
  await transaction
    .deleteFrom('labels')
    .where('guild_id', '=', guildId)
    .where(isOf(leaving, 'labels.message_id'))
    .$if(mayBeModeration, (query) =>
      query.where('message_id', 'not in', (eb) =>
        eb
          .selectFrom('flags')
          .select('flags.id')
          .where('flags.guild_id', '=', guildId)
          .where('action', '=', 'delete'),
      ),
    )
    .execute();
  await transaction
    .updateTable('flags')
    .set({ content: null, weights: '[]' })
    .where('guild_id', '=', guildId)
    .where('state', '!=', 'open')
    .where('content', 'is not', null)
    .where(isOf(leaving, 'flags.id'))
    .$if(mayBeModeration, (query) => query.where('action', '!=', 'delete'))
    .execute();
  const place = 'threadId' in leaving ? leaving.threadId : 'channelId' in leaving ? leaving.channelId : null;
  if (place === null) return;
  await transaction
    .deleteFrom('generations')
    .where('guild_id', '=', guildId)
    .where((eb) => eb.or([eb('channel_id', '=', place), isOf(leaving, 'generations.source_id')]))
    .execute();
}

/** Whether a column names a message that leaves, which need not have been stored if it was flagged. */
function isOf(leaving: Leaving, column: string): Expression<SqlBool> {
  const eb = expressionBuilder<Schema>();
  const id = sql.ref<string>(column);
  if ('ids' in leaving) return eb(id, 'in', leaving.ids);
  const stored = eb
    .selectFrom('messages')
    .select('messages.id')
    .where('messages.id', '=', id)
    .where((of) => among(of, leaving));
  const flagged = eb
    .selectFrom('flags as flagged')
    .select('flagged.id')
    .where('flagged.id', '=', id)
    .where((of) => {
      if ('threadId' in leaving) return of('flagged.channel_id', '=', leaving.threadId);
      if ('channelId' in leaving) return of('flagged.channel_id', '=', leaving.channelId);
      const { authorId, since = 0 } = leaving;
      return of.and([of('flagged.author_id', '=', authorId), of('flagged.created_at', '>=', since)]);
    });
  return eb.or([eb.exists(stored), eb.exists(flagged)]);
}
