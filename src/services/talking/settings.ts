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
  /** Of a channel or thread. */
  id: string;
  /** In percent of the messages. */
  chance: number;
  /** In the past where nobody asked for quiet. */
  quietUntil: number;
}

export interface TalkSettingsStatus {
  /** Those that are not as every other. */
  places: PlaceSettings[];
  maxVerbatim: number | undefined;
  now: number;
}

/** Characters in a row that may be those of one message, unless a guild says otherwise. */
const MAX_VERBATIM = 40;
const MAX_BLOCKED = 1_000;
/** Of the keys of texts that were taken back, as many as the network is asked to avoid: two a text. */
const MAX_TAKEN_BACK = 2_000;
/** What everyone may ask for. */
const LONGEST_QUIET_MINUTES = 60;
const MINUTE_MS = 60_000;

/** How the bot talks in each guild, held in memory because each message asks for it, and changed there once it is stored. */
export async function createTalkSettings(parts: { store: Store; now: () => number }) {
  const { store, now } = parts;
  const verbatim = new Map((await store.talk.settings()).map((row) => [row.guild_id, row.max_verbatim]));
  const places = new Map((await store.talk.places()).map((row) => [row.id, row]));
  const blocked = new Map<string, string[]>();
  for (const { guild_id, word } of await store.talk.blocked()) {
    blocked.set(guild_id, [...(blocked.get(guild_id) ?? []), word]);
  }

  const blockedIn = (guildId: string): string[] => blocked.get(guildId) ?? [];
  const maxVerbatim = (guildId: string): number | undefined =>
    verbatim.has(guildId) ? (verbatim.get(guildId) ?? undefined) : MAX_VERBATIM;

  async function changePlace(
    guildId: string,
    id: string,
    changes: Partial<Pick<TalkPlaceRow, 'chance' | 'quiet_until'>>,
  ): Promise<void> {
    const place = { id, guild_id: guildId, ...changes, changed_at: now() };
    places.set(id, await store.talk.changePlace(place));
  }

  /** Of the messages in a place, how many in a hundred are answered unasked. What is set for a thread goes before its channel's. */
  function chance({ channelId, threadId = channelId }: Place): number {
    return places.get(threadId)?.chance ?? places.get(channelId)?.chance ?? 0;
  }

  /** Until when the bot is to be quiet in a place; undefined if it need not be. */
  function quietUntil({ channelId, threadId = channelId }: Place): number | undefined {
    const until = Math.max(...[channelId, threadId].map((id) => places.get(id)?.quiet_until ?? 0));
    return until > now() ? until : undefined;
  }

  return {
    maxVerbatim,

    /** What must not be said in a guild. */
    async rules(guildId: string): Promise<GuardRules> {
      return {
        blocked: blockedIn(guildId),
        takenBack: await store.feedback.takenBack(guildId, MAX_TAKEN_BACK),
        maxVerbatim: maxVerbatim(guildId),
      };
    },

    chance,
    quietUntil,

    async setChance(guildId: string, placeId: string, chance: number): Promise<void> {
      await changePlace(guildId, placeId, { chance });
    },

    /**
     * Keeps the bot quiet in a place; resolves with when it will speak there again, undefined if at once: a quiet channel
     * keeps its threads quiet. Who is no moderator can only make it longer.
     * @throws UserError quiet_too_long
     */
    async quiet(
      guildId: string,
      place: Place,
      minutes: number,
      isModerator: boolean,
    ): Promise<number | undefined> {
      if (!isModerator && !(minutes > 0 && minutes <= LONGEST_QUIET_MINUTES)) {
        throw new UserError('quiet_too_long', { minutes: LONGEST_QUIET_MINUTES });
      }
      const id = placeIdOf(place);
      const wanted = now() + minutes * MINUTE_MS;
      const until = isModerator ? wanted : Math.max(wanted, places.get(id)?.quiet_until ?? 0);
      await changePlace(guildId, id, { quiet_until: until });
      return quietUntil(place);
    },

    /** What is set for a place, or, without one, in all of a guild: of its places, the one that was changed last first. */
    status(guildId: string, place?: Place): TalkSettingsStatus {
      const all =
        place === undefined
          ? [...places.values()]
              .filter((row) => row.guild_id === guildId)
              .sort((a, b) => b.changed_at - a.changed_at)
              .map((row) => ({ id: row.id, chance: row.chance ?? 0, quietUntil: row.quiet_until }))
          : [{ id: placeIdOf(place), chance: chance(place), quietUntil: quietUntil(place) ?? 0 }];
      return {
        places: all.filter((each) => each.chance > 0 || each.quietUntil > now()),
        maxVerbatim: maxVerbatim(guildId),
        now: now(),
      };
    },

    blocked: blockedIn,

    /** Blocks a word or phrase; resolves with it as it is kept. @throws UserError word_empty, too_many_blocked */
    async block(guildId: string, typed: string, moderatorId: string): Promise<string> {
      const word = tidy(typed);
      if (normalize(word).text.trim() === '') throw new UserError('word_empty', {});
      const words = blockedIn(guildId);
      if (words.includes(word)) return word;
      if (words.length >= MAX_BLOCKED) throw new UserError('too_many_blocked', { limit: MAX_BLOCKED });
      await store.talk.block({ guild_id: guildId, word, added_by: moderatorId, created_at: now() });
      // Meanwhile others may have been blocked, or the same.
      blocked.set(guildId, [...new Set([...blockedIn(guildId), word])]);
      return word;
    },

    /** @throws UserError word_not_blocked */
    async unblock(guildId: string, typed: string): Promise<string> {
      const word = tidy(typed);
      if (!blockedIn(guildId).includes(word)) throw new UserError('word_not_blocked', {});
      await store.talk.unblock(guildId, word);
      blocked.set(
        guildId,
        blockedIn(guildId).filter((each) => each !== word),
      );
      return word;
    },

    /** Forgets a guild that was erased. */
    forget(guildId: string): void {
      verbatim.delete(guildId);
      blocked.delete(guildId);
      for (const [id, row] of places) if (row.guild_id === guildId) places.delete(id);
    },

    /** @param characters undefined allows any number */
    async setMaxVerbatim(guildId: string, characters: number | undefined): Promise<void> {
      const max_verbatim = characters ?? null;
      await store.talk.save({ guild_id: guildId, max_verbatim, changed_at: now() });
      verbatim.set(guildId, max_verbatim);
    },
  };
}

/** Whose settings those of a place are. */
export function placeIdOf({ channelId, threadId }: Place): string {
  return threadId ?? channelId;
}

/** The same word however it was typed. */
function tidy(typed: string): string {
  return typed.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
