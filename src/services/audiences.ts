import type { Logger } from 'pino';
import { isUserError, UserError } from '../errors.js';
import type { Store } from '../store/open.js';
import type { AudienceRow } from '../store/schema.js';
import type { Sampler } from '../training/sampling-client.js';
import type { Collecting } from './collecting.js';
import { PUBLIC, type Readers } from './readers.js';
import type { Retraining } from './retraining/retraining.js';

/** A channel, and the class of those who can read it. */
export interface ReadChannel extends Readers {
  id: string;
}

/** Readers of whom an admin wants a model of their own. */
export interface AudienceStatus {
  /** The channel by which they are named. */
  namedBy: string;
  /** All channels that exactly these can read, as far as the bot sees them. */
  channels: string[];
  /** Those of them that are learned from. */
  learned: string[];
  /** The version that writes in them; undefined before the first. */
  version: number | undefined;
}

export type Audiences = ReturnType<typeof createAudiences>;

/** Models of their own for readers of channels that not everyone can read. */
export function createAudiences(parts: {
  store: Store;
  collecting: Pick<Collecting, 'ignore'>;
  retraining: Pick<Retraining, 'cancel'>;
  sampler: Pick<Sampler, 'drop'>;
  /** The channels that exactly these readers can read. */
  channelsOf: (readers: Readers) => string[];
  now: () => number;
  log: Logger;
}) {
  const { store, collecting, retraining, sampler, channelsOf, now, log } = parts;

  async function learnedOf({ guildId, audience }: Readers): Promise<string[]> {
    const used = await store.channels.used(guildId);
    return used.filter((each) => each.audience === audience && each.learning === 1).map(({ id }) => id);
  }

  async function statusOf({ guild_id: guildId, id: audience, channel_id }: AudienceRow) {
    return {
      namedBy: channel_id,
      channels: channelsOf({ guildId, audience }),
      learned: await learnedOf({ guildId, audience }),
      version: (await store.models.live(guildId, audience))?.version,
    };
  }

  async function giveUp({ guild_id: guildId, id: audience }: AudienceRow): Promise<string[]> {
    await store.audiences.remove(guildId, audience);
    await retraining.cancel({ guildId, audience }).catch(unlessNone);
    const learned = await learnedOf({ guildId, audience });
    for (const id of learned) await collecting.ignore({ id, guildId });
    const versions = await store.models.withdraw(guildId, audience);
    sampler.drop({ guildId, versions, texts: false });
    log.info({ guild: guildId, audience, versions }, 'the model of a class of readers was erased');
    return learned;
  }

  return {
    /** Asks for a model for those who can read a channel. @throws UserError audience_public */
    async add({ id, guildId, audience }: ReadChannel): Promise<AudienceStatus> {
      if (audience === PUBLIC) throw new UserError('audience_public', { channel: id });
      await store.audiences.add({ guild_id: guildId, id: audience, channel_id: id, created_at: now() });
      const row = await store.audiences.find(guildId, audience);
      if (row === undefined) throw new Error(`the audience ${audience} was removed as it was added`);
      return statusOf(row);
    },

    /**
     * Erases the model of those who can read a channel, or who are named by it, and no longer learns what only they
     * can read; resolves with the channels of which that holds.
     * @throws UserError audience_not_asked
     */
    async remove({ id, guildId, audience }: ReadChannel): Promise<string[]> {
      const all = await store.audiences.list(guildId);
      const meant = all.filter((row) => row.id === audience || row.channel_id === id);
      if (meant.length === 0) throw new UserError('audience_not_asked', { channel: id });
      const left: string[] = [];
      for (const row of meant) left.push(...(await giveUp(row)));
      return left;
    },

    async list(guildId: string): Promise<AudienceStatus[]> {
      return Promise.all((await store.audiences.list(guildId)).map(statusOf));
    },

    /**
     * Of whom a channel's model is; undefined for a channel that everyone can read.
     * @throws UserError audience_not_asked where these readers have none
     */
    async of({ id, guildId, audience }: ReadChannel): Promise<AudienceRow | undefined> {
      if (audience === PUBLIC) return undefined;
      const row = await store.audiences.find(guildId, audience);
      if (row === undefined) throw new UserError('audience_not_asked', { channel: id });
      return row;
    },

    /** The readers who are named by a channel. @throws UserError audience_not_asked */
    async namedBy(guildId: string, channelId: string): Promise<AudienceRow> {
      const row = (await store.audiences.list(guildId)).find((each) => each.channel_id === channelId);
      if (row === undefined) throw new UserError('audience_not_asked', { channel: channelId });
      return row;
    },
  };
}

function unlessNone(error: unknown): void {
  if (!isUserError(error) || error.key !== 'no_training') throw error;
}
