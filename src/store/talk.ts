import type { Kysely } from 'kysely';
import type { BlockedWordRow, Schema, TalkPlaceRow, TalkSettingsRow } from './schema.js';

export type TalkStore = ReturnType<typeof talkStore>;

/** How the bot is to talk. */
export function talkStore(db: Kysely<Schema>) {
  return {
    /** The settings of every guild that has any. */
    async settings(): Promise<TalkSettingsRow[]> {
      return db.selectFrom('talk_settings').selectAll().execute();
    },

    /** Puts a guild's settings in place of those before. */
    async save(settings: TalkSettingsRow): Promise<void> {
      await db
        .insertInto('talk_settings')
        .values(settings)
        .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(settings))
        .execute();
    },

    async places(): Promise<TalkPlaceRow[]> {
      return db.selectFrom('talk_places').selectAll().execute();
    },

    /** Changes what is given of a place, and leaves the rest as it is; resolves with all of it. */
    async changePlace(
      place: Pick<TalkPlaceRow, 'id' | 'guild_id' | 'changed_at'> &
        Partial<Pick<TalkPlaceRow, 'chance' | 'quiet_until'>>,
    ): Promise<TalkPlaceRow> {
      return db
        .insertInto('talk_places')
        .values({ chance: null, quiet_until: 0, ...place })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(place))
        .returningAll()
        .executeTakeFirstOrThrow();
    },

    /** In the order in which they were blocked. */
    async blocked(): Promise<BlockedWordRow[]> {
      return db.selectFrom('blocked_words').selectAll().orderBy('created_at').orderBy('word').execute();
    },

    /** Blocks a word; a second time changes nothing. */
    async block(word: BlockedWordRow): Promise<void> {
      await db
        .insertInto('blocked_words')
        .values(word)
        .onConflict((conflict) => conflict.columns(['guild_id', 'word']).doNothing())
        .execute();
    },

    async unblock(guildId: string, word: string): Promise<void> {
      await db.deleteFrom('blocked_words').where('guild_id', '=', guildId).where('word', '=', word).execute();
    },
  };
}
