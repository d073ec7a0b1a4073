import type { Logger } from 'pino';
import { isUserError, type UserError } from '../../errors.js';
import { type AnnounceOutcome, isFinished, type RetrainOutcome } from './outcome.js';
import type { TrainingSettings } from './settings.js';

/** Tells people what became of trainings that nobody waits for. */
export function createTelling(parts: { settings: TrainingSettings; announce: AnnounceOutcome; log: Logger }) {
  const { settings, announce, log } = parts;
  const seen = new Set<Promise<void>>();

  /** Announces where a guild wants it and where it was asked for, or else where one was asked for the last time. */
  async function tell(
    guildId: string,
    outcome: Parameters<AnnounceOutcome>[1],
    askedIn: string | null,
  ): Promise<void> {
    const { announce_channel_id, asked_channel_id } = await settings.of(guildId);
    const channels = new Set([announce_channel_id, askedIn]);
    channels.delete(null);
    if (channels.size === 0) channels.add(asked_channel_id);
    for (const channelId of channels) {
      if (channelId !== null) announce({ guildId, channelId }, outcome);
    }
  }

  async function seeThrough(
    guildId: string,
    outcome: Promise<RetrainOutcome>,
    askedIn: string | null,
  ): Promise<void> {
    try {
      const ended = await outcome.catch(asUserError);
      if (isUserError(ended)) log.warn({ guild: guildId, problem: ended.key }, 'the training failed');
      if (isUserError(ended) || isFinished(ended)) await tell(guildId, ended, askedIn);
    } catch (error) {
      log.error({ err: error, guild: guildId }, 'a training failed');
    }
  }

  return {
    tell,

    /** Sees a training through that nobody waits for: what comes of it is announced, and a problem is logged. */
    unattended(guildId: string, outcome: Promise<RetrainOutcome>, askedIn: string | null): void {
      const through = seeThrough(guildId, outcome, askedIn);
      seen.add(through);
      void through.finally(() => seen.delete(through));
    },

    /** Resolves when all that is under way was seen through. */
    seen: async (): Promise<void> => void (await Promise.all(seen)),
  };
}

function asUserError(error: unknown): UserError {
  if (isUserError(error)) return error;
  throw error;
}
