import type { GuardRules } from '../../corpus/guard.js';
import { normalize } from '../../corpus/normalize.js';
import { UserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { TalkPlaceRow } from '../../store/schema.js';

export type TalkSettings = Awaited<ReturnType<typeof createTalkSettings>>;

/** A channel, and the thread in it if it is about one. */
export interface Place {
  channelId: string;
  threadId?: string | undefined;
}

export interface PlaceSettings {
  id: string;
  /** In percent of the messages. */
  chance: number;
  /** In the past where nobody asked for quiet. */
  quietUntil: number;
}

/** Characters in a row that may be those of one message, unless a guild says otherwise. */
const MAX_VERBATIM = 40;
const MAX_BLOCKED = 1_000;
/** Of the keys of texts that were taken back, as many as the network is asked to avoid: two a text. */
const MAX_TAKEN_BACK = 2_000;
/** What everyone may ask for. */
const LONGEST_QUIET_MINUTES = 60;
const MINUTE_MS = 60_000;

/** How the bot talks in each guild, held in memory because each message asks for it, and changed there first. */
export async function createTalkSettings(parts: { store: Store; now: () => number }) {
  const { store, now } = parts;
  const verbatim = new Map((await store.talk.settings()).map((row) => [row.guild_id, row.max_verbatim]));
  const places = new Map((await store.talk.places()).map((row) => [row.id, row]));
  const blocked = new Map<string, string[]>();
  for (const { guild_id, word } of await store.talk.blocked()) {
    blocked.set(guild_id, [...(blocked.get(guild_id) ?? []), word]);
  }

  const maxVerbatim = (guildId: string): number | undefined =>
    verbatim.has(guildId) ? (verbatim.get(guildId) ?? undefined) : MAX_VERBATIM;

  async function changePlace(
    guildId: string,
    id: string,
    changes: Partial<Pick<TalkPlaceRow, 'chance' | 'quiet_until'>>,
  ): Promise<void> {
    const before = places.get(id) ?? { chance: 0, quiet_until: 0 };
    const row = { id, guild_id: guildId, ...before, ...changes, changed_at: now() };
    places.set(id, row);
    await store.talk.savePlace(row);
  }

  return {
    maxVerbatim,

    /** What must not be said in a guild. */
    async rules(guildId: string): Promise<GuardRules> {
      return {
        blocked: blocked.get(guildId) ?? [],
        takenBack: await store.feedback.takenBack(guildId, MAX_TAKEN_BACK),
        maxVerbatim: maxVerbatim(guildId),
      };
    },

    /** Of the messages in a place, how many in a hundred are answered unasked. What is set for a thread goes before its channel's. */
    chance({ channelId, threadId = channelId }: Place): number {
      return (places.get(threadId) ?? places.get(channelId))?.chance ?? 0;
    },

    /** Until when the bot is to be quiet in a place; undefined if it need not be. */
    quietUntil({ channelId, threadId = channelId }: Place): number | undefined {
      const until = Math.max(...[channelId, threadId].map((id) => places.get(id)?.quiet_until ?? 0));
      return until > now() ? until : undefined;
    },

    async setChance(guildId: string, placeId: string, chance: number): Promise<void> {
      await changePlace(guildId, placeId, { chance });
    },

    /**
     * Keeps the bot quiet in a place; resolves with the end of it. Who is no moderator can only make it longer.
     * @throws UserError quiet_too_long
     */
    async quiet(guildId: string, placeId: string, minutes: number, isModerator: boolean): Promise<number> {
      if (!isModerator && !(minutes > 0 && minutes <= LONGEST_QUIET_MINUTES)) {
        throw new UserError('quiet_too_long', { minutes: LONGEST_QUIET_MINUTES });
      }
      const wanted = now() + minutes * MINUTE_MS;
      const until = isModerator ? wanted : Math.max(wanted, places.get(placeId)?.quiet_until ?? 0);
      await changePlace(guildId, placeId, { quiet_until: until });
      return until;
    },

    /** What is set in a guild: of its places, those that are not as every other. */
    status(guildId: string): { places: PlaceSettings[]; maxVerbatim: number | undefined; now: number } {
      const set = [...places.values()]
        .filter((row) => row.guild_id === guildId && (row.chance > 0 || row.quiet_until > now()))
        .map(({ id, chance, quiet_until }) => ({ id, chance, quietUntil: quiet_until }));
      return { places: set, maxVerbatim: maxVerbatim(guildId), now: now() };
    },

    blocked: (guildId: string): string[] => blocked.get(guildId) ?? [],

    /** Blocks a word or phrase; resolves with it as it is kept. @throws UserError word_empty, too_many_blocked */
    async block(guildId: string, typed: string, moderatorId: string): Promise<string> {
      const word = tidy(typed);
      if (normalize(word).text.trim() === '') throw new UserError('word_empty', {});
      const words = blocked.get(guildId) ?? [];
      if (words.includes(word)) return word;
      if (words.length >= MAX_BLOCKED) throw new UserError('too_many_blocked', { limit: MAX_BLOCKED });
      blocked.set(guildId, [...words, word]);
      await store.talk.block({ guild_id: guildId, word, added_by: moderatorId, created_at: now() });
      return word;
    },

    /** @throws UserError word_not_blocked */
    async unblock(guildId: string, typed: string): Promise<string> {
      const word = tidy(typed);
      const words = blocked.get(guildId) ?? [];
      if (!words.includes(word)) throw new UserError('word_not_blocked', {});
      blocked.set(
        guildId,
        words.filter((each) => each !== word),
      );
      await store.talk.unblock(guildId, word);
      return word;
    },

    /** @param characters undefined allows any number */
    async setMaxVerbatim(guildId: string, characters: number | undefined): Promise<void> {
      const max_verbatim = characters ?? null;
      await store.talk.save({ guild_id: guildId, max_verbatim, changed_at: now() });
      verbatim.set(guildId, max_verbatim);
    },
  };
}

/** The same word however it was typed. */
function tidy(typed: string): string {
  return typed.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
