import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ApplicationCommandOptionType, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadCommands, toDiscord } from '../../src/discord/commands.js';
import {
  action,
  defineCommand,
  defineGroup,
  defineMessageCommand,
} from '../../src/discord/define-command.js';
import { parseButton, toMessage } from '../../src/discord/replies.js';

describe('loadCommands', () => {
  it('finds every command by its name', async () => {
    expect([...(await loadCommands()).keys()]).toEqual([
      'Check sentiment',
      'Continue this',
      'continue',
      'corpus',
      'Flag as spam',
      'help',
      'imitate',
      'model',
      'mood',
      'Never learn this',
      'Not spam',
      'predict',
      'privacy',
      'Reply in character',
      'retrain',
      'sentiment',
      'spam',
      'talk',
    ]);
  });

  it('names the file that declares no command', async () => {
    await expect(loadCommands(folderWith('export default 42;'))).rejects.toThrow(
      'commands/foo.js must default-export defineCommand(...)',
    );
  });

  it("refuses a name that its buttons' ids could not carry", async () => {
    const folder = folderWith("export default { name: 'Spam: flag', actions: {} };");
    await expect(loadCommands(folder)).rejects.toThrow('commands/foo.js: the name must have no colon');
  });
});

function folderWith(foo: string): URL {
  const folder = mkdtempSync(join(tmpdir(), 'commands-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'foo.js'), foo);
  return pathToFileURL(`${folder}/`);
}

describe('toDiscord', () => {
  it('declares options with their limits, for servers only', () => {
    const command = defineCommand({
      name: 'shout',
      description: 'Says it louder',
      allow: 'everyone',
      reply: 'public',
      options: {
        text: { type: 'string', description: 'What to say', required: true, maxLength: 10 },
        times: { type: 'integer', description: 'How often', min: 1, max: 3 },
      },
      run: async (_services, { text, times = 1 }) => ({ content: text.toUpperCase().repeat(times) }),
    });
    expect(toDiscord(command)).toEqual({
      name: 'shout',
      description: 'Says it louder',
      contexts: [0],
      default_member_permissions: null,
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'text',
          description: 'What to say',
          required: true,
          max_length: 10,
        },
        {
          type: ApplicationCommandOptionType.Integer,
          name: 'times',
          description: 'How often',
          required: false,
          min_value: 1,
          max_value: 3,
        },
      ],
    });
  });

  it("hides managers' commands from everyone else, subcommands included", () => {
    const run = async () => ({ content: '' });
    const group = defineGroup({
      name: 'door',
      description: 'The door',
      allow: 'managers',
      subcommands: {
        open: action({ description: 'Opens it', reply: 'private', options: {}, run }),
      },
    });
    expect(toDiscord(group)).toMatchObject({
      default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
      options: [{ type: ApplicationCommandOptionType.Subcommand, name: 'open' }],
    });
  });
});

describe('toDiscord, for a message command', () => {
  it('declares no description and no options, and asks for its level', () => {
    const command = defineMessageCommand({
      name: 'Flag as spam',
      allow: 'moderators',
      reply: 'private',
      run: async () => ({ content: '' }),
    });
    expect(toDiscord(command)).toEqual({
      type: 3,
      name: 'Flag as spam',
      name_localizations: { ko: '스팸으로 표시' },
      contexts: [0],
      default_member_permissions: PermissionFlagsBits.ManageMessages.toString(),
    });
  });
});

describe('a reply', () => {
  it('pings nobody, and its buttons name their command', () => {
    const message = toMessage(
      { content: '@everyone', buttons: [{ action: 'again', argument: 'x:y', label: 'Again' }] },
      'continue',
    );
    expect(message.allowedMentions).toEqual({ parse: [] });
    expect(message.components[0].components[0]).toMatchObject({
      custom_id: 'continue:again:x:y',
      label: 'Again',
    });
    expect(parseButton('continue:again:x:y')).toEqual({
      command: 'continue',
      action: 'again',
      argument: 'x:y',
    });
  });

  it('puts five buttons in a row, dressed by what they do', () => {
    const buttons = (['plain', 'good', 'danger', 'plain', 'plain', 'plain'] as const).map((style, index) => ({
      action: 'a',
      argument: String(index),
      label: 'x',
      style,
    }));
    const rows = toMessage({ content: '', buttons }, 'spam').components;
    expect(rows.map(({ components }) => components.map((each) => 'style' in each && each.style))).toEqual([
      [2, 3, 4, 2, 2],
      [2],
    ]);
  });

  it('describes its files for those who do not see them', () => {
    const files = [{ name: 'mood.png', bytes: Uint8Array.of(1), alt: 'A line that rises' }];
    expect(toMessage({ content: '', files }, 'mood').files).toEqual([
      { name: 'mood.png', attachment: Buffer.of(1), description: 'A line that rises' },
    ]);
  });

  it('without buttons removes those of the answer before it', () => {
    expect(toMessage({ content: 'done' }, 'retrain').components).toEqual([]);
  });
});
