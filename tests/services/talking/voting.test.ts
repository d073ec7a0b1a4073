import { describe, expect, it } from 'vitest';
import { contentKey, takenBackKeys } from '../../../src/corpus/content-key.js';
import { message } from '../../helpers/store.js';
import { incoming, talkingSet } from '../../helpers/talking.js';

const MAX = { guildId: '1', audience: 'public', channelId: '10', memberId: '100' };

describe('a vote', () => {
  it('counts once a person, for the version that wrote; the same again withdraws it', async () => {
    const { voting, vote } = await set();
    expect(await vote('100', 1)).toEqual({ outcome: 'counted', vote: 1, version: 1 });
    expect(await vote('100', -1)).toMatchObject({ outcome: 'counted', vote: -1 });
    await vote('200', 1);
    expect(await voting.byVersion('1')).toEqual([{ version: 1, up: 1, down: 1 }]);
    expect(await vote('100', -1)).toMatchObject({ outcome: 'withdrawn' });
    expect(await voting.byVersion('1')).toEqual([{ version: 1, up: 1, down: 0 }]);
  });

  it('is kept when its text is long forgotten, and no more is possible then', async () => {
    const { voting, vote, composing, clock } = await set();
    await vote('100', 1);
    clock.now += 31 * 24 * 3_600_000;
    await composing.forgetOld();
    expect(await voting.byVersion('1')).toEqual([{ version: 1, up: 1, down: 0 }]);
    await expect(vote('200', 1)).rejects.toMatchObject({ key: 'generation_gone' });
  });

  it("of a member takes nothing back; a moderator's thumb down deletes the text, which is never said again", async () => {
    const { vote, talk, conversations } = await set();
    await vote('200', -1);
    expect((await talk.rules('1')).takenBack).toEqual([]);
    expect(await vote('300', -1, true)).toMatchObject({ outcome: 'taken_back' });
    expect(conversations.removed).toEqual(['10/77']);
    expect((await talk.rules('1')).takenBack).toEqual([contentKey('[a]')]);
    expect((await talk.rules('2')).takenBack).toEqual([]);
  });

  it('deletes a text whose message is not noted yet, where the thumb was pressed', async () => {
    const { continuing, voting, conversations } = await set();
    const { id } = await continuing.continueText({ ...MAX, prompt: 'b' });
    const by = { guildId: '1', memberId: '300', isModerator: true };
    await voting.vote({ id, ...by, vote: -1, channelId: '10', messageId: '78' });
    expect(conversations.removed).toEqual(['10/78']);
  });

  it('tells when a text could not be deleted; the same again gives it back', async () => {
    const { vote, voting, talk, conversations } = await set();
    conversations.mayNotRemove = true;
    expect(await vote('300', -1, true)).toMatchObject({ outcome: 'not_deleted' });
    expect(await vote('400', -1, true)).toMatchObject({ outcome: 'not_deleted' });
    expect((await talk.rules('1')).takenBack).toHaveLength(1);
    expect(await vote('300', -1, true)).toMatchObject({ outcome: 'given_back' });
    expect((await talk.rules('1')).takenBack).toEqual([]);
    expect(await voting.byVersion('1')).toEqual([{ version: 1, up: 0, down: 1 }]);
  });

  it('of somebody who was no moderator then does not keep them from taking the text back', async () => {
    const { vote, conversations } = await set();
    await vote('300', -1);
    expect(await vote('300', -1, true)).toMatchObject({ outcome: 'taken_back' });
    expect(conversations.removed).toEqual(['10/77']);
  });

  it("of a moderator with a thumb up is everybody's", async () => {
    const { vote, conversations } = await set();
    expect(await vote('300', 1, true)).toMatchObject({ outcome: 'counted' });
    expect(conversations.removed).toEqual([]);
  });
});

describe('a deleted message', () => {
  it('takes back the text that stood in it', async () => {
    const { voting, talk, continuing, asked } = await set();
    await voting.removed(['76', '77'], false);
    await continuing.continueText({ ...MAX, prompt: 'b' });
    expect(asked.at(-1)?.guard.takenBack).toEqual([contentKey('[a]')]);
    expect((await talk.rules('1')).takenBack).toHaveLength(1);
  });

  it('takes back a long text by its beginning too', async () => {
    const text = 'a text of more than forty characters, so that another end does not help';
    const { voting, talk } = await set(() => text);
    await voting.removed(['77'], false);
    const { takenBack } = await talk.rules('1');
    expect(takenBack).toHaveLength(2);
    expect(takenBack.toSorted()).toEqual(takenBackKeys(text).toSorted());
  });

  it('without a text in it takes nothing back', async () => {
    const { voting, talk, continuing, composing } = await set(() => '  ');
    const { id } = await continuing.continueText({ ...MAX, prompt: 'b' });
    await composing.placed(id, '78');
    await voting.removed(['78'], false);
    expect((await talk.rules('1')).takenBack).toEqual([]);
  });
});

describe('a purge', () => {
  it('takes nothing back', async () => {
    const { voting, talk } = await set();
    await voting.removed(['77', '78'], true);
    expect((await talk.rules('1')).takenBack).toEqual([]);
  });
});

describe('a text whose message is deleted while it is written', () => {
  it('ends, and is taken back', async () => {
    const { continuing, composing, voting, hold, talk } = await set(() => 'long');
    hold();
    const writing = continuing.continueText({ ...MAX, prompt: 'b' }, ({ id }) => {
      void composing.placed(id, '78').then(() => voting.removed(['78'], false));
    });
    expect(await writing).toMatchObject({ text: 'l', stopped: true });
    await expect.poll(async () => (await talk.rules('1')).takenBack).toEqual([contentKey('l')]);
  });

  it('ends with the message that it goes on with, and is not kept', async () => {
    const { continuing, voting, hold, store } = await set(() => 'long');
    hold();
    const removed: Promise<void>[] = [];
    const writing = continuing.continueMessage(incoming('5', 'so it begins'), MAX, () => {
      removed.push(Promise.resolve().then(() => voting.removed(['5'], false)));
    });
    await expect(writing).rejects.toMatchObject({ key: 'source_deleted' });
    await Promise.all(removed);
    expect(await store.generations.goingOnWith(['5'])).toEqual([]);
  });
});

describe('a text that quotes a deleted message', () => {
  it('is deleted, wherever it stands', async () => {
    const { continuing, composing, voting, store, conversations, talk } = await set();
    const { id } = await continuing.continueMessage(incoming('5', 'so it begins'), MAX);
    const more = await continuing.more(id, MAX);
    await composing.placed(id, '78');
    await composing.placed(more.id, '79');
    await voting.removed(['5'], false);
    expect(conversations.removed.toSorted()).toEqual(['10/78', '10/79']);
    expect(await store.generations.find(id, '1')).toBeUndefined();
    expect((await talk.rules('1')).takenBack).toEqual([]);
  });
});

describe('a text that quotes a message of somebody who was banned', () => {
  it('is deleted a little later', async () => {
    const { continuing, composing, voting, store, conversations } = await set();
    const { id } = await continuing.continueMessage(incoming('5', 'so it begins'), MAX);
    await composing.placed(id, '78');
    await voting.retractErased();
    expect(conversations.removed).toEqual([]);
    await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
    await store.intake.take([message('5', 1, { author_id: '300' })], 0);
    await store.erasure.erase({ guildId: '1', authorId: '300', since: 0 }, 'banned', 1);
    await voting.retractErased();
    expect(conversations.removed).toEqual(['10/78']);
    expect(await store.generations.find(id, '1')).toBeUndefined();
  });
});

/** A text that stands in message 77. */
async function set(says?: () => string) {
  const all = await talkingSet(says);
  await all.promote();
  const { id } = await all.continuing.continueText({ ...MAX, prompt: 'a' });
  await all.composing.placed(id, '77');
  const vote = (memberId: string, thumb: 1 | -1, isModerator = false) =>
    all.voting.vote({
      id,
      guildId: '1',
      memberId,
      vote: thumb,
      isModerator,
      channelId: '10',
      messageId: '77',
    });
  return { ...all, vote };
}
