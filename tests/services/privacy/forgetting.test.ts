import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionRow, FlagRow, LabelRow } from '../../../src/store/schema.js';
import { message } from '../../helpers/store.js';
import { incoming, talkingSet } from '../../helpers/talking.js';

const ME = '100';
const OTHER = '200';
const here = { guildId: '1', memberId: ME, everywhere: false };

describe('who is forgotten', () => {
  it('leaves no word in any table, whatever was done with them, and takes nothing of others along', async () => {
    const { databasePath, privacy, does, letTextsBegin } = await set();
    await letTextsBegin();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...DEEDS), { maxLength: 12 }), async (deeds) => {
        run += 1;
        const [mine, others] = [`secret${run}x`, `public${run}x`];
        const memberId = `me${run}`;
        for (const deed of deeds) await does(deed, memberId, mine, others);
        const before = timesIn(databasePath, others);
        expect(timesIn(databasePath, mine) > 0).toBe(deeds.some((deed) => !WORDLESS.includes(deed)));
        const { messages } = await privacy.forget({ guildId: '1', memberId, everywhere: true });
        expect(messages).toBe(deeds.filter((deed) => deed === 'write' || deed === 'write elsewhere').length);
        expect(timesIn(databasePath, mine)).toBe(0);
        expect(timesIn(databasePath, others)).toBe(before);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps older messages out, whoever brings them, and writes new ones', async () => {
    const { store, privacy, clock } = await set();
    await store.intake.take([message('a', 1), inGuild2('b', 1)], 0);
    clock.now = 5 * 60_000;
    expect((await privacy.forget(here)).messages).toBe(1);
    const again = [message('a', 1), message('c', 5), message('d', 6), inGuild2('e', 2)];
    expect(await store.intake.take(again, 0)).toMatchObject({ added: 2, omitted: { erased: 2 } });
    expect((await privacy.forget({ ...here, everywhere: true })).messages).toBe(3);
    expect((await store.intake.take([...again.slice(0, 2), inGuild2('b', 1)], 0)).added).toBe(0);
    const inGuild3 = { guild_id: '3', channel_id: '30' };
    expect((await store.intake.take([message('f', 4, inGuild3), message('g', 6, inGuild3)], 0)).added).toBe(
      1,
    );
  });

  it('is owed by models until the deadline, and cannot be imitated at once', async () => {
    const { store, privacy, promote, clock } = await set();
    await promote();
    await privacy.setImitation('1', ME, true);
    await store.intake.take([message('a', 1), message('b', 2)], 0);
    const until = clock.now + 72 * 3_600_000;
    expect(await privacy.forget(here)).toEqual({ messages: 2, until });
    expect(await store.debts.list('1')).toMatchObject([{ reason: 'forgotten', messages: 2 }]);
    // Nothing is left to erase, but it is still owed.
    expect(await privacy.forget({ ...here, everywhere: true })).toEqual({ messages: 0, until });
    expect(await privacy.allowsImitation('1', ME)).toBe(false);
    expect(await privacy.standing('1', ME)).toEqual({ allowed: true, by: 'opt-out' });
  });

  it('has the texts deleted that go on with a message, and flags shown without the words', async () => {
    const { store, privacy, conversations, refreshed, does, continuing, composing, promote } = await set();
    await promote();
    const asked = { guildId: '1', audience: 'public', channelId: '10', memberId: OTHER };
    const { id } = await continuing.continueMessage(incoming('m', 'my words', { authorId: ME }), asked);
    await composing.placed(id, '555');
    await does('flag', ME, 'my words', '');
    await privacy.forget(here);
    expect(conversations.removed).toEqual(['10/555']);
    expect(refreshed).toHaveLength(1);
    expect(await store.flags.find(refreshed[0])).toMatchObject({ content: null, state: 'open', times: 3 });
    expect(await store.flags.countOpen('1')).toMatchObject({ open: 2 }); // and another's
  });
});

describe('texts under way when somebody is forgotten', () => {
  it('end, and no word of them is kept', async () => {
    const { store, privacy, continuing, hold, promote, databasePath } = await set(() => 'long');
    await promote();
    hold();
    const asked = { guildId: '1', audience: 'public', channelId: '10', memberId: ME };
    const forgotten: Promise<unknown>[] = [];
    const begin = (work: (onText: () => void) => Promise<unknown>) =>
      work(() => void (forgotten.length === 0 && forgotten.push(privacy.forget(here))));
    const own = begin((onText) => continuing.continueText({ ...asked, prompt: 'mywords' }, onText));
    expect(await own).toMatchObject({ stopped: true });
    await Promise.all(forgotten.splice(0));
    const goesOn = begin((onText) =>
      continuing.continueMessage(
        incoming('5', 'mywords', { authorId: ME }),
        { ...asked, memberId: OTHER },
        onText,
      ),
    );
    await expect(goesOn).rejects.toMatchObject({ key: 'source_deleted' });
    await Promise.all(forgotten);
    expect(await store.generations.goingOnWith(['5'])).toEqual([]);
    expect(timesIn(databasePath, 'mywords')).toBe(0);
  });
});

describe('a message that is never to be learned', () => {
  it('is erased for its author, with the texts that go on with it, and does not come back', async () => {
    const { store, privacy, conversations, continuing, composing, promote } = await set();
    await promote();
    await store.intake.take([message('a', 1), message('b', 1)], 0);
    const asked = { guildId: '1', audience: 'public', channelId: '10', memberId: OTHER };
    const { id } = await continuing.continueMessage(incoming('a', 'message a'), asked);
    await composing.placed(id, '555');
    const { messages, until } = await privacy.neverLearn(incoming('a', ''), mine);
    expect(messages).toBe(1);
    expect(until).toBeDefined();
    expect(conversations.removed).toEqual(['10/555']);
    expect(await store.generations.find(id, '1')).toBeUndefined();
    expect((await store.intake.take([message('a', 1)], 0)).added).toBe(0);
    expect(await privacy.stored(ME)).toBe(1);
  });

  it('never comes in at all if it was not stored', async () => {
    const { store, privacy } = await set();
    expect(await privacy.neverLearn(incoming('a', ''), mine)).toEqual({ messages: 0, until: undefined });
    expect((await store.intake.take([message('a', 1)], 0)).omitted).toEqual({ erased: 1 });
  });

  it('is for its author and moderators to choose', async () => {
    const { store, privacy } = await set();
    await store.intake.take([message('a', 1)], 0);
    const other = { memberId: OTHER, isModerator: false };
    await expect(privacy.neverLearn(incoming('a', ''), other)).rejects.toMatchObject({
      key: 'not_your_message',
    });
    expect((await privacy.neverLearn(incoming('a', ''), { ...other, isModerator: true })).messages).toBe(1);
  });
});

const mine = { memberId: ME, isModerator: false };
const DEEDS = [
  'write',
  'write elsewhere',
  'continue',
  'another continues my message',
  'another goes on',
  'another imitates me',
  'vote',
  'flag',
  'verdict',
  'action',
  'opt out',
] as const;

const WORDLESS: string[] = ['vote', 'opt out', 'another goes on'];

async function set(says?: () => string) {
  // The network repeats what it was asked for: so words of people are in its texts, too.
  const all = await talkingSet(says);
  const { store, continuing, imitating, privacy, promote, known } = all;
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.channels.setCollecting({ id: '20', guildId: '2' }, true, 0);
  await store.channels.setCollecting({ id: '30', guildId: '3' }, true, 0);
  let next = 1_000;
  let lastText: string | undefined;

  /** Something that is done with a member's words, and with another's. */
  async function does(deed: (typeof DEEDS)[number], memberId: string, words: string, others: string) {
    next += 1;
    const id = String(next);
    const asked = { guildId: '1', audience: 'public', channelId: '10', memberId: OTHER };
    switch (deed) {
      case 'write':
        // Nothing comes in of who has opted out: that is not what is looked at here.
        await privacy.optIn({ guildId: '1', memberId, everywhere: true });
        await store.intake.take([message(id, next, { author_id: memberId, content: words })], 0);
        return store.intake.take([message(`o${id}`, next, { author_id: OTHER, content: others })], 0);
      case 'write elsewhere':
        await privacy.optIn({ guildId: '2', memberId, everywhere: false });
        return store.intake.take([{ ...inGuild2(id, next), author_id: memberId, content: words }], 0);
      case 'continue':
        await continuing.continueText({ ...asked, prompt: others });
        lastText = (await continuing.continueText({ ...asked, memberId, prompt: words })).id;
        return;
      case 'another continues my message':
        lastText = (await continuing.continueMessage(incoming(id, words, { authorId: memberId }), asked)).id;
        return;
      case 'another goes on':
        if (lastText !== undefined && (await store.generations.find(lastText, '1')) !== undefined) {
          await continuing.again(lastText, asked);
          lastText = (await continuing.more(lastText, asked)).id;
        }
        return;
      case 'another imitates me':
        known.push(memberId);
        await privacy.setImitation('1', memberId, true);
        return imitating.imitate({
          ...asked,
          member: { id: memberId, name: words, isBot: false },
          opening: words,
        });
      case 'vote':
        return store.feedback.put({
          generation_id: id,
          member_id: memberId,
          guild_id: '1',
          model_version: 1,
          vote: 1,
          created_at: 0,
        });
      case 'flag':
        await store.flags.add({ ...flag(`o${id}`), author_id: OTHER, content: others });
        return store.flags.add({ ...flag(id), author_id: memberId, content: words });
      case 'verdict':
        await store.labels.put({ ...label(`o${id}`), member_id: OTHER, content: others });
        return store.labels.put({ ...label(id), member_id: memberId, content: words });
      case 'action':
        return store.actions.add({ ...action(id), member_id: memberId, content: words });
      case 'opt out':
        return privacy.optOut({ guildId: '1', memberId, everywhere: false });
    }
  }
  return { ...all, does, letTextsBegin: promote };
}

/** How often something stands anywhere in the database. */
function timesIn(path: string, words: string): number {
  const database = new Database(path, { readonly: true });
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
    const rows = tables.flatMap((table) =>
      database
        .prepare(`select * from "${String(table)}"`)
        .raw()
        .all(),
    );
    return rows.flat().filter((value) => Buffer.from(String(value)).includes(words)).length;
  } finally {
    database.close();
  }
}

function inGuild2(id: string, minute: number) {
  return message(id, minute, { guild_id: '2', channel_id: '20' });
}

function flag(id: string): FlagRow {
  const nothing = { score: null, resolved_by: null, resolved_at: null, content: null } as const;
  return {
    id,
    guild_id: '1',
    channel_id: '10',
    author_id: '',
    origin: 'model',
    content_key: id,
    signals: '[]',
    weights: '[100]',
    version: 1,
    times: 3,
    copies: '[]',
    state: 'open',
    action: 'none',
    gone: 0,
    disputed: 0,
    notice_channel_id: '90',
    notice_id: '91',
    created_at: 0,
    ...nothing,
  };
}

function label(message_id: string): Omit<LabelRow, 'held_out' | 'member_id' | 'content'> {
  const about = { guild_id: '1', task: 'spam', label: 'spam', signals: '[]' } as const;
  return { ...about, message_id, content_key: 'ffffffff', author_id: '7', created_at: 0 };
}

function action(id: string): Omit<ActionRow, 'member_id' | 'content'> {
  const about = { guild_id: '1', flag_id: id, kind: 'delete', channel_id: '10', message_id: id } as const;
  return { id, ...about, actor_id: null, score: null, until: null, undone_by: null, created_at: 0 };
}
