import type { Kysely } from 'kysely';
import type { Cipher } from './cipher.js';
import { EVERYWHERE, said } from './privacy.js';
import type { ActionRow, FeedbackRow, FlagRow, GenerationRow, LabelRow } from './schema.js';
import type { MessageRow, PrivacyRow, Schema } from './schema.js';
import { sealedRows } from './sealed.js';

export type MemberStore = ReturnType<typeof memberStore>;

/** How many of a member's messages a guild has stored, and when the oldest was written. */
export interface Kept {
  guildId: string;
  messages: number;
  since: number;
}

/** What is kept of a member besides messages. */
export interface Traces {
  privacy: PrivacyRow[];
  /** Texts that they asked for, or that have words of theirs in them. */
  generations: GenerationRow[];
  votes: FeedbackRow[];
  flags: FlagRow[];
  labels: LabelRow[];
  actions: ActionRow[];
}

/** What is kept of one person, in a guild or, where none is named, in all of them. */
export function memberStore(db: Kysely<Schema>, cipher: Cipher) {
  const texts = {
    messages: sealedRows(cipher, 'messages'),
    generations: sealedRows(cipher, 'generations'),
    flags: sealedRows(cipher, 'flags'),
    labels: sealedRows(cipher, 'labels'),
    actions: sealedRows(cipher, 'actions'),
  };

  return {
    /** The guilds that have stored messages of a member. */
    async kept(memberId: string): Promise<Kept[]> {
      return db
        .selectFrom('messages')
        .select((eb) => [
          'guild_id as guildId',
          eb.fn.countAll<number>().as('messages'),
          eb.fn.min('created_at').as('since'),
        ])
        .where('author_id', '=', memberId)
        .groupBy('guild_id')
        .orderBy('guild_id')
        .execute();
    },

    /** A member's next messages before one of them, the newest first. */
    async page(
      memberId: string,
      guildId: string,
      { created_at, id }: Pick<MessageRow, 'created_at' | 'id'>,
      limit: number,
    ): Promise<MessageRow[]> {
      const rows = await db
        .selectFrom('messages')
        .selectAll()
        .where('author_id', '=', memberId)
        .where('guild_id', '=', guildId)
        .where('created_at', '<=', created_at)
        .where((eb) => eb.or([eb('created_at', '<', created_at), eb('id', '<', id)]))
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(texts.messages.open);
    },

    /** Who has messages in a guild and has said neither that they may be collected nor that they may not. */
    async undecided(guildId: string): Promise<{ members: number; messages: number }> {
      return db
        .selectFrom('messages')
        .select((eb) => [
          eb.fn.count<number>('author_id').distinct().as('members'),
          eb.fn.count<number>('id').as('messages'),
        ])
        .where('guild_id', '=', guildId)
        .where((eb) => eb('author_id', 'not in', said(guildId, 'in', 'out')))
        .executeTakeFirstOrThrow();
    },

    async traces(memberId: string, guildId?: string): Promise<Traces> {
      const [is, guild] = within(guildId);
      const [privacy, generations, votes, flags, labels, actions] = await Promise.all([
        db.selectFrom('privacy').selectAll().where('member_id', '=', memberId).execute(),
        db
          .selectFrom('generations')
          .selectAll()
          .where((eb) => eb.or([eb('member_id', '=', memberId), eb('author_id', '=', memberId)]))
          .where('guild_id', is, guild)
          .execute(),
        db
          .selectFrom('feedback')
          .selectAll()
          .where('member_id', '=', memberId)
          .where('guild_id', is, guild)
          .execute(),
        db
          .selectFrom('flags')
          .selectAll()
          .where('author_id', '=', memberId)
          .where('guild_id', is, guild)
          .execute(),
        db
          .selectFrom('labels')
          .selectAll()
          .where('member_id', '=', memberId)
          .where('guild_id', is, guild)
          .execute(),
        db
          .selectFrom('actions')
          .selectAll()
          .where('member_id', '=', memberId)
          .where('guild_id', is, guild)
          .execute(),
      ]);
      return {
        privacy,
        votes,
        generations: generations.map(texts.generations.open),
        flags: flags.map(texts.flags.open),
        labels: labels.map(texts.labels.open),
        actions: actions.map(texts.actions.open),
      };
    },

    /**
     * Erases what is kept of a member besides messages: texts, votes, verdicts on messages. Flags and the log of what
     * was done stay, without the words.
     */
    async eraseTraces(memberId: string, guildId?: string): Promise<void> {
      const [is, guild] = within(guildId);
      await db.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom('generations')
          .where((eb) => eb.or([eb('member_id', '=', memberId), eb('author_id', '=', memberId)]))
          .where('guild_id', is, guild)
          .execute();
        for (const table of ['feedback', 'labels'] as const) {
          await transaction
            .deleteFrom(table)
            .where('member_id', '=', memberId)
            .where('guild_id', is, guild)
            .execute();
        }
        await transaction
          .updateTable('flags')
          .set({ content: null, weights: '[]' })
          .where('author_id', '=', memberId)
          .where('guild_id', is, guild)
          .execute();
        await transaction
          .updateTable('actions')
          .set({ content: null })
          .where('member_id', '=', memberId)
          .where('guild_id', is, guild)
          .execute();
      });
    },
  };
}

/** The condition on a row's guild; no row but of `privacy` has EVERYWHERE there. */
function within(guildId: string | undefined): ['=' | '!=', string] {
  return guildId === undefined ? ['!=', EVERYWHERE] : ['=', guildId];
}
