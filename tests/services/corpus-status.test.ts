import { describe, expect, it } from 'vitest';
import { createCorpusStatuses } from '../../src/services/corpus-status.js';
import type { Store } from '../../src/store/open.js';
import { message, temporaryStore } from '../helpers/store.js';

const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;

describe('the status of a corpus', () => {
  it('counts messages by day and channel, and speakers, but names none', async () => {
    const { store, status } = await statusOf(['10', '20'], 2 * DAY_MS + 5);
    await store.intake.take(
      [
        message('a', 0),
        message('b', 1, { channel_id: '20', author_id: '101' }),
        message('c', 2 * DAY_MINUTES, { channel_id: '20' }),
        message('d', 2 * DAY_MINUTES + 1, { channel_id: '20' }),
        message('elsewhere', 1, { guild_id: '2', channel_id: '30' }),
      ],
      0,
    );
    expect(await status()).toMatchObject({
      channels: [
        { id: '20', messages: 3 },
        { id: '10', messages: 1 },
      ],
      messages: 4,
      speakers: 2,
      picture: {
        first: 0,
        last: 2 * DAY_MS,
        channels: [
          { name: 'name of 20', messages: [1, 0, 2] },
          { name: 'name of 10', messages: [1, 0, 0] },
        ],
        model: undefined,
      },
    });
  });

  it('puts all but the five most talkative channels into one', async () => {
    const ids = ['1', '2', '3', '4', '5', '6', '7'];
    const { store, status } = await statusOf(ids, 0);
    const rows = ids.flatMap((id) =>
      Array.from({ length: Number(id) }, (_, index) => message(`${id}-${index}`, 0, { channel_id: id })),
    );
    await store.intake.take(rows, 0);
    const { picture } = await status();
    expect(picture?.channels.map(({ name, messages }) => [name, messages[0]])).toEqual([
      ['name of 7', 7],
      ['name of 6', 6],
      ['name of 5', 5],
      ['name of 4', 4],
      ['name of 3', 3],
      [undefined, 3], // 2 + 1
    ]);
  });

  it('shows the last year that has any, where this one has none', async () => {
    const { store, status } = await statusOf(['10'], 900 * DAY_MS);
    await store.intake.take([message('old', 0), message('older', 500 * DAY_MINUTES)], 0);
    expect((await status()).picture).toMatchObject({ first: 500 * DAY_MS, last: 500 * DAY_MS });
  });

  it('shows a year at most, and what is dated ahead on its last day', async () => {
    const { store, status } = await statusOf(['10'], 400 * DAY_MS);
    await store.intake.take([message('old', 0), message('ahead', 500 * DAY_MINUTES)], 0);
    const { picture } = await status();
    expect(picture).toMatchObject({ first: 400 * DAY_MS, last: 400 * DAY_MS });
    expect(picture?.channels).toEqual([{ name: 'name of 10', messages: [1] }]);
  });

  it('says what was left out and why, and has no picture of nothing', async () => {
    const { store, status } = await statusOf([], 0);
    await store.omissions.add('1', { bot: 2, command: 5 });
    await store.omissions.add('1', { bot: 2 });
    expect(await status()).toMatchObject({
      omitted: [
        { reason: 'command', messages: 5 },
        { reason: 'bot', messages: 4 }, // 2 + 2
      ],
      picture: undefined,
    });
  });
});

async function statusOf(
  channels: string[],
  now: number,
): Promise<{ store: Store; status: () => ReturnType<ReturnType<typeof createCorpusStatuses>['of']> }> {
  const store = await temporaryStore();
  for (const id of channels) await store.channels.setCollecting({ id, guildId: '1' }, true, 0);
  await store.channels.setCollecting({ id: '30', guildId: '2' }, true, 0);
  const channelName = (id: string) => `name of ${id}`;
  const statuses = createCorpusStatuses({
    store,
    debtOf: async () => ({ lines: [], receipt: undefined }),
    channelName,
    now: () => now,
  });
  return { store, status: () => statuses.of('1') };
}
