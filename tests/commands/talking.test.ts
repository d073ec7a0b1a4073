import { MessageFlags } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { talkingClient } from '../helpers/talking-client.js';

describe('/continue', () => {
  it('shows the prompt whole and the text, with buttons that go on, and whose votes count', async () => {
    const { ask, press, person, store, guildId, checked } = await talkingClient(() => ' of the union');
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
    const { ask, person, placed, store, guildId } = await talkingClient();
    const message = await ask('Max', 'continue', { prompt: 'a' });
    await placed(message.id);
    person('Mia').remove('lounge', [message.id]);
    await expect.poll(() => store.feedback.takenBack(guildId, 10)).toHaveLength(1);
  });

  it('ends when somebody deletes it while it is written, and is not said again', async () => {
    const { ask, hold, person, playground, composing, exchanges, store, guildId, problems } =
      await talkingClient(() => 'xyz');
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
    const { ask, press, hold, person } = await talkingClient(() => 'xyz');
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
    const { ask, person } = await talkingClient();
    await ask('Max', 'continue', { prompt: 'once upon a time' });
    await ask('Eve', 'continue', { prompt: 'once more' });
    const offered = await person('Max').suggest('lounge', 'continue', { prompt: 'once' }, 'prompt');
    expect(offered.map(({ value }) => value)).toEqual(['once upon a time']);
  });

  it('names the versions that can write when another is asked for', async () => {
    const { ask } = await talkingClient();
    const { content } = await ask('Max', 'continue', { prompt: 'a', version: 9 });
    expect(content).toBe('Version 9 cannot write (any more). These can: 1.');
  });
});

describe('the menu of a message', () => {
  it('has it continued', async () => {
    const { person, use, press } = await talkingClient(() => ' and ends');
    const { id } = person('Eve').send('lounge', 'so it begins');
    const message = await use('Max', 'Continue this', id);
    expect(message.content).toMatch(/^\*\*so it begins\*\* and ends\n-# seed/);
    expect((await press('Max', message, 'More')).content).toMatch(/^… and ends\n/);
  });

  it('has it continued until its author deletes it, and what quotes it goes with it', async () => {
    const { person, use, placed } = await talkingClient();
    const { id } = person('Eve').send('lounge', 'so it begins');
    const message = await use('Max', 'Continue this', id);
    await placed(message.id);
    person('Eve').remove('lounge', [id]);
    await expect.poll(() => person('Max').sees(message.id)).toBe(false);
  });

  it('has it answered, with where it is', async () => {
    const { person, use, asked, guildId, lounge } = await talkingClient(() => 'well');
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
    const { person, playground, ask, press, asked, store, guildId, lounge } = await talkingClient(
      () => 'hello you',
    );
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
    const { ask, memberId, known } = await talkingClient(() => 'as Max would');
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
    const { ask } = await talkingClient();
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

function labels({ components }: { components: unknown[] }): string[] {
  return (components as { components: { label: string }[] }[]).flatMap((row) =>
    row.components.map(({ label }) => label),
  );
}
