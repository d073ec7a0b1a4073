import type { Kysely } from 'kysely';
import type { FeedbackRow, Schema, TakenBackRow } from './schema.js';

export type FeedbackStore = ReturnType<typeof feedbackStore>;

export interface VersionVotes {
  version: number;
  up: number;
  down: number;
}

/** What people think of the bot's texts, and which of them were taken back. */
export function feedbackStore(db: Kysely<Schema>) {
  return {
    /** A person's vote on a text. */
    async of(generationId: string, memberId: string): Promise<FeedbackRow['vote'] | undefined> {
      const row = await db
        .selectFrom('feedback')
        .select('vote')
        .where('generation_id', '=', generationId)
        .where('member_id', '=', memberId)
        .executeTakeFirst();
      return row?.vote;
    },

    /** Keeps a vote, in place of the same person's earlier one on the same text. */
    async put(vote: FeedbackRow): Promise<void> {
      await db
        .insertInto('feedback')
        .values(vote)
        .onConflict((conflict) => conflict.columns(['generation_id', 'member_id']).doUpdateSet(vote))
        .execute();
    },

    async remove(generationId: string, memberId: string): Promise<void> {
      await db
        .deleteFrom('feedback')
        .where('generation_id', '=', generationId)
        .where('member_id', '=', memberId)
        .execute();
    },

    /** The votes on the texts of each version of a guild's model, the newest version first. */
    async byVersion(guildId: string): Promise<VersionVotes[]> {
      const rows = await db
        .selectFrom('feedback')
        .select((eb) => ['model_version', 'vote', eb.fn.count<number>('member_id').as('count')])
        .where('guild_id', '=', guildId)
        .groupBy(['model_version', 'vote'])
        .orderBy('model_version', 'desc')
        .execute();
      const versions = new Map<number, VersionVotes>();
      for (const { model_version: version, vote, count } of rows) {
        const votes = versions.get(version) ?? { version, up: 0, down: 0 };
        votes[vote === 1 ? 'up' : 'down'] = count;
        versions.set(version, votes);
      }
      return [...versions.values()];
    },

    /** Remembers that a text was taken back; who was first stays. */
    async takeBack(text: TakenBackRow): Promise<void> {
      await db
        .insertInto('taken_back')
        .values(text)
        .onConflict((conflict) => conflict.columns(['guild_id', 'content_key']).doNothing())
        .execute();
    },

    /** Lets a text be said again, by its keys; false if it was not taken back. */
    async giveBack(guildId: string, contentKeys: readonly string[]): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('taken_back')
        .where('guild_id', '=', guildId)
        .where('content_key', 'in', contentKeys)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /** Lets the texts be said again that were taken back last; resolves with how many there were. */
    async giveBackNewest(guildId: string, texts: number): Promise<number> {
      const newest = await db
        .selectFrom('taken_back')
        .select('created_at')
        .distinct()
        .where('guild_id', '=', guildId)
        .orderBy('created_at', 'desc')
        .limit(texts)
        .execute();
      const last = newest.at(-1)?.created_at ?? Infinity;
      await db
        .deleteFrom('taken_back')
        .where('guild_id', '=', guildId)
        .where('created_at', '>=', last)
        .execute();
      return newest.length;
    },

    /** The keys of the texts that were taken back last. */
    async takenBack(guildId: string, limit: number): Promise<string[]> {
      const rows = await db
        .selectFrom('taken_back')
        .select('content_key')
        .where('guild_id', '=', guildId)
        .orderBy('created_at', 'desc')
        .orderBy('content_key')
        .limit(limit)
        .execute();
      return rows.map(({ content_key }) => content_key);
    },
  };
}
