import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { UserError } from '../errors.js';

export interface FairUseLimits {
  /** Texts that one person may ask for within the window. */
  perUser: number;
  /** And all people of a channel together. */
  perChannel: number;
  windowSeconds: number;
  /** Texts asked for and not yet answered, of all servers; what comes on top is refused. */
  maxOpen: number;
}

/** One text that may be written. */
export interface Admission {
  /** How long those before it will take, by how long the ones before them took. */
  waitMs: number;
  /** Lets the next one in, once answered. */
  release(): void;
}

export type FairUse = ReturnType<typeof createFairUse>;

/** How much the newest answer counts in the average distance of two. */
const NEWEST = 0.1;

/** Keeps one person, one channel or a rush of all from taking the bot away from everybody else. */
export function createFairUse(
  { perUser, perChannel, windowSeconds, maxOpen }: FairUseLimits,
  now: () => number,
) {
  const users = new RateLimiterMemory({ points: perUser, duration: windowSeconds });
  const channels = new RateLimiterMemory({ points: perChannel, duration: windowSeconds });
  let open = 0;
  /** Between two answers while others wait; undefined until that was seen. */
  let distanceMs: number | undefined;
  let answeredAt = 0;

  const waitMs = () => open * (distanceMs ?? 0);

  function answered(): void {
    const at = now();
    // The first after a rest would tell how long nobody asked.
    const sample = open > 1 ? at - answeredAt : undefined;
    if (sample !== undefined) distanceMs = (distanceMs ?? sample) * (1 - NEWEST) + sample * NEWEST;
    answeredAt = at;
    open -= 1;
  }

  /** Counts one text of a person in a channel; one that the channel refuses does not count for the person. */
  async function count(userId: string, channelId: string): Promise<void> {
    await consume(users, userId, 'user_cooldown');
    try {
      await consume(channels, channelId, 'channel_cooldown');
    } catch (error) {
      await users.reward(userId);
      throw error;
    }
  }

  return {
    windowMs: windowSeconds * 1_000,

    /**
     * Lets one text be written.
     * @throws UserError busy, user_cooldown, channel_cooldown, each with the seconds to wait
     */
    async admit(userId: string, channelId: string): Promise<Admission> {
      if (open >= maxOpen) throw new UserError('busy', { seconds: secondsOf(waitMs()) });
      const admission = { waitMs: waitMs(), release: answered };
      if (open === 0) answeredAt = now();
      open += 1;
      try {
        await count(userId, channelId);
        return admission;
      } catch (error) {
        open -= 1;
        throw error;
      }
    },
  };
}

async function consume(
  limiter: RateLimiterMemory,
  key: string,
  refusal: 'user_cooldown' | 'channel_cooldown',
): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new UserError(refusal, { seconds: secondsOf(refused.msBeforeNext) });
  }
}

function secondsOf(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
