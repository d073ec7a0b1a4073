import { describe, expect, it } from 'vitest';
import { contentKey, takenBackKeys } from '../../../src/corpus/content-key.js';
import { talkingSet } from '../../helpers/talking.js';

const MAX = { guildId: '1', channelId: '10', memberId: '100' };

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

  it("of a moderator with a thumb up is everybody's", async () => {
    const { vote, conversations } = await set();
    expect(await vote('300', 1, true)).toMatchObject({ outcome: 'counted' });
    expect(conversations.removed).toEqual([]);
  });
});

describe('a deleted message', () => {
  it('takes back the text that stood in it', async () => {
    const { voting, talk, continuing, asked } = await set();
    await voting.removed(['76', '77']);
    await continuing.continueText({ ...MAX, prompt: 'b' });
    expect(asked.at(-1)?.guard.takenBack).toEqual([contentKey('[a]')]);
    expect((await talk.rules('1')).takenBack).toHaveLength(1);
  });

  it('takes back a long text by its beginning too', async () => {
    const text = 'a text of more than forty characters, so that another end does not help';
    const { voting, talk } = await set(() => text);
    await voting.removed(['77']);
    const { takenBack } = await talk.rules('1');
    expect(takenBack).toHaveLength(2);
    expect(takenBack.toSorted()).toEqual(takenBackKeys(text).toSorted());
  });

  it('without a text in it takes nothing back', async () => {
    const { voting, talk, continuing, composing } = await set(() => '  ');
    const { id } = await continuing.continueText({ ...MAX, prompt: 'b' });
    await composing.placed(id, '78');
    await voting.removed(['78']);
    expect((await talk.rules('1')).takenBack).toEqual([]);
  });
});

/** A text that stands in message 77. */
async function set(says?: () => string) {
  const all = await talkingSet(says);
  await all.promote();
  const { id } = await all.continuing.continueText({ ...MAX, prompt: 'a' });
  await all.composing.placed(id, '77');
  const vote = (memberId: string, thumb: 1 | -1, isModerator = false) =>
    all.voting.vote({ id, guildId: '1', memberId, vote: thumb, isModerator });
  return { ...all, vote };
}
