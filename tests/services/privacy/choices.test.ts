import { describe, expect, it } from 'vitest';
import { ANY } from '../../../src/store/messages.js';
import type { Store } from '../../../src/store/open.js';
import { message } from '../../helpers/store.js';
import { talkingSet } from '../../helpers/talking.js';

const ME = '100';
const DEADLINE_MS = 72 * 3_600_000;

describe('who opts out', () => {
  it('is not collected any more, nor learned, nor imitated; what was stored stays', async () => {
    const { store, privacy, learned } = await set();
    await privacy.setImitation('1', ME, true);
    await store.intake.take([message('a', 1)], 0);
    await privacy.optOut(here);
    const { added, omitted } = await store.intake.take([message('b', 2)], 0);
    expect({ added, omitted }).toEqual({ added: 0, omitted: { opted_out: 1 } });
    expect(await learned('1')).toBe(0);
    expect(await privacy.stored(ME, '1')).toBe(1);
    expect(await privacy.allowsImitation('1', ME)).toBe(false);
    expect(await privacy.standing('1', ME)).toEqual({ allowed: false, by: 'here' });
    expect(await privacy.standing('2', ME)).toEqual({ allowed: true, by: 'opt-out' });
    await privacy.optIn(here);
    expect((await store.intake.take([message('b', 2)], 0)).added).toBe(1);
    expect(await learned('1')).toBe(2);
  });

  it('is told when models have forgotten at the latest, and owes it only once', async () => {
    const { store, privacy, promote, clock } = await set();
    expect(await privacy.optOut({ ...here, memberId: '200' })).toEqual({ until: undefined });
    await promote();
    await store.intake.take([message('a', 1)], 0);
    const until = clock.now + DEADLINE_MS;
    expect(await privacy.optOut(here)).toEqual({ until });
    expect((await privacy.status('1', ME)).until).toBe(until);
    clock.now += 1;
    expect(await privacy.optOut(here)).toEqual({ until });
    expect(await store.debts.list('1')).toMatchObject([{ reason: 'opted_out', messages: 1 }]);
  });

  it('everywhere, does so in servers that are yet to come, unless it says otherwise there', async () => {
    const { store, privacy, learned } = await set();
    await privacy.optIn(here);
    await privacy.setImitation('2', ME, true);
    await store.intake.take([message('a', 1), inGuild2('b')], 0);
    await privacy.optOut({ ...here, everywhere: true });
    expect((await store.intake.take([message('c', 2), inGuild2('d')], 0)).omitted).toEqual({ opted_out: 2 });
    expect([await learned('1'), await learned('2')]).toEqual([0, 0]);
    expect(await privacy.allowsImitation('2', ME)).toBe(false);
    expect(await privacy.standing('1', ME)).toEqual({ allowed: false, by: 'everywhere' });
    await privacy.optIn({ ...here, guildId: '2' });
    expect([await learned('1'), await learned('2')]).toEqual([0, 1]);
    expect((await store.intake.take([message('c', 2), inGuild2('d')], 0)).added).toBe(1);
    await privacy.optIn({ ...here, everywhere: true });
    expect(await learned('1')).toBe(1);
  });

  it('is told what is stored, here and elsewhere', async () => {
    const { store, privacy } = await set();
    await store.intake.take([message('a', 3), message('b', 2), inGuild2('c')], 0);
    expect(await privacy.status('1', ME)).toEqual({
      here: { guildId: '1', messages: 2, since: 120_000 },
      elsewhere: { guilds: 1, messages: 1 },
      standing: { allowed: true, by: 'opt-out' },
      imitation: false,
      until: undefined,
      url: undefined,
    });
    expect((await privacy.status('3', '777')).here).toBeUndefined();
  });
});

describe('a server that takes opt-in', () => {
  it('collects and learns only from who allowed it, and says whom that concerns', async () => {
    const { store, privacy, promote, learned, clock } = await set();
    await promote();
    await store.intake.take(
      ['100', '200', '300', '400'].map((author_id) => message(author_id, 1, { author_id })),
      0,
    );
    await privacy.optIn(here);
    await privacy.optOut({ ...here, memberId: '200' });
    expect(await privacy.undecided('1')).toEqual({ members: 2, messages: 2 });
    expect(await privacy.consent('1')).toBe('opt-out');
    expect(await privacy.setConsent('1', 'opt-in')).toEqual({ until: clock.now + DEADLINE_MS });
    expect(await store.debts.list('1')).toMatchObject([
      { reason: 'opted_out', messages: 1 },
      { reason: 'not_opted_in', messages: 2 },
    ]);
    expect(await learned('1')).toBe(1);
    expect(await privacy.standing('1', '300')).toEqual({ allowed: false, by: 'opt-in' });
    const taken = await store.intake.take(
      [message('a', 2), message('b', 2, { author_id: '300' }), message('c', 2, { author_id: '500' })],
      0,
    );
    expect(taken).toMatchObject({ added: 1, omitted: { not_opted_in: 2 } });
    // What was said of all servers counts here, too.
    await privacy.optIn({ guildId: '9', memberId: '300', everywhere: true });
    expect(await learned('1')).toBe(3);
    await privacy.setConsent('1', 'opt-out');
    expect(await learned('1')).toBe(4); // not that of 200
  });
});

const here = { guildId: '1', memberId: ME, everywhere: false };

async function set() {
  const all = await talkingSet();
  await switchOn(all.store);
  const learned = async (guildId: string) => (await all.store.messages.totals(guildId, ANY)).messages;
  return { ...all, learned };
}

async function switchOn(store: Store): Promise<void> {
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.channels.setCollecting({ id: '20', guildId: '2' }, true, 0);
}

function inGuild2(id: string) {
  return message(id, 1, { guild_id: '2', channel_id: '20' });
}
