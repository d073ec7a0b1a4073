import { MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { toDiscord } from '../../src/discord/commands.js';
import {
  action,
  type ButtonAction,
  type Context,
  defineCommand,
  defineGroup,
  defineMessageCommand,
  type Reply,
} from '../../src/discord/define-command.js';
import { registerCommands } from '../../src/discord/registration.js';
import { UserError } from '../../src/errors.js';
import type { IncomingMessage } from '../../src/services/collecting.js';
import { answeringClient, silent } from '../helpers/client.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';

const isWritten = (content: string) => content !== '';
const NEEDS_MODERATOR = 'You need the permission Manage Messages for this.';
const NEEDS_MANAGER = 'You need the permission Manage Server for this.';

describe('a message command', () => {
  it('is handed the message that it was chosen on', async () => {
    const flagged: IncomingMessage[] = [];
    const { playground, exchanges } = await answeringClient([flag(flagged)]);
    const { id: max, send } = playground.person('Max');
    const { id: mia, use } = playground.person('Mia');
    const message = send('lounge', `<@${mia}> <@${max}> free nitro`, ['nitro.exe', 'readme.txt']);

    const answer = await use('Flag as spam', 'lounge', message.id).until(isWritten);
    expect(answer).toMatchObject({ content: 'flagged', flags: MessageFlags.Ephemeral });
    expect(flagged).toEqual([
      {
        id: message.id,
        guildId: playground.guild.id,
        channelId: message.channel_id,
        threadId: undefined,
        authorId: max,
        content: `<@${mia}> <@${max}> free nitro`,
        attachments: ['nitro.exe', 'readme.txt'],
        mentions: 2,
        authorCreatedAt: Date.UTC(2024, 0, 1),
        authorRoleIds: [],
        authorIsModerator: false,
        replyToId: undefined,
        editedAt: 0,
        createdAt: Date.UTC(2026, 0, 1),
        fromPerson: true,
      },
    ]);
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('works on old messages, and on those of bots', async () => {
    const flagged: IncomingMessage[] = [];
    const { playground } = await answeringClient([flag(flagged)]);
    const { use } = playground.person('Mia');
    const [old] = playground.guild.messagesIn(playground.guild.channelNamed('general').id);
    const answer = await use('Flag as spam', 'general', old.id).until(isWritten);
    expect(flagged[0]).toMatchObject({ id: old.id, content: old.content, fromPerson: true });

    const { channelNamed, add, newMessage, bot } = playground.guild;
    const bots = add(newMessage(channelNamed('general').id, bot, 'beep'));
    await use('Flag as spam', 'general', bots.id).until(isWritten);
    expect(flagged[1]).toMatchObject({ id: bots.id, authorId: bot.id, fromPerson: false });
    expect(answer.content).toBe('flagged');
  });

  it('is only for those whom it allows, even when the client was tricked', async () => {
    const flagged: IncomingMessage[] = [];
    const { playground } = await answeringClient([flag(flagged)]);
    const { send, use } = playground.person('Max');
    const { id } = send('lounge', 'hello');
    expect(() => use('Flag as spam', 'lounge', id)).toThrow('You may not use Flag as spam.');
    const { content } = await use('Flag as spam', 'lounge', id, 'unchecked').until(isWritten);
    expect(content).toBe(NEEDS_MODERATOR);
    expect(flagged).toEqual([]);
  });

  it('is registered once', async () => {
    const commands = [flag([]), door()];
    const { client, exchanges } = await answeringClient(commands);
    await registerCommands(client, commands.map(toDiscord), silent);
    expect(exchanges.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });
});

describe('levels', () => {
  it('of a subcommand reach beyond those of its group', async () => {
    const { playground } = await answeringClient([door()]);
    const ask = async (who: string, command: string) =>
      (await playground.person(who).command('lounge', command, {}, 'unchecked').until(isWritten)).content;
    expect(await ask('Max', 'door look')).toBe('done');
    expect(await ask('Max', 'door open')).toBe(NEEDS_MODERATOR);
    expect(await ask('Mia', 'door open')).toBe('done');
    expect(await ask('Mia', 'door break')).toBe(NEEDS_MANAGER);
    expect(await ask('Ada', 'door break')).toBe('done');
  });

  it('of a button are its own, or else those of its command', async () => {
    const { playground } = await answeringClient([
      pressing({
        own: { allow: 'managers', reply: 'private', run },
        inherited: { reply: 'private', run },
        free: { allow: 'everyone', reply: 'private', run },
      }),
    ]);
    const { id } = await playground.person('Mia').command('lounge', 'press').until(isWritten);
    const press = async (who: string, button: string) =>
      (await playground.person(who).click('lounge', id, button).until(isWritten)).content;
    expect(await press('Mia', 'own')).toBe(NEEDS_MANAGER);
    expect(await press('Ada', 'own')).toBe('done');
    expect(await press('Max', 'inherited')).toBe(NEEDS_MODERATOR);
    expect(await press('Mia', 'inherited')).toBe('done');
    expect(await press('Max', 'free')).toBe('done');
  });
});

describe('a button', () => {
  it('can replace the message it stands in, pictures and buttons included', async () => {
    const { playground, exchanges } = await answeringClient([
      pressing({
        next: { reply: 'update', run: async () => ({ content: 'second', files: [file('b.png')] }) },
      }),
    ]);
    const { command, click } = playground.person('Mia');
    const message = await command('lounge', 'press').until(isWritten);
    expect(message.attachments).toMatchObject([{ filename: 'a.png', description: 'About a.png' }]);
    const answer = await click('lounge', message.id, 'next').until((content) => content === 'second');
    expect(answer.id).toBe(message.id);
    expect(answer.attachments).toMatchObject([{ filename: 'b.png', description: 'About b.png' }]);
    expect(answer.components).toEqual([]);
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('leaves the message as it is when it fails, and says why beside it', async () => {
    const fails = async () => Promise.reject(new UserError('generation_gone', {}));
    const { playground } = await answeringClient([pressing({ next: { reply: 'update', run: fails } })]);
    const { command, click } = playground.person('Mia');
    const message = await command('lounge', 'press').until(isWritten);
    const beside = playground.until(({ content }) => content.includes('I no longer remember'));
    click('lounge', message.id, 'next');
    expect((await beside).flags).toBe(MessageFlags.Ephemeral);
    expect(message).toMatchObject({ content: 'first', attachments: [{ filename: 'a.png' }] });
  });

  it('still replaces its message when the work took longer than a token lives', async () => {
    const clock = { pass: () => {} };
    const slow = async () => {
      clock.pass();
      return { content: 'second' };
    };
    const set = await answeringClient([pressing({ next: { reply: 'update', run: slow } })]);
    clock.pass = () => (set.clock.now += 16 * 60_000);
    const { command, click } = set.playground.person('Mia');
    const message = await command('lounge', 'press').until(isWritten);
    const answer = await click('lounge', message.id, 'next').until((content) => content === 'second');
    expect(answer.id).toBe(message.id);
  });

  it('works in direct messages only if it is meant to, and only for everyone', async () => {
    const contexts: Context[] = [];
    const { playground, client } = await answeringClient([
      pressing({
        here: { allow: 'everyone', reply: 'private', run },
        moderated: { reply: 'private', anywhere: true, run },
        anywhere: {
          allow: 'everyone',
          reply: 'update',
          anywhere: true,
          run: async (_services, argument, context) => {
            contexts.push(context);
            return { content: `heard ${argument}` };
          },
        },
      }),
    ]);
    const max = playground.person('Max');
    const buttons = ['here', 'moderated', 'anywhere'].map((name) => ({
      type: 2 as const,
      style: 2 as const,
      label: name,
      custom_id: `press:${name}:7`,
    }));
    await client.users.send(max.id, { content: 'hello', components: [{ type: 1, components: buttons }] });
    const [{ id, channel_id }] = max.directMessages();
    const press = async (button: string) =>
      (await max.click(channel_id, id, button).until((content) => content !== 'hello')).content;
    expect(await press('here')).toBe('This works only in a server, not in direct messages.');
    expect(await press('moderated')).toBe(NEEDS_MODERATOR);
    expect(await press('anywhere')).toBe('heard 7');
    expect(contexts[0]).toMatchObject({ guildId: '', channelId: channel_id, userId: max.id });
    expect(max.directMessages()[0].content).toBe('heard 7');
  });

  it('belongs also to a command whose name has spaces', async () => {
    const command = defineMessageCommand({
      name: 'Flag as spam',
      allow: 'everyone',
      reply: 'public',
      run: async () => ({ content: 'sure?', buttons: [{ action: 'yes', argument: 'a:b', label: 'Yes' }] }),
      buttons: { yes: { reply: 'public', run: async (_services, argument) => ({ content: argument }) } },
    });
    const { playground } = await answeringClient([command]);
    const { send, use, click } = playground.person('Max');
    const asked = await use('Flag as spam', 'lounge', send('lounge', 'hm').id).until(isWritten);
    expect((await click('lounge', asked.id, 'Yes').until(isWritten)).content).toBe('a:b');
  });
});

async function run(): Promise<Reply> {
  return { content: 'done' };
}

function file(name: string) {
  return { name, bytes: Uint8Array.of(1, 2, 3), alt: `About ${name}` };
}

function flag(flagged: IncomingMessage[]) {
  return defineMessageCommand({
    name: 'Flag as spam',
    allow: 'moderators',
    reply: 'private',
    run: async (_services, message) => {
      flagged.push(message);
      return { content: 'flagged' };
    },
  });
}

function door() {
  const shared = { description: 'The door', reply: 'private', options: {}, run } as const;
  return defineGroup({
    name: 'door',
    description: 'The door',
    allow: 'everyone',
    subcommands: {
      look: action(shared),
      open: action({ ...shared, allow: 'moderators' }),
      break: action({ ...shared, allow: 'managers' }),
    },
  });
}

/** A moderators' command that answers with a picture and these buttons. */
function pressing(buttons: Record<string, ButtonAction>) {
  return defineCommand({
    name: 'press',
    description: 'Has buttons',
    allow: 'moderators',
    reply: 'public',
    options: {},
    buttons,
    run: async () => ({
      content: 'first',
      files: [file('a.png')],
      buttons: Object.keys(buttons).map((name) => ({ action: name, argument: '1', label: name })),
    }),
  });
}
