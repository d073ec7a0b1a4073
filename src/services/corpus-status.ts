import type { CorpusChannel, CorpusData } from '../pictures/corpus.js';
import { ANY, PUBLIC } from '../store/messages.js';
import type { ModelSummary } from '../store/models.js';
import type { Store } from '../store/open.js';
import type { OmissionReason } from '../store/schema.js';
import type { TrainingReport } from '../training/report.js';
import type { GuildDebt } from './retraining/debt.js';

export interface CorpusStatus {
  /** Those with the most messages first. */
  channels: { id: string; messages: number }[];
  messages: number;
  characters: number;
  speakers: number;
  /** What came and was not stored, the most frequent reason first. */
  omitted: { reason: OmissionReason; messages: number }[];
  /** Of what is stored, what the live model's training left out; undefined where that was not counted. */
  leftOut: TrainingReport['leftOut'];
  /** The public model, and what came since. */
  model: ModelSummary | undefined;
  sinceTraining: number;
  debt: GuildDebt;
  /** Undefined while nothing is stored. */
  picture: CorpusData | undefined;
}

export type CorpusStatuses = ReturnType<typeof createCorpusStatuses>;

const DAY_MS = 86_400_000;
/** The picture goes back as far as messages do, but no further than this from its end. */
const MAX_DAYS = 365;
/** Channels with a colour of their own. */
const MAX_CHANNELS = 5;

/** Tells what a server's corpus is made of: figures of channels, never of a person. */
export function createCorpusStatuses(parts: {
  store: Store;
  debtOf: (guildId: string) => Promise<GuildDebt>;
  channelName: (id: string) => string | undefined;
  now: () => number;
}) {
  const { store, debtOf, channelName, now } = parts;

  async function pictureOf(
    guildId: string,
    model: ModelSummary | undefined,
  ): Promise<CorpusData | undefined> {
    const newest = await store.messages.newest(guildId, ANY);
    if (newest === undefined) return undefined;
    // A corpus without anything of the last year, such as one that was imported, shows its own last one.
    const last = newest < now() - MAX_DAYS * DAY_MS ? dayOf(newest) : dayOf(now());
    const tallies = await store.tallies.byDay(guildId, last - (MAX_DAYS - 1) * DAY_MS);
    const first = tallies.reduce((earliest, { day }) => Math.min(earliest, day), last);
    const days = (last - first) / DAY_MS + 1;
    const byChannel = new Map<string, number[]>();
    for (const { channel_id, day, messages } of tallies) {
      const counts = byChannel.get(channel_id) ?? Array.from({ length: days }, () => 0);
      byChannel.set(channel_id, counts);
      // What a clock that runs ahead dates after today belongs to today.
      counts[Math.min((day - first) / DAY_MS, days - 1)] += messages;
    }
    return {
      first,
      last,
      channels: named(byChannel, channelName),
      model: model && { version: model.version, trainedAt: model.created_at },
    };
  }

  return {
    async of(guildId: string): Promise<CorpusStatus> {
      const model = await store.models.live(guildId, PUBLIC);
      const channels = await store.channels.summary(guildId);
      return {
        channels: channels.sort((a, b) => b.messages - a.messages),
        ...(await store.messages.totals(guildId, ANY)),
        omitted: await store.omissions.list(guildId),
        leftOut: model?.report?.leftOut,
        debt: await debtOf(guildId),
        model,
        sinceTraining: await store.messages.countSince(guildId, PUBLIC, model?.corpus_until ?? -1),
        picture: await pictureOf(guildId, model),
      };
    },
  };
}

/** The channels with the most messages by their names, and all others in one. */
function named(
  byChannel: ReadonlyMap<string, number[]>,
  nameOf: (id: string) => string | undefined,
): CorpusChannel[] {
  const sorted = [...byChannel].sort(([, a], [, b]) => total(b) - total(a));
  const shown = sorted.slice(0, MAX_CHANNELS).map(([id, messages]) => ({ name: nameOf(id) ?? id, messages }));
  const others = sorted.slice(MAX_CHANNELS).map(([, messages]) => messages);
  if (others.length === 0) return shown;
  const together = others.reduce((sums, counts) => sums.map((sum, day) => sum + counts[day]));
  return [...shown, { name: undefined, messages: together }];
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}
