import { describe, expect, it } from 'vitest';
import { createAudiences } from '../../src/services/audiences.js';
import { createCollecting } from '../../src/services/collecting.js';
import { silent } from '../helpers/client.js';
import { PUBLIC } from '../helpers/readers.js';
import { NOON, retrainingOf, trained } from '../helpers/retraining.js';
import { message, recentTexts } from '../helpers/store.js';

const STAFF = 'class of the staff';
const office = { id: '20', guildId: '1', audience: STAFF };
const lounge = { id: '10', guildId: '1', audience: PUBLIC };

describe('a model of their own for those who can read a channel', () => {
  it('is asked for by that channel, and listed with all that the same people read', async () => {
    const { audiences } = await set();
    expect(await audiences.list('1')).toEqual([]);
    const status = { namedBy: '20', channels: ['20', '21'], learned: ['20'], version: undefined };
    expect(await audiences.add(office)).toEqual(status);
    expect(await audiences.add({ ...office, id: '21' })).toEqual(status); // it stays named by the first
    expect(await audiences.list('1')).toEqual([status]);
    expect(await audiences.list('2')).toEqual([]);
    await expect(audiences.add(lounge)).rejects.toMatchObject({
      key: 'audience_public',
      params: { channel: '10' },
    });
  });

  it('is found by any channel of theirs, and by the one that names it', async () => {
    const { audiences } = await set();
    await audiences.add(office);
    expect((await audiences.of({ ...office, id: '21' }))?.id).toBe(STAFF);
    expect(await audiences.of(lounge)).toBeUndefined();
    expect((await audiences.namedBy('1', '20')).id).toBe(STAFF);
    const notAsked = { key: 'audience_not_asked' };
    await expect(audiences.of({ ...office, audience: 'others' })).rejects.toMatchObject(notAsked);
    await expect(audiences.namedBy('1', '21')).rejects.toMatchObject(notAsked);
  });

  it('is erased for good, with what only they could read left out of trainings from then on', async () => {
    const { audiences, store, retraining, worker } = await set();
    await audiences.add(office);
    worker.ends(trained(2));
    await retraining.retrain({ guildId: '1', audience: PUBLIC, channelId: '10' });
    worker.ends(trained(2));
    await retraining.retrain({ guildId: '1', audience: STAFF, channelId: '20' });
    const running = retraining.retrain({ guildId: '1', audience: STAFF, channelId: '20' });
    await worker.run(3);

    expect(await audiences.remove({ ...office, id: '21' })).toEqual(['20']);
    expect(await running).toEqual({ kind: 'cancelled' });
    expect(await audiences.list('1')).toEqual([]);
    expect(await store.models.writable('1', STAFF)).toEqual([1]);
    expect(await store.trainings.queue()).toEqual([]);
    expect(await store.channels.collecting()).toEqual(['10']);
    expect(await recentTexts(store, '1', STAFF, 1)).toEqual(['x'.repeat(20)]); // what everyone reads
    await expect(audiences.remove(office)).rejects.toMatchObject({ key: 'audience_not_asked' });
  });

  it('is erased by the channel that names it, also when others read that now', async () => {
    const { audiences } = await set();
    await audiences.add(office);
    expect(await audiences.remove({ ...office, audience: PUBLIC })).toEqual(['20']);
    expect(await audiences.list('1')).toEqual([]);
  });
});

/** A lounge of fifty messages that everyone reads, and an office of one. */
async function set() {
  const all = await retrainingOf();
  const { store, retraining } = all;
  await store.channels.setCollecting({ id: '20', guildId: '1', audience: STAFF }, true, 0);
  await store.intake.take([message('secret', 99, { channel_id: '20' })], 0);
  const now = () => NOON;
  const collecting = await createCollecting({
    store,
    permitted: true,
    now,
    log: silent,
  });
  const channelsOf = ({ audience }: { audience: string }) => (audience === STAFF ? ['20', '21'] : ['10']);
  const audiences = createAudiences({
    store,
    collecting,
    retraining,
    sampler: { drop: () => {} },
    channelsOf,
    now,
    log: silent,
  });
  return { ...all, audiences };
}
