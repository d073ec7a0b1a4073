import type { Logger } from 'pino';
import { isUserError } from '../../errors.js';
import type { Receipt } from '../../store/debts.js';
import type { Store } from '../../store/open.js';
import type { Sampler } from '../../training/sampling-client.js';
import type { Readers } from '../readers.js';
import type { TrainingPlaces } from './places.js';

/** Why a live model had to be withdrawn: no training had come to its end, or its model did not pass the gate. */
export type WithdrawalReason = 'not_permitted' | 'too_small' | 'refused' | 'unfinished';

/** What was settled, as it is told. */
export interface SettledDebt {
  kind: 'settled';
  receipt: Receipt;
  /** Undefined where no live model was withdrawn. */
  why: WithdrawalReason | undefined;
}

/** Deadlines are looked at so often: what would pass before the next look has passed. */
const LOOK_INTERVAL_MS = 60_000;

/**
 * Sees to it that no model knows longer than it may what has left the corpus: as soon as a new version is live that was
 * read without it, and at the deadline in any case, all versions that know it are erased, in the sampling worker's memory
 * too.
 */
export function createSettling(parts: {
  store: Store;
  places: TrainingPlaces;
  sampler: Pick<Sampler, 'drop'>;
  /** @throws UserError corpus_too_small */
  checkCorpus: (readers: Readers) => Promise<unknown>;
  deadlineMs: number;
  permitted: boolean;
  now: () => number;
  log: Logger;
}) {
  const { store, places, sampler, checkCorpus, deadlineMs, permitted, now, log } = parts;
  const untold: SettledDebt[] = [];
  /** Erased weights may be in the database's log, also from before a restart. */
  let isSweepDue = true;

  /** A training that has read what must be gone ends, if it is under way; when it goes on, it begins from nothing. */
  async function endStale(overdueUntil: number): Promise<void> {
    for (const readers of await store.debts.overdueTrainings(overdueUntil)) {
      const place = places.of(readers);
      if (place?.run === undefined) continue;
      places.endSoon(place, 'restart');
      await place.ended;
    }
    await store.debts.restartOverdue(overdueUntil);
  }

  async function settleFor(readers: Readers, overdueUntil: number): Promise<void> {
    const { guildId } = readers;
    const receipt = await store.debts.settle(readers, overdueUntil, now());
    if (receipt === undefined) return;
    isSweepDue = true;
    const texts = (await store.debts.owing(guildId)).length === 0;
    sampler.drop({ guildId, versions: receipt.erased_versions, texts });
    const why = receipt.version === null ? await whyWithdrawn(readers, receipt) : undefined;
    log.info(
      { guild: guildId, why, ...receipt },
      receipt.version === null
        ? 'the live model is withdrawn: it knew what must be gone'
        : 'what had to go is known to no model any more',
    );
    untold.push({ kind: 'settled', receipt, why });
  }

  async function whyWithdrawn(readers: Readers, { asked_at }: Receipt): Promise<WithdrawalReason> {
    const { guildId, audience } = readers;
    if (!permitted) return 'not_permitted';
    const problem = await checkCorpus(readers).catch((error: unknown) => error);
    if (isUserError(problem)) return 'too_small';
    const newest = (await store.models.versions(guildId)).find((model) => model.audience === audience);
    return newest?.state === 'rejected' && newest.created_at > asked_at ? 'refused' : 'unfinished';
  }

  return {
    /** Settles what is due: to be called at the start of the bot, when a version was filed, and once a minute. */
    async settle(): Promise<void> {
      const overdueUntil = now() + LOOK_INTERVAL_MS - deadlineMs;
      await endStale(overdueUntil);
      for (const { guild_id: guildId, audience, oldest, live_read_at } of await store.debts.owing()) {
        const isDue = oldest <= overdueUntil || oldest < (live_read_at ?? 0);
        if (isDue) await settleFor({ guildId, audience }, overdueUntil);
      }
      for (const guildId of await store.debts.removeUnowed()) {
        const isOwing = (await store.debts.owing(guildId)).length > 0;
        if (!isOwing) sampler.drop({ guildId, versions: [], texts: true });
      }
      if (isSweepDue) isSweepDue = !store.upkeep.sweep();
    },

    /** What was settled since this was asked the last time. */
    untold: (): SettledDebt[] => untold.splice(0),
  };
}
