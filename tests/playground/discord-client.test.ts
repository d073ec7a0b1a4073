import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { ApiProblem, PersonError } from '../../src/playground/index.js';
import { connected, event, prepared, textChannel } from '../helpers/discord-client.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';

// A real discord.js client over a real socket: what it understands, Discord's protocol is.
describe("the playground's server, for a discord.js client", () => {
  it('shows the guild, its channels and its people', async () => {
    const { client } = await connected();
    const [guild] = client.guilds.cache.values();
    expect(guild.name).toBe('Test guild');
    expect(guild.channels.cache.map(({ name }) => name)).toEqual(['general', 'lounge', 'moderators']);
    expect((await guild.fetchOwner()).displayName).toBe('Ada');
  });

  it('pages through a history, newest first', async () => {
    const { client, playground } = await connected();
    const channel = await textChannel(client, playground.guild.channelNamed('general').id);
    const newest = await channel.messages.fetch({ limit: 100 });
    const older = await channel.messages.fetch({ limit: 100, before: newest.lastKey() ?? '' });
    expect([newest.size, older.size]).toEqual([100, 50]);
    const times = [...newest.values(), ...older.values()].map(({ createdTimestamp }) => createdTimestamp);
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('tells of new, edited and deleted messages, also of those the client never saw', async () => {
    const { client, playground } = await connected();
    const general = playground.guild.channelNamed('general').id;
    const [old, older, oldest] = playground.guild.messagesIn(general);
    const max = playground.person('Max');

    const created = event(client, Events.MessageCreate);
    const message = max.send('general', 'hello');
    expect((await created)[0]).toMatchObject({ id: message.id, content: 'hello' });

    const edited = event(client, Events.MessageUpdate);
    playground.guild.edit(old, { content: 'changed' });
    expect((await edited)[1]).toMatchObject({ id: old.id, content: 'changed' });

    const deleted = event(client, Events.MessageDelete);
    max.remove('general', [old.id]);
    expect((await deleted)[0].id).toBe(old.id);

    const purged = event(client, Events.MessageBulkDelete);
    max.remove('general', [older.id, oldest.id]);
    expect([...(await purged)[0].keys()]).toEqual([older.id, oldest.id]);
  });

  it('keeps message text from a bot without the intent, unless it is meant', async () => {
    const { client, playground } = await connected({ intents: [GatewayIntentBits.GuildMessages] });
    const heard: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => heard.push(content));
    const second = new Promise((resolve) =>
      client.on(Events.MessageCreate, () => heard.length === 2 && resolve(0)),
    );
    playground.person('Max').send('general', 'secret');
    playground.person('Max').send('general', `<@${playground.guild.bot.id}> hi`);
    await second;
    expect(heard).toEqual(['', `<@${playground.guild.bot.id}> hi`]);
  });

  it('carries commands, private answers, follow-ups, files and buttons', async () => {
    const { client, playground, exchanges } = await connected();
    await register(client);
    client.on(Events.InteractionCreate, (interaction) => void respond(interaction));
    const max = playground.person('Max');

    const secret = await max.command('lounge', 'echo', { text: 'psst' }).until(Boolean);
    expect(secret).toMatchObject({ content: 'psst', flags: MessageFlags.Ephemeral });
    expect(playground.guild.messagesIn(secret.channel_id)).toEqual([]);
    expect(playground.guild.messagesIn(secret.channel_id, max.id)).toHaveLength(1);

    const slow = await max.command('lounge', 'slow').until(Boolean);
    expect(slow).toMatchObject({
      content: 'done',
      flags: 0,
      attachments: [{ filename: 'note.txt', size: 4 }],
    });
    expect(await (await fetch(slow.attachments[0].url)).text()).toBe('note');
    const followUp = playground.until(({ content }) => content === 'and more');
    const pressed = await max.click('lounge', slow.id, 'Press').until((content) => content === 'pressed');
    expect(pressed.id).toBe(slow.id);
    expect((await followUp).id).not.toBe(slow.id);
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it("checks options and permissions as Discord's own client does", async () => {
    const { client, playground } = await connected();
    await register(client);
    const max = playground.person('Max');
    expect(() => max.command('lounge', 'echo')).toThrow(new PersonError('text is required.'));
    expect(() => max.command('lounge', 'echo', { text: 'x'.repeat(11) })).toThrow('at most 10 characters');
    expect(() => max.command('lounge', 'echo', { txt: 'x' })).toThrow('There is no option txt.');
    expect(() => max.command('lounge', 'slow')).not.toThrow();
    expect(() => max.command('lounge', 'nothing')).toThrow('The bot has no command /nothing.');
  });

  it('wants the first answer within three seconds, only once, and nothing after fifteen minutes', async () => {
    const { client, playground, clock } = await connected();
    await register(client);
    const asked = () => event(client, Events.InteractionCreate);
    const max = playground.person('Max');
    const ask = async () => {
      const interaction = asked();
      max.command('lounge', 'slow');
      const [received] = await interaction;
      if (!received.isChatInputCommand()) throw new Error('expected a command');
      return received;
    };

    const late = await ask();
    clock.now += 3_001;
    await expect(late.reply('too late')).rejects.toMatchObject({ code: 10_062 });

    const twice = await ask();
    await twice.deferReply();
    twice.deferred = false;
    await expect(twice.reply('again')).rejects.toMatchObject({ code: 40_060 });
    twice.deferred = true;
    await expect(twice.editReply('x'.repeat(2_001))).rejects.toMatchObject({ code: 50_035 });

    const old = await ask();
    await old.deferReply();
    clock.now += 15 * 60_000 + 1;
    await expect(old.editReply('too old')).rejects.toMatchObject({ code: 50_027 });
  });

  it('replays what a client missed while its connection was broken', async () => {
    const { client, playground } = await connected();
    const resumed = event(client, Events.ShardResume);
    const missed = event(client, Events.MessageCreate);
    playground.disconnectBot();
    playground.person('Max').send('general', 'while you were away');
    expect((await missed)[0].content).toBe('while you were away');
    await resumed;
  });

  it('can be slow and broken like Discord: rate limits are waited out', async () => {
    const { client, playground } = await connected();
    const channel = await textChannel(client, playground.guild.channelNamed('lounge').id);
    playground.failNext('/messages', new ApiProblem(429, 0, 'You are being rate limited.'));
    expect((await channel.send('patience')).content).toBe('patience');
    await expect(channel.messages.fetch('1')).rejects.toMatchObject({ code: 10_008 });
  });

  it('takes five edits of an answer in five seconds, as Discord does, and says how long to wait', async () => {
    const { client, playground, clock } = await connected({ limitsEdits: true });
    await register(client);
    const asked = event(client, Events.InteractionCreate);
    playground.person('Max').command('lounge', 'slow');
    const [interaction] = await asked;
    if (!interaction.isChatInputCommand()) throw new Error('expected a command');
    await interaction.deferReply();
    const { applicationId, token } = interaction;
    const address = `${playground.apiUrl}/v10/webhooks/${applicationId}/${token}/messages/@original`;
    const headers = { 'Content-Type': 'application/json' };
    // Not by discord.js, which would wait.
    const edit = () => fetch(address, { method: 'PATCH', headers, body: '{"content":"more"}' });
    const first = await edit();
    expect([first.status, first.headers.get('X-RateLimit-Remaining')]).toEqual([200, '4']);
    for (let count = 2; count <= 5; count++) expect((await edit()).status).toBe(200);
    clock.now += 1_000;
    const refused = await edit();
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '4.000']);
    expect(await refused.json()).toMatchObject({ retry_after: 4, global: false });
    clock.now += 4_000;
    expect((await edit()).status).toBe(200);
  });

  it('refuses a wrong token and an intent the application does not have', async () => {
    const wrong = await prepared();
    await expect(wrong.client.login('wrong')).rejects.toThrow();
    const { client, playground } = await prepared({ messageContentIntent: false });
    await expect(client.login(playground.token)).rejects.toThrow('disallowed intents');
  });

  it('lets no other web site speak for the visitor', async () => {
    const { playground } = await prepared();
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(`${playground.url.replace('http', 'ws')}page`, {
      origin: 'http://evil.example',
    });
    await expect(new Promise((_, reject) => socket.on('error', reject))).rejects.toThrow('socket hang up');
  });
});

async function register(client: Client): Promise<void> {
  await client.application?.commands.set([
    new SlashCommandBuilder()
      .setName('echo')
      .setDescription('Says it back')
      .addStringOption((option) =>
        option.setName('text').setDescription('What to say').setRequired(true).setMaxLength(10),
      ),
    new SlashCommandBuilder().setName('slow').setDescription('Thinks first'),
  ]);
}

async function respond(interaction: Interaction): Promise<void> {
  if (interaction.isButton()) {
    await interaction.update({ content: 'pressed', components: [] });
    await interaction.followUp('and more');
  } else if (interaction.isChatInputCommand() && interaction.commandName === 'echo') {
    const content = interaction.options.getString('text', true);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  } else if (interaction.isChatInputCommand()) {
    await interaction.deferReply();
    const button = new ButtonBuilder().setCustomId('press').setLabel('Press').setStyle(ButtonStyle.Primary);
    await interaction.editReply({
      content: 'done',
      files: [{ attachment: Buffer.from('note'), name: 'note.txt' }],
      components: [new ActionRowBuilder<ButtonBuilder>().addComponents(button)],
    });
  }
}
