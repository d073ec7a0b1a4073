import {
  type APIApplicationCommand,
  type AutocompleteInteraction,
  Events,
  GatewayIntentBits,
  Locale,
  Routes,
  SlashCommandBuilder,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { PersonError } from '../../src/playground/index.js';
import { connected, event, textChannel } from '../helpers/discord-client.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';
import { smallWorld } from '../helpers/world.js';

describe('what people ask in the playground, for a discord.js client', () => {
  it('asks for values of the option that is being typed, with those already given', async () => {
    const { client, playground, exchanges } = await withCommands();
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isAutocomplete()) void offer(interaction);
    });
    const max = playground.person('Max');
    expect(await max.suggest('lounge', 'say', { text: 'the p', times: 2 }, 'text')).toEqual([
      { name: 'the p said 2 times', value: 'the people' },
    ]);
    expect(await max.suggest('lounge', 'say', {}, 'text')).toEqual([
      { name: ' said 0 times', value: 'the people' },
    ]);
    expect(() => max.suggest('lounge', 'say', {}, 'times')).toThrow(
      new PersonError('Nothing is offered for times.'),
    );
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('takes at most 25 choices of up to 100 characters, and no other answer, while an option is typed', async () => {
    const { client, playground } = await withCommands();
    const ask = async () => {
      const asked = event(client, Events.InteractionCreate);
      void playground.person('Max').suggest('lounge', 'say', {}, 'text');
      return (await asked)[0] as AutocompleteInteraction;
    };
    const choices = Array.from({ length: 26 }, (_, index) => ({ name: `c${index}`, value: `c${index}` }));
    await expect((await ask()).respond(choices)).rejects.toMatchObject({ code: 50_035 });
    await expect((await ask()).respond([{ name: 'x', value: 'x'.repeat(101) }])).rejects.toMatchObject({
      code: 50_035,
    });
    const { id, token } = await ask();
    const answered = client.rest.post(`/interactions/${id}/${token}/callback`, {
      body: { type: 4, data: { content: 'no' } },
    });
    await expect(answered).rejects.toMatchObject({ code: 50_035 });
  });

  it('resolves members as the guild calls them', async () => {
    const { client, playground } = await withCommands();
    const asked = event(client, Events.InteractionCreate);
    const { id } = playground.person('Max');
    expect(() => playground.person('Ada').command('lounge', 'greet', { who: 'Max' })).toThrow(
      'who must be the id of a member.',
    );
    playground.person('Ada').command('lounge', 'greet', { who: id });
    const [interaction] = await asked;
    if (!interaction.isChatInputCommand() || !interaction.inCachedGuild()) throw new Error('not a command');
    expect(interaction.options.getUser('who', true).displayName).toBe('Max');
    expect(interaction.options.getMember('who')?.displayName).toBe('Maxi');
  });

  it("speaks each person's language, and calls commands by it", async () => {
    const { client, playground, exchanges } = await withCommands();
    const ada = playground.person('Ada');
    const locales = async (command: string) => {
      const asked = event(client, Events.InteractionCreate);
      ada.command('lounge', command, { text: 'x' });
      const [interaction] = await asked;
      if (!interaction.isChatInputCommand()) throw new Error('not a command');
      const { commandName, locale, guildLocale } = interaction;
      return { commandName, locale, guildLocale };
    };
    expect(await locales('say')).toEqual({ commandName: 'say', locale: 'en-US', guildLocale: 'ko' });
    expect(() => ada.command('lounge', '말하기', { text: 'x' })).toThrow('The bot has no command /말하기.');
    ada.locale = 'ko';
    expect(playground.person('Ada').locale).toBe('ko');
    expect(await locales('말하기')).toEqual({ commandName: 'say', locale: 'ko', guildLocale: 'ko' });
    expect(client.guilds.cache.first()?.preferredLocale).toBe('ko');

    const names = async (query: string) => {
      const route = `${Routes.applicationCommands(client.application.id)}${query}` as const;
      const registered = (await client.rest.get(route)) as APIApplicationCommand[];
      return registered.map(({ name, name_localizations }) => [name, name_localizations]);
    };
    expect(await names('?with_localizations=true')).toEqual([
      ['say', { ko: '말하기' }],
      ['greet', undefined],
    ]);
    expect(await names('')).toEqual([
      ['say', undefined],
      ['greet', undefined],
    ]);
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });
});

describe('replies in the playground, for a discord.js client', () => {
  it('carry what they answer, and ping its author unless told otherwise', async () => {
    const { client, playground, exchanges } = await connected();
    const [max, mia] = [playground.person('Max'), playground.person('Mia')];
    const heard = async (say: () => void) => {
      const created = event(client, Events.MessageCreate);
      say();
      return (await created)[0];
    };
    const asked = event(client, Events.MessageCreate);
    const question = max.send('lounge', 'who?');
    await asked;
    const loud = await heard(() => mia.reply('lounge', question.id, 'me'));
    expect(loud).toMatchObject({ type: 19, reference: { messageId: question.id }, content: 'me' });
    expect(loud.mentions.repliedUser?.id).toBe(max.id);
    expect(loud.mentions.users.has(max.id)).toBe(true);
    const quiet = await heard(() => mia.reply('lounge', loud.id, 'psst', { ping: false }));
    expect(quiet.mentions.users.size).toBe(0);
    expect((await quiet.fetchReference()).content).toBe('me');

    playground.guild.edit(question, { content: 'who is it?' });
    const stored = () => playground.guild.find(question.channel_id, loud.id)?.referenced_message;
    expect(stored()).toMatchObject({ content: 'who is it?' });
    max.remove('lounge', [question.id]);
    expect(stored()).toBeNull();
    expect((await loud.fetch(true)).reference?.messageId).toBe(question.id);
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('of the bot ping only if they say so, and may do without what is gone', async () => {
    const { client, playground, exchanges } = await connected();
    const channel = await textChannel(client, playground.guild.channelNamed('lounge').id);
    const { id } = playground.person('Max').send('lounge', 'hello');
    const reply = (messageReference: string, repliedUser: boolean, failIfNotExists: boolean) =>
      channel.send({
        content: 'hi',
        reply: { messageReference, failIfNotExists },
        allowedMentions: { parse: [], repliedUser },
      });
    const quiet = await reply(id, false, false);
    expect(quiet).toMatchObject({ type: 19, reference: { messageId: id } });
    expect(quiet.mentions.users.size).toBe(0);
    expect((await reply(id, true, false)).mentions.users.size).toBe(1);
    expect(await reply('1', false, false)).toMatchObject({ type: 0, reference: null });
    await expect(reply('1', false, true)).rejects.toMatchObject({ code: 50_035 });
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('hide what they answer from a bot without the intent, like everything else that is not meant for it', async () => {
    const { client, playground } = await connected({ intents: [GatewayIntentBits.GuildMessages] });
    const secret = playground.person('Max').send('lounge', 'secret');
    const heard: { content: string; answered: string | undefined }[] = [];
    const both = new Promise((resolve) => {
      client.ws.on(
        'MESSAGE_CREATE' as never,
        (data: { content: string; referenced_message?: { content: string } }) => {
          if (data.referenced_message === undefined) return;
          heard.push({ content: data.content, answered: data.referenced_message.content });
          if (heard.length === 2) resolve(0);
        },
      );
    });
    playground.person('Mia').reply('lounge', secret.id, 'is it?');
    playground.person('Mia').reply('lounge', secret.id, `is it, <@${playground.guild.bot.id}>?`);
    await both;
    expect(heard).toEqual([
      { content: '', answered: '' },
      { content: `is it, <@${playground.guild.bot.id}>?`, answered: '' },
    ]);
  });

  it('are announced by typing', async () => {
    const { client, playground, exchanges } = await connected({
      intents: [GatewayIntentBits.GuildMessages, GatewayIntentBits.GuildMessageTyping],
    });
    const channel = await textChannel(client, playground.guild.channelNamed('lounge').id);
    const typing = event(client, Events.TypingStart);
    await channel.sendTyping();
    expect((await typing)[0]).toMatchObject({
      user: { id: playground.guild.bot.id },
      channel: { id: channel.id },
    });
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });
});

async function withCommands() {
  const world = smallWorld();
  const people = world.people.map((person) => (person.name === 'Max' ? { ...person, nick: 'Maxi' } : person));
  const set = await connected({ world: { ...world, people, locale: 'ko' } });
  const { client } = set;
  if (!client.isReady()) throw new Error('not ready');
  await client.application.commands.set([
    new SlashCommandBuilder()
      .setName('say')
      .setNameLocalization(Locale.Korean, '말하기')
      .setDescription('Says it')
      .addStringOption((option) =>
        option.setName('text').setDescription('What to say').setRequired(true).setAutocomplete(true),
      )
      .addIntegerOption((option) => option.setName('times').setDescription('How often')),
    new SlashCommandBuilder()
      .setName('greet')
      .setDescription('Says hello')
      .addUserOption((option) => option.setName('who').setDescription('To whom').setRequired(true)),
  ]);
  return { ...set, client };
}

async function offer(interaction: AutocompleteInteraction): Promise<void> {
  const { value } = interaction.options.getFocused(true);
  const times = interaction.options.getInteger('times') ?? 0;
  await interaction.respond([{ name: `${value} said ${times} times`, value: 'the people' }]);
}
