import type { Receipt } from '../../store/debts.js';
import type { Store } from '../../store/open.js';
import type { DebtReason } from '../../store/schema.js';
import { nameOf, PUBLIC, type Readers } from '../readers.js';
import type { TrainingSettings } from './settings.js';

/** What a live version may know although it left the corpus. */
export interface LineDebt {
  audience: string;
  version: number;
  /** At most: what was edited twice, or edited and then deleted, counts twice. */
  messages: number;
  reasons: Partial<Record<DebtReason, number>>;
  /** When the first of them left. */
  oldest: number;
  /** When a training without them begins by itself; undefined while the bot may not train. */
  trainsAt: number | undefined;
  /** When the version is withdrawn, if none has come to its end. */
  deadline: number;
}

export interface GuildDebt {
  lines: LineDebt[];
  /** The newest one. */
  receipt: Receipt | undefined;
}

export type Debt = ReturnType<typeof createDebt>;

/** The other half is for quiet hours, the queue, outages and second tries. */
const SHARE_BEFORE_TRAINING = 1 / 2;
const SHARE_BETWEEN_TRIES = 1 / 8;

/**
 * Says what models owe: messages that left the corpus after they were learned; and when a training must begin because of
 * that. This is about the generator alone, which can say what it has learned. A classifier says a label and two numbers,
 * and what it was taught with goes by itself: a verdict is erased with its message, unless the bot deleted that as spam.
 */
export function createDebt(parts: {
  store: Store;
  settings: TrainingSettings;
  /** @throws UserError corpus_too_small */
  checkCorpus: (readers: Readers) => Promise<unknown>;
  deadlineMs: number;
  defaultMinutes: number;
  permitted: boolean;
  now: () => number;
}) {
  const { store, settings, checkCorpus, deadlineMs, defaultMinutes, permitted, now } = parts;
  /** By line. */
  const tried = new Map<string, number>();

  /** Whether a line is to be tried now; asked once, for it counts as a try. */
  async function isDue(readers: Readers): Promise<boolean> {
    const { guildId, audience } = readers;
    const line = nameOf(readers);
    if (now() - (tried.get(line) ?? -Infinity) < deadlineMs * SHARE_BETWEEN_TRIES) return false;
    if ((await store.trainings.find(guildId, audience)) !== undefined) return false;
    tried.set(line, now());
    if (!(await isKept(readers))) return false;
    return checkCorpus(readers).then(
      () => true,
      () => false,
    );
  }

  /** Whether anybody still wants a model for them: their server is not left, and their class was not given up. */
  async function isKept({ guildId, audience }: Readers): Promise<boolean> {
    const hasLeft = ((await store.guilds.find(guildId))?.left_at ?? null) !== null;
    const isAsked = audience === PUBLIC || (await store.audiences.find(guildId, audience)) !== undefined;
    return isAsked && !hasLeft;
  }

  return {
    /** What is owed by the models of a guild whose readers are to be `told`. */
    async of(guildId: string, told: (audience: string) => boolean = () => true): Promise<GuildDebt> {
      const live = (await store.debts.owing(guildId)).filter(
        ({ state, audience }) => state === 'live' && told(audience),
      );
      const lines = live.map(async (model): Promise<LineDebt> => {
        const { audience, version, messages, oldest } = model;
        const reasons: LineDebt['reasons'] = {};
        for (const { reason, messages } of await store.debts.owedBy(model)) {
          reasons[reason] = (reasons[reason] ?? 0) + messages;
        }
        const trainsAt = permitted ? oldest + deadlineMs * SHARE_BEFORE_TRAINING : undefined;
        return { audience, version, messages, reasons, oldest, trainsAt, deadline: oldest + deadlineMs };
      });
      const receipt = (await store.debts.receipts(guildId)).find(({ audience }) => told(audience));
      return { lines: await Promise.all(lines), receipt };
    },

    /** By version: at most how many messages it knows that left the corpus. */
    async byVersion(guildId: string): Promise<Map<number, number>> {
      const owing = await store.debts.owing(guildId);
      return new Map(owing.map(({ version, messages }) => [version, messages]));
    },

    /**
     * The lines that must learn anew now, whatever their schedule and budget, each with the minutes that it usually takes:
     * where half of the time is over, or the model had to be withdrawn.
     */
    async due(): Promise<{ readers: Readers; minutes: number }[]> {
      const late = (await store.debts.owing())
        .filter(
          ({ state, oldest }) => state === 'live' && oldest + deadlineMs * SHARE_BEFORE_TRAINING <= now(),
        )
        .map(({ guild_id, audience }): Readers => ({ guildId: guild_id, audience }));
      const due = [];
      for (const readers of [...late, ...(await store.debts.withdrawn())]) {
        if (!(await isDue(readers))) continue;
        const { minutes } = await settings.of(readers.guildId);
        due.push({ readers, minutes: minutes ?? defaultMinutes });
      }
      return due;
    },
  };
}
