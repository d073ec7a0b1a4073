import { performance } from 'node:perf_hooks';
import { ANY, PUBLIC } from '../src/store/messages.js';
import type { Store } from '../src/store/open.js';
import { authorOf, CHANNELS, GUILD, timeAt } from './corpus-messages.js';
import { median } from './measure.js';

const RUNS = 5;
const PAGE = 1_000;

/** What commands and trainings ask of a full database, by name, with the milliseconds of the answer (the median). */
export async function measureQueries(store: Store): Promise<[string, number][]> {
  const trained = timeAt(0.99);
  const end = timeAt(1);
  const middle = { created_at: timeAt(0.5), id: '' };
  const { messages, channels, tallies, debts, models } = store;
  const readings: Record<string, () => Promise<unknown>> = {
    '/corpus status: all of it': async () => {
      await models.live(GUILD, PUBLIC);
      await channels.summary(GUILD);
      await messages.totals(GUILD, ANY);
      await messages.countSince(GUILD, PUBLIC, trained);
      await tallies.byDay(GUILD, 0);
    },
    '/model status, /retrain: totals, before and since': async () => {
      await messages.totals(GUILD, PUBLIC);
      await messages.totals(GUILD, PUBLIC, trained);
      await messages.newest(GUILD, PUBLIC);
    },
    "the schedule's look: new since the last training": () => messages.countSince(GUILD, PUBLIC, trained),
    'the same before the first training': () => messages.countSince(GUILD, PUBLIC, -1),
    'what a model owes': () => debts.owedBy({ guild_id: GUILD, version: 1 }),
    'channels.summary': () => channels.summary(GUILD),
    'messages.totals': () => messages.totals(GUILD, PUBLIC),
    'messages.newest': () => messages.newest(GUILD, PUBLIC),
    'messages.recent, 300': () => messages.recent(GUILD, PUBLIC, 300),
    'messages.timeAt, 90 %': () => messages.timeAt(GUILD, PUBLIC, end, 0.9),
    'messages.page, 1,000': () => messages.page(GUILD, ANY, middle, PAGE),
    'messages.page of a quiet channel, 1,000': () =>
      messages.page(GUILD, ANY, middle, PAGE, CHANNELS[CHANNELS.length - 1]),
    'messages.pageOfAll, 1,000': () => messages.pageOfAll(GUILD, middle, PAGE),
    'messages.inOrder, the first message': () => first(messages.inOrder(GUILD, PUBLIC, end)),
    'messages.inOrder, the held-out 2 %': () => first(messages.inOrder(GUILD, PUBLIC, end, timeAt(0.98))),
  };
  const measured: [string, number][] = [];
  for (const [name, ask] of Object.entries(readings)) {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await millisecondsOf(ask));
    measured.push([name, median(times)]);
  }
  return measured;
}

/** What deleting takes, once each, with the number of messages. */
export async function measureErasures({ messages, erasure }: Store): Promise<[string, number][]> {
  const measured: [string, number][] = [];
  const [one] = await messages.pageOfAll(GUILD, { created_at: timeAt(0.5), id: '' }, 1);
  measured.push([
    'erasure.erase, one message',
    await millisecondsOf(() => erasure.erase({ guildId: GUILD, ids: [one.id] }, 'deleted', 2)),
  ]);
  for (const author of [authorOf(1_000), authorOf(0)]) {
    let erased = 0;
    const ms = await millisecondsOf(async () => {
      erased = await erasure.erase({ guildId: GUILD, authorId: author }, 'forgotten', 3);
    });
    measured.push([`erasure.erase, an author's ${erased} messages`, ms]);
  }
  return measured;
}

/** How many messages a second a training reads. */
export async function measureReading({ messages }: Store): Promise<number> {
  let count = 0;
  const ms = await millisecondsOf(async () => {
    for await (const { content } of messages.inOrder(GUILD, PUBLIC, timeAt(1)))
      if (content !== '') count += 1;
  });
  return (count / ms) * 1_000;
}

async function first(rows: AsyncIterable<unknown>): Promise<unknown> {
  for await (const row of rows) return row;
  return undefined;
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
