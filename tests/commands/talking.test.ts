import { MessageFlags } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import continueCommand from '../../commands/continue.js';
import continueThis from '../../commands/continue-this.js';
import imitate from '../../commands/imitate.js';
import predict from '../../commands/predict.js';
import privacy from '../../commands/privacy.js';
import replyInCharacter from '../../commands/reply-in-character.js';
import talkCommand from '../../commands/talk.js';
import { createConversations } from '../../src/discord/conversations.js';
import { listen } from '../../src/discord/events.js';
import { stringsFor } from '../../src/i18n/index.js';
import type { Collecting } from '../../src/services/collecting.js';
import type { Conversations } from '../../src/services/talking/conversations.js';
import type { Services } from '../../src/services/index.js';
import { talkStatus } from '../../src/services/talking/talk-status.js';
import type { WriteRequest } from '../../src/training/writing.js';
import { answeringClient, silent } from '../helpers/client.js';
import { contextOf } from '../helpers/context.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';
import { talkingSet } from '../helpers/talking.js';

const COMMANDS = [continueCommand, continueThis, imitate, predict, privacy, replyInCharacter, talkCommand];
const nothing = async () => {};
const isWritten = (content: string) => content !== '';

describe('/continue', () => {
  it('shows the prompt whole and the text, with buttons that go on, and whose votes count', async () => {
    const { ask, press, person, store, guildId, checked } = await set(() => ' of the union');
    const message = await ask('Max', 'continue', { prompt: 'the *state*', seed: 7, style: 'calm' });
    expect(message.content).toBe(
      '**the \\*state\\*** of the union\n-# seed 7 · temperature 0.5 · top_p 0.9 · model version 1',
    );
    expect(labels(message)).toEqual(['Again', 'More', '👍', '👎']);
    expect((await press('Eve', message, 'Again')).content).toMatch(
      /^\*\*the \\\*state\\\*\*\* of the union\n/,
    );
    expect((await press('Eve', message, 'More')).content).toMatch(/^… of the union\n/);

    const vote = await press('Eve', message, '👍');
    expect(vote).toMatchObject({ flags: MessageFlags.Ephemeral });
    expect(vote.content).toBe('👍 counted for version 1. Press it again to take it back.');
    expect((await press('Eve', message, '👍')).content).toBe('👍 taken back.');
    await press('Max', message, '👎');
    expect(await store.feedback.byVersion(guildId)).toEqual([{ version: 1, up: 0, down: 1 }]);

    expect((await press('Mia', message, '👎')).content).toContain('I deleted the text');
    expect(person('Max').sees(message.id)).toBe(false);
    expect((await store.feedback.takenBack(guildId, 10)).length).toBe(1);
    checked();
  });

  it('never says again what somebody deleted', async () => {
    const { ask, person, placed, store, guildId } = await set();
    const message = await ask('Max', 'continue', { prompt: 'a' });
    await placed(message.id);
    person('Mia').remove('lounge', [message.id]);
    await expect.poll(() => store.feedback.takenBack(guildId, 10)).toHaveLength(1);
  });

  it('ends when somebody deletes it while it is written, and is not said again', async () => {
    const { ask, hold, person, playground, composing, exchanges, store, guildId, problems } = await set(
      () => 'xyz',
    );
    const placed = vi.spyOn(composing, 'placed');
    hold();
    const answer = person('Max').command('lounge', 'continue', { prompt: 'a' });
    const draft = await answer.until((content) => content === '**a**x');
    await expect.poll(() => placed.mock.calls).toHaveLength(1);
    playground.person('Mia').remove('lounge', [draft.id]);
    await expect.poll(() => store.feedback.takenBack(guildId, 10)).toHaveLength(1);
    await expect.poll(() => exchanges.filter(({ status }) => status === 404)).toHaveLength(1);
    await ask('Max', 'talk status');
    expect(person('Max').sees(draft.id)).toBe(false);
    expect(problems).toEqual([]);
  });

  it('shows a text while it is written, and lets its asker stop it', async () => {
    const { ask, press, hold, person } = await set(() => 'xyz');
    hold();
    const answer = person('Max').command('lounge', 'continue', { prompt: 'a' });
    const draft = await answer.until((content) => content === '**a**x');
    expect(labels(draft)).toEqual(['Stop']);
    expect((await press('Eve', draft, 'Stop')).content).toContain('Only who asked for this text');
    expect((await press('Max', draft, 'Stop')).content).toBe('Stopped. What is written stays.');
    const { content } = await answer.until((text) => text.includes('seed'));
    expect(content).toMatch(/^\*\*a\*\*x\n-# stopped · seed/);
    await ask('Max', 'talk status');
  });

  it("offers a person's own earlier prompts", async () => {
    const { ask, person } = await set();
    await ask('Max', 'continue', { prompt: 'once upon a time' });
    await ask('Eve', 'continue', { prompt: 'once more' });
    const offered = await person('Max').suggest('lounge', 'continue', { prompt: 'once' }, 'prompt');
    expect(offered.map(({ value }) => value)).toEqual(['once upon a time']);
  });

  it('names the versions that can write when another is asked for', async () => {
    const { ask } = await set();
    const { content } = await ask('Max', 'continue', { prompt: 'a', version: 9 });
    expect(content).toBe('Version 9 cannot write (any more). These can: 1.');
  });
});

describe('the menu of a message', () => {
  it('has it continued', async () => {
    const { person, use, press } = await set(() => ' and ends');
    const { id } = person('Eve').send('lounge', 'so it begins');
    const message = await use('Max', 'Continue this', id);
    expect(message.content).toMatch(/^\*\*so it begins\*\* and ends\n-# seed/);
    expect((await press('Max', message, 'More')).content).toMatch(/^… and ends\n/);
  });

  it('has it continued until its author deletes it, and what quotes it goes with it', async () => {
    const { person, use, placed } = await set();
    const { id } = person('Eve').send('lounge', 'so it begins');
    const message = await use('Max', 'Continue this', id);
    await placed(message.id);
    person('Eve').remove('lounge', [id]);
    await expect.poll(() => person('Max').sees(message.id)).toBe(false);
  });

  it('has it answered, with where it is', async () => {
    const { person, use, asked, guildId, lounge } = await set(() => 'well');
    person('Max').send('lounge', 'hello');
    const { id } = person('Eve').send('lounge', 'how are you?');
    person('Max').send('lounge', 'later');
    const message = await use('Max', 'Reply in character', id);
    expect(message.content).toBe(
      `well\n-# in answer to https://discord.com/channels/${guildId}/${lounge}/${id}`,
    );
    expect(labels(message)).toEqual(['👍', '👎']);
    expect(asked[0].wanted).toMatchObject({
      context: [{ content: 'hello' }, { content: 'how are you?' }],
    });
  });
});

describe('a mention', () => {
  it('is answered by a reply; its votes count, and quiet silences it', async () => {
    const { person, playground, ask, press, asked, store, guildId, lounge } = await set(() => 'hello you');
    const bot = playground.guild.bot.id;
    const answered = playground.until(({ content }) => content === 'hello you');
    const { id } = person('Max').send('lounge', `<@${bot}> hi`);
    const answer = await answered;
    expect(answer).toMatchObject({ message_reference: { message_id: id }, mentions: [] });
    await press('Eve', answer, '👍');
    expect(await store.feedback.byVersion(guildId)).toEqual([{ version: 1, up: 1, down: 0 }]);

    const quiet = await ask('Eve', 'talk quiet', { minutes: 10 });
    expect(quiet.content).toMatch(new RegExp(`^Quiet in <#${lounge}> until <t:\\d+:f>`));
    person('Eve').send('lounge', `<@${bot}> hi`);
    await ask('Mia', 'talk quiet', { minutes: 0 });
    expect(asked).toHaveLength(1);
  });
});

describe('/imitate', () => {
  it('needs leave, which is private, and labels what it writes', async () => {
    const { ask, memberId, known } = await set(() => 'as Max would');
    const max = memberId('Max');
    known.push(max);
    const imitation = async () => (await ask('Eve', 'imitate', { member: max })).content;
    expect(await imitation()).toContain('Max has not allowed imitations.');
    expect((await ask('Max', 'privacy status')).content).toContain('not allowed');
    const allowed = await ask('Max', 'privacy imitation', { allow: true });
    expect(allowed).toMatchObject({ flags: MessageFlags.Ephemeral });
    expect(await imitation()).toBe('🎭 **An imitation of Max**, written by model version 1:\n> as Max would');
    await ask('Max', 'privacy imitation', { allow: false });
    expect(await imitation()).toContain('Max has not allowed imitations.');
  });
});

describe('/predict', () => {
  it('tells what comes next, how typical the text is, and says so beside the picture', async () => {
    const { ask } = await set();
    const message = await ask('Max', 'predict', { text: '<@1> th' });
    expect(message.content).toBe(
      [
        '> \\<\\@1\\> th',
        '**Next:** `e` 50 %, `␣` 25 %, the end 13 %.',
        '**Typical of this server:** 75 % of its own messages of about this length surprise me more.',
        '-# 2.50 bits per character · model version 1',
      ].join('\n'),
    );
    expect(message.attachments).toMatchObject([
      {
        filename: 'prediction.png',
        description: expect.stringContaining('most surprising: t with 4.0 bits') as string,
      },
    ]);
  });
});

describe('/talk', () => {
  it('is for those whom each part of it allows', async () => {
    const { person, ask } = await set();
    const asked = async (who: string, command: string, options = {}) =>
      (await person(who).command('lounge', command, options, 'unchecked').until(isWritten)).content;
    expect(await asked('Max', 'talk block', { word: 'x' })).toContain('Manage Messages');
    expect(await asked('Mia', 'talk chance', { percent: 5 })).toContain('Manage Server');
    expect(await asked('Mia', 'talk verbatim', { characters: 50 })).toContain('Manage Server');
    expect(await asked('Max', 'talk quiet', { minutes: 61 })).toContain('1 to 60 minutes');
    expect((await ask('Mia', 'talk quiet', { minutes: 61 })).content).toContain('Quiet in');
  });

  it('changes what status shows; blocked words only to moderators', async () => {
    const { ask, lounge, person } = await set();
    expect((await ask('Max', 'talk status')).content).toBe(
      [
        '**Unasked:** not here. Managers can change that with `/talk chance`.',
        '**Copies:** at most 40 characters in a row of one message',
        '**Votes:** none yet',
      ].join('\n'),
    );
    await ask('Ada', 'talk chance', { percent: 2.5 });
    await ask('Ada', 'talk verbatim', { unlimited: true });
    expect((await ask('Ada', 'talk verbatim')).content).toContain('one of the two');
    await ask('Mia', 'talk block', { word: 'Some *thing*' });
    const offered = await person('Mia').suggest('lounge', 'talk unblock', { word: 'THING' }, 'word');
    expect(offered.map(({ value }) => value)).toEqual(['some *thing*']);
    const status = await ask('Mia', 'talk status');
    expect(status).toMatchObject({ flags: MessageFlags.Ephemeral });
    expect(status.content).toContain(`<#${lounge}>: 2.5 % of the messages answered by chance`);
    expect(status.content).toContain('**Copies:** any number of characters');
    expect(status.content).toContain('**Blocked:** some \\*thing\\*');
    expect((await ask('Max', 'talk status')).content).not.toContain('thing');
    await ask('Mia', 'talk unblock', { word: 'Some *thing*' });
    expect((await ask('Mia', 'talk status')).content).toContain('**Blocked:** nothing');
  });

  it('shows what is set elsewhere only to moderators', async () => {
    const { ask, talk, guildId, lounge, playground } = await set();
    const secret = playground.guild.channelNamed('moderators').id;
    await talk.setChance(guildId, secret, 7);
    expect((await ask('Max', 'talk status')).content).not.toContain(secret);
    const { content } = await ask('Mia', 'talk status');
    expect(content).toContain(`<#${secret}>: 7 %`);
    await talk.setChance(guildId, lounge, 3);
    expect((await ask('Max', 'talk status')).content).toContain(`<#${lounge}>: 3 %`);
  });

  it('has a status that fits, with all that is blocked beside it, whatever there is', async () => {
    const { ask, talk, store, guildId } = await set();
    const votes = { guild_id: guildId, member_id: '1', vote: 1, created_at: 0 } as const;
    for (let number = 1; number <= 100; number++) {
      const channelId = String(10n ** 19n + BigInt(number));
      await talk.setChance(guildId, channelId, 49.123456789012345);
      await talk.quiet(guildId, { channelId }, 60, true);
      await talk.block(guildId, `${'*'.repeat(90)} ${number}`, '8');
      await store.feedback.put({ ...votes, generation_id: String(number), model_version: number });
    }
    const { content, attachments } = await ask('Mia', 'talk status');
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect(content).toContain('and 92 more places');
    expect(content.match(/Version \d+/g)).toEqual([100, 99, 98, 97, 96].map((each) => `Version ${each}`));
    expect(content).toContain('**Blocked:** 100 words, see the list below');
    expect(attachments).toMatchObject([{ filename: 'blocked.txt' }]);
    const status = talkStatus(talk.status(guildId), await store.feedback.byVersion(guildId), []);
    const korean = stringsFor('ko').talking.talk.status(status);
    expect(korean.length).toBeLessThanOrEqual(2_000 - 500);
  });

  it('tells the truth about a thread whose channel is quiet', async () => {
    const { talk } = await talkingSet();
    const services = { talk } as object as Services;
    const inThread = contextOf({ guildId: '1', channelId: '11', parentId: '10' });
    const quiet = async (minutes: number, context = inThread) => {
      if (talkCommand.actions.kind !== 'subcommands') throw new Error('/talk has subcommands');
      return (await talkCommand.actions.subcommands['quiet'].run(services, { minutes }, context)).content;
    };
    await quiet(60, contextOf({ guildId: '1', channelId: '10' }));
    expect(await quiet(0)).toMatch(/^All of <#10> is quiet until .*, this thread as well/);
    expect(talk.quietUntil({ channelId: '10', threadId: '11' })).toBeDefined();
    await quiet(0, contextOf({ guildId: '1', channelId: '10' }));
    await quiet(5);
    expect(await quiet(0)).toBe('I answer in <#11> again.');
  });

  it('gives back what was taken back', async () => {
    const { ask, store, guildId } = await set();
    for (const [index, content_key] of ['a', 'b', 'c'].entries()) {
      await store.feedback.takeBack({ guild_id: guildId, content_key, moderator_id: '8', created_at: index });
    }
    const forgiven = await ask('Mia', 'talk forgive');
    expect(forgiven).toMatchObject({ flags: MessageFlags.Ephemeral });
    expect(forgiven.content).toBe('I may say the text again that was taken back last.');
    expect((await ask('Mia', 'talk forgive', { count: 9 })).content).toContain('the 2 texts');
    expect(await store.feedback.takenBack(guildId, 10)).toEqual([]);
  });
});

/** The commands over a real client, a real database and a network that is not there. */
async function set(says?: (request: WriteRequest) => string) {
  const edge: { port?: Conversations } = {};
  const late = new Proxy({} as Conversations, {
    get: (_target, name: keyof Conversations) => edge.port?.[name],
  });
  const all = await talkingSet(says, late);
  const services = { ...all, pictures: { prediction: async () => Uint8Array.of(1) } };
  const { client, playground, exchanges, problems } = await answeringClient(
    COMMANDS,
    services as object as Services,
  );
  edge.port = createConversations(client);
  const { guild } = playground;
  const lounge = guild.channelNamed('lounge').id;
  const memberId = (name: string) => playground.person(name).id;
  await all.promote(undefined, guild.id);
  const collecting = { received: nothing, edited: nothing, removed: nothing } as Partial<Collecting>;
  listen(client, collecting as Collecting, silent, undefined, {
    received: all.replying.received,
    removed: all.voting.removed,
  });
  const person = (name: string) => ({
    ...playground.person(name),
    sees: (id: string) => guild.messagesIn(lounge, memberId(name)).some((each) => each.id === id),
  });
  return {
    ...all,
    playground,
    exchanges,
    problems,
    person,
    memberId,
    lounge,
    guildId: guild.id,
    ask: (who: string, command: string, options = {}) =>
      person(who).command('lounge', command, options).until(isWritten),
    use: (who: string, command: string, id: string) =>
      person(who).use(command, 'lounge', id).until(isWritten),
    press: (who: string, { id }: { id: string }, button: string) =>
      person(who).click('lounge', id, button).until(isWritten),
    /** Where a text stands is noted just after it was sent. */
    placed: (id: string) => expect.poll(() => all.store.generations.inMessages([id])).toHaveLength(1),
    checked: () => hasOpenApi && expect(violations(exchanges)).toEqual([]),
  };
}

function labels({ components }: { components: unknown[] }): string[] {
  return (components as { components: { label: string }[] }[]).flatMap((row) =>
    row.components.map(({ label }) => label),
  );
}
