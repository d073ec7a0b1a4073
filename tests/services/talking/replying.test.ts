import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import type { IncomingMessage } from '../../../src/services/collecting.js';
import type { FairUseLimits } from '../../../src/services/fair-use.js';
import { BOT, incoming, talkingSet } from '../../helpers/talking.js';

const TO_BOT = `<@${BOT}> how are you?`;

describe('a message to the bot', () => {
  it('is answered in the context of its conversation, without that the bot is named', async () => {
    const { heard, asked, conversations } = await set();
    conversations.history = [
      incoming('1', 'hello there', { authorId: '200' }),
      incoming('2', '!play music'),
      incoming('3', 'Version 1 is live', { authorId: BOT, fromPerson: false }),
      incoming('4', 'hi', { replyToId: '1' }),
    ];
    await heard(incoming('5', `hey <@!${BOT}>, <@200> and <@${BOT}>`, { replyToId: '4' }));
    expect(asked[0].wanted).toEqual({
      kind: 'message',
      context: [
        { authorId: '200', content: 'hello there', isReply: false },
        { authorId: '100', content: 'hi', isReply: true },
        { authorId: '100', content: 'hey , @someone and', isReply: true },
      ],
      authorId: undefined,
      isReply: true,
      opening: '',
      maxLength: 400,
    });
    expect(conversations.answers).toMatchObject([{ to: '5', content: '[]' }]);
    expect(conversations.answers[0].buttons.map(({ label }) => label)).toEqual(['👍', '👎']);
  });

  it('is answered to what was said before when it only names the bot', async () => {
    const { heard, asked, conversations } = await set();
    conversations.history = [incoming('1', 'is anybody here?')];
    await heard(incoming('2', `<@${BOT}>`));
    expect(asked[0].wanted).toMatchObject({ context: [{ content: 'is anybody here?' }] });
    expect(conversations.answers).toHaveLength(1);
  });

  it('is answered knowing what the bot answered before', async () => {
    const { heard, clock, asked, conversations } = await set();
    await heard(incoming('1', TO_BOT));
    clock.now += 60_000;
    const own = { authorId: BOT, fromPerson: false, replyToId: '1' };
    conversations.history = [incoming('1', 'how?'), incoming('answer to 1', '[shown]', own)];
    await heard(incoming('3', TO_BOT));
    expect(asked[1].wanted).toMatchObject({
      context: [
        { content: 'how?' },
        { authorId: BOT, content: '[]', isReply: true },
        { content: 'how are you?' },
      ],
    });
  });

  it('is answered from twenty messages', async () => {
    const { heard, asked, conversations } = await set();
    conversations.history = Array.from({ length: 50 }, (_, index) => incoming(String(index), `m${index}`));
    await heard(incoming('60', TO_BOT));
    const [{ wanted }] = asked;
    const contents = wanted.kind === 'message' ? wanted.context.map(({ content }) => content) : [];
    expect(contents).toHaveLength(20);
    expect(contents[0]).toBe('m31');
  });

  it('leaves nothing of the conversation in the database, but the answer', async () => {
    const { heard, store } = await set();
    await heard(incoming('5', TO_BOT));
    expect(await store.generations.inMessages(['answer to 5'])).toMatchObject([
      { kind: 'reply', prompt: '', text: '[]', member_id: '100', channel_id: '10', source_id: null },
    ]);
  });

  it.each([
    ['a bot', { fromPerson: false }],
    ['the bot itself', { fromPerson: false, authorId: BOT }],
  ])('is not answered when it is of %s', async (_, more) => {
    const { heard, asked } = await set();
    await heard(incoming('5', TO_BOT, more));
    expect(asked).toEqual([]);
  });

  it('is not answered where the bot may not speak, or is to be quiet, until that ends', async () => {
    const { heard, talk, clock, asked, conversations } = await set();
    conversations.maySpeak = false;
    await heard(incoming('1', TO_BOT));
    conversations.maySpeak = true;
    await talk.quiet('1', { channelId: '10' }, 5, false);
    await heard(incoming('2', TO_BOT));
    await heard(incoming('3', TO_BOT, { threadId: '11' }));
    expect(asked).toEqual([]);
    clock.now += 5 * 60_000;
    await heard(incoming('4', TO_BOT));
    expect(conversations.answers.map(({ to }) => to)).toEqual(['4']);
  });

  it('is answered at most once in three seconds in a place, and in five to a person; who comes too soon is told so', async () => {
    const { heard, clock, conversations } = await set();
    await heard(incoming('1', TO_BOT));
    await heard(incoming('2', TO_BOT, { authorId: '200' }));
    await heard(incoming('3', TO_BOT, { channelId: '20' }));
    await heard(incoming('4', TO_BOT, { channelId: '20', authorId: '200' }));
    clock.now += 3_000;
    await heard(incoming('5', TO_BOT));
    await heard(incoming('6', TO_BOT, { authorId: '300' }));
    const told = conversations.answers.map(({ to, content }) => [
      to,
      /again in (\d+ seconds)/.exec(content)?.[1],
    ]);
    expect(told).toEqual([
      ['1', undefined],
      ['2', '3 seconds'],
      ['3', '5 seconds'],
      ['4', undefined],
      // A window of fair use, here a second, has passed.
      ['5', '2 seconds'],
      ['6', undefined],
    ]);
  });

  it('that is deleted before its answer gets none', async () => {
    const { heard, conversations, store } = await set();
    conversations.isGone = true;
    await heard(incoming('5', TO_BOT));
    expect(await store.generations.inMessages(['answer to 5'])).toEqual([]);
  });

  it('is told, once in a while, that there is no model', async () => {
    const { heard, clock, conversations } = await set({ trained: false });
    await heard(incoming('1', TO_BOT));
    clock.now += 60_000;
    await heard(incoming('2', TO_BOT));
    clock.now += 3_600_000;
    await heard(incoming('3', TO_BOT));
    expect(conversations.answers.map(({ to }) => to)).toEqual(['1', '3']);
    expect(conversations.answers[0]).toMatchObject({
      content: expect.stringContaining('I have not learned to talk yet') as string,
      buttons: [],
    });
  });

  it('is told why there is no answer, each reason once in a while, and nothing in quiet', async () => {
    const problem = { next: new UserError('guard_refused', { reason: 'blocked' }) as UserError };
    const { heard, clock, talk, conversations } = await set({
      limits: { windowSeconds: 60 },
      says: () => {
        throw problem.next;
      },
    });
    const hear = async (id: string, afterMs: number) => {
      clock.now += afterMs;
      await heard(incoming(id, TO_BOT));
    };
    await hear('1', 0);
    await hear('2', 59_000);
    problem.next = new UserError('sampling_died', {});
    await hear('3', 5_000);
    await hear('4', 60_000);
    expect(conversations.answers.map(({ to }) => to)).toEqual(['1', '3', '4']);
    expect(conversations.answers[1].content).toBe('Writing failed; my log says why. Please try again.');
    problem.next = new UserError('shutting_down', {});
    conversations.whileTyping = () => talk.quiet('1', { channelId: '10' }, 5, false);
    await hear('5', 60_000);
    expect(conversations.answers).toHaveLength(3);
  });

  it('counts as fair use, which is told once in its window', async () => {
    const { heard, clock, fairUse, asked, conversations } = await set({
      limits: { perUser: 2, windowSeconds: 60, maxOpen: 1 },
    });
    for (const id of ['1', '2', '3', '4']) {
      await heard(incoming(id, TO_BOT));
      clock.now += 10_000;
    }
    expect(asked).toHaveLength(2);
    expect(conversations.answers.map(({ to }) => to)).toEqual(['1', '2', '3']);
    expect(conversations.answers[2].content).toContain('You have asked for a lot in a short time.');
    // The places of those who were answered, and of those who were not, are free again.
    (await fairUse.admit('200', '20')).release();
  });
});

describe('a message to nobody', () => {
  it('is answered by chance, where that is switched on, at most once a minute', async () => {
    const { heard, talk, dice, clock, conversations } = await set();
    const hear = (id: string, more: Partial<IncomingMessage> = {}) =>
      heard(incoming(id, 'hello', { authorId: id, ...more }), false);
    dice.next = 0.05;
    await hear('off');
    await talk.setChance('1', '10', 10);
    await hear('first');
    clock.now += 59_000;
    await hear('too soon');
    await hear('elsewhere', { channelId: '20' });
    clock.now += 1_000;
    dice.next = 0.1;
    await hear('not drawn');
    dice.next = 0.05;
    await hear('second');
    expect(conversations.answers.map(({ to }) => to)).toEqual(['first', 'second']);
  });

  it('is not answered beyond fair use, and nothing is said about it', async () => {
    const { heard, talk, dice, conversations, fairUse, asked } = await set({ limits: { maxOpen: 1 } });
    dice.next = 0;
    await talk.setChance('1', '10', 50);
    const admission = await fairUse.admit('200', '20');
    await heard(incoming('1', 'hello'), false);
    expect(asked).toEqual([]);
    expect(conversations.answers).toEqual([]);
    admission.release();
  });

  it('is not answered in quiet, to bots, to commands, and without excuses', async () => {
    const { heard, talk, dice, conversations } = await set({ trained: false });
    dice.next = 0;
    await talk.setChance('1', '10', 50);
    await heard(incoming('1', 'hello', { fromPerson: false }), false);
    await heard(incoming('2', '!play'), false);
    await heard(incoming('3', 'hello'), false);
    await talk.quiet('1', { channelId: '10' }, 5, false);
    await heard(incoming('4', 'hello', { authorId: '200' }), false);
    expect(conversations.answers).toEqual([]);
  });
});

describe('a reply that somebody asks for', () => {
  it('is in the context of the message that was chosen', async () => {
    const { replying, asked, conversations, store } = await set();
    conversations.history = [incoming('1', 'before')];
    const drafts: string[] = [];
    const reply = await replying.reply(incoming('2', 'chosen'), '300', ({ text }) => drafts.push(text));
    expect(asked[0].wanted).toMatchObject({
      context: [{ content: 'before' }, { content: 'chosen' }],
      isReply: true,
    });
    expect(drafts).toEqual(['[']);
    expect(await store.generations.find(reply.id, '1')).toMatchObject({ member_id: '300', prompt: '' });
    expect(conversations.answers).toEqual([]);
  });

  it('is for people, and not while there is to be quiet', async () => {
    const { replying, talk } = await set();
    const toBot = replying.reply(incoming('2', 'beep', { fromPerson: false }), '300');
    await expect(toBot).rejects.toMatchObject({ key: 'answers_people_only' });
    await talk.quiet('1', { channelId: '10' }, 5, false);
    await expect(replying.reply(incoming('2', 'hi'), '300')).rejects.toMatchObject({
      key: 'quiet_here',
      params: { until: 1_300_000 },
    });
  });
});

async function set({
  trained = true,
  says,
  limits,
}: { trained?: boolean; says?: () => string; limits?: Partial<FairUseLimits> } = {}) {
  const all = await talkingSet(says, undefined, limits);
  if (trained) await all.promote();
  const heard = async (message: IncomingMessage, isToBot = true) => {
    all.replying.received(message, isToBot);
    await all.replying.settled();
  };
  return { ...all, heard };
}
