import {
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  type InteractionDeferReplyOptions,
  MessageFlags,
} from 'discord.js';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAnswer } from '../../src/discord/answer.js';
import { startPlayground } from '../../src/playground/index.js';
import { unknownMessage } from '../../src/playground/problems.js';
import { smallWorld } from '../helpers/world.js';

describe('an answer', () => {
  it('is edited in place while its token lives, and goes on as a channel message after that', async () => {
    const { playground, interaction, clock } = await deferred();
    const answer = createAnswer(interaction, 'work', () => clock.now, pino({ level: 'silent' }));

    const original = playground.until(({ content }) => content === 'half');
    answer.show({ content: 'half' });
    const { id } = await original;

    clock.now += 15 * 60_000;
    const inChannel = playground.until(({ content }) => content === 'more than half');
    answer.show({ content: 'more than half' });
    const message = await inChannel;
    expect(message.id).not.toBe(id);
    expect(message.type).toBe(0);

    await answer.finish({ content: 'done' });
    expect(message.content).toBe('done');
    expect(playground.guild.messagesIn(interaction.channelId).map(({ content }) => content)).toEqual([
      'half',
      'done',
    ]);
  });

  it('that only one person sees goes on where only that person sees it', async () => {
    const { playground, interaction, clock } = await deferred({ flags: MessageFlags.Ephemeral });
    const answer = createAnswer(interaction, 'work', () => clock.now, pino({ level: 'silent' }));
    clock.now += 15 * 60_000;
    await answer.finish({ content: 'a secret' });
    expect(playground.guild.messagesIn(interaction.channelId)).toEqual([]);
    expect(playground.person('Max').directMessages()).toMatchObject([{ content: 'a secret' }]);
  });

  it('shows only the latest of many interim states', async () => {
    const { playground, interaction, clock } = await deferred();
    const seen: string[] = [];
    playground.guild.listen(({ message }) => message && seen.push(message.content));
    const answer = createAnswer(interaction, 'work', () => clock.now, pino({ level: 'silent' }));
    const shown = playground.until(({ content }) => content === '99 %');
    for (let percent = 0; percent < 100; percent++) answer.show({ content: `${percent} %` });
    await shown;
    await answer.finish({ content: 'done' });
    expect(seen).toEqual(['99 %', 'done']);
  });

  it('shows no interim state when it is done at once, and tells where it stands', async () => {
    const { playground, interaction, clock } = await deferred();
    const seen: string[] = [];
    playground.guild.listen(({ message }) => message && seen.push(message.content));
    const answer = createAnswer(interaction, 'work', () => clock.now, pino({ level: 'silent' }));
    answer.show({ content: 'half' });
    const placed: string[] = [];
    await answer.finish({ content: 'done', sent: async (messageId) => void placed.push(messageId) });
    expect(seen).toEqual(['done']);
    const [message] = playground.guild.messagesIn(interaction.channelId);
    expect(placed).toEqual([message.id]);
  });
});

describe('the answer to long work', () => {
  it('is told by a new message once its token is dead, and leaves a line where its progress was', async () => {
    const { playground, interaction, clock } = await deferred();
    const replaced = await interaction.fetchReply();
    const answer = createAnswer(interaction, 'work', () => clock.now, pino({ level: 'silent' }), replaced);
    const shown = playground.until(({ content }) => content === '1 %');
    answer.show({ content: '1 %', stage: '0' });
    await shown;
    clock.now += 15 * 60_000;
    await answer.finish({ content: 'Version 2 is live.\nIt is good.' });
    const messages = playground.guild.messagesIn(interaction.channelId);
    expect(messages.map(({ content }) => content)).toEqual([
      'Version 2 is live.',
      'Version 2 is live.\nIt is good.',
    ]);
    expect(messages[0].id).toBe(replaced.id);
  });

  it('shows only its stages once its token is dead', async () => {
    const { playground, interaction, clock } = await deferred();
    const seen: string[] = [];
    playground.guild.listen(({ message }) => message && seen.push(message.content));
    const replaced = await interaction.fetchReply();
    const answer = createAnswer(interaction, 'work', () => clock.now, pino({ level: 'silent' }), replaced);
    const first = playground.until(({ content }) => content === '1 %');
    answer.show({ content: '1 %', stage: '0' });
    await first;
    clock.now += 15 * 60_000;
    answer.show({ content: '2 %', stage: '0' });
    const next = playground.until(({ content }) => content === '5 %');
    answer.show({ content: '5 %', stage: '1' });
    answer.show({ content: '6 %', stage: '1' });
    await next;
    expect(seen).toEqual(['1 %', '5 %']);
  });

  it.each([0, 15])('loses nothing when its progress is deleted, after %i minutes', async (minutes) => {
    const { playground, interaction, clock } = await deferred();
    const replaced = await interaction.fetchReply();
    const answer = createAnswer(interaction, 'work', () => clock.now, pino({ level: 'silent' }), replaced);
    const shown = playground.until(({ content }) => content === '1 %');
    answer.show({ content: '1 %', stage: '0' });
    await shown;
    playground.guild.remove(interaction.channelId, [replaced.id]);
    playground.failNext('original', unknownMessage());
    clock.now += minutes * 60_000;
    await answer.finish({ content: 'done' });
    expect(playground.guild.messagesIn(interaction.channelId).map(({ content }) => content)).toEqual([
      'done',
    ]);
  });
});

describe('an answer that somebody deletes', () => {
  it('rests: nothing more is shown, and nothing is wrong', async () => {
    const { playground, interaction, clock } = await deferred();
    const problems: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line) => void problems.push(line) });
    const answer = createAnswer(interaction, 'work', () => clock.now, log);
    const ids: string[] = [];
    const sent = async (id: string) => void ids.push(id);
    const shown = playground.until(({ content }) => content === 'half');
    answer.show({ content: 'half', sent });
    const { id } = await shown;
    await expect.poll(() => ids).toEqual([id]);
    playground.person('Ada').remove('lounge', [id]);
    await answer.finish({ content: 'done', sent });
    await answer.finish({ content: 'done again', sent });
    expect(playground.guild.messagesIn(interaction.channelId)).toEqual([]);
    expect(ids).toEqual([id]);
    expect(problems).toEqual([]);
  });
});

/** A command that was asked in the playground and deferred by a real client. */
async function deferred(options: InteractionDeferReplyOptions = {}) {
  const clock = { now: Date.UTC(2026, 0, 1) };
  const playground = await startPlayground({ world: smallWorld(), now: () => clock.now });
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: playground.apiUrl } });
  onTestFinished(async () => {
    await client.destroy();
    await playground.close();
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(playground.token);
  await ready;
  await client.application?.commands.set([{ name: 'work', description: 'Works' }]);
  const asked = new Promise<ChatInputCommandInteraction>((resolve) => {
    client.once(Events.InteractionCreate, (each) => each.isChatInputCommand() && resolve(each));
  });
  playground.person('Max').command('lounge', 'work');
  const interaction = await asked;
  await interaction.deferReply(options);
  return { playground, interaction, clock };
}
