import { Events, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import help from '../../commands/help.js';
import { loadCommands } from '../../src/discord/commands.js';
import {
  action,
  type Allow,
  type Command,
  type Context,
  defineCommand,
  defineGroup,
  defineMessageCommand,
  type Embed,
} from '../../src/discord/define-command.js';
import { explain, overview, pathsLike } from '../../src/discord/help.js';
import { type Locale, stringsFor } from '../../src/i18n/index.js';
import { answeringClient } from '../helpers/client.js';
import { contextOf } from '../helpers/context.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';

const run = async () => ({ content: '' });
const corpus = defineGroup({
  name: 'corpus',
  description: 'What is learned',
  allow: 'everyone',
  subcommands: {
    collect: action({
      description: 'Collects a channel',
      allow: 'managers',
      reply: 'private',
      options: { channel: { type: 'channel', description: 'Which one', required: true } },
      run,
    }),
    status: action({ description: 'What there is', reply: 'public', options: {}, run }),
  },
});
const sing = defineCommand({
  name: 'sing',
  description: 'Sings',
  allow: 'everyone',
  reply: 'public',
  options: {
    song: { type: 'string', description: 'What', maxLength: 1_000 },
    voice: { type: 'string', description: 'How', choices: ['low', 'high'] },
    verses: { type: 'integer', description: 'How long', min: 1, max: 12 },
    loudness: { type: 'number', description: 'How loud', min: 0.5 },
    off: { type: 'boolean', description: 'Not at all' },
  },
  run,
});
const flag = defineMessageCommand({ name: 'Flag as spam', allow: 'moderators', reply: 'private', run });
const commands = [corpus, sing, flag];

describe('the overview', () => {
  it('groups what there is by whom it is for', () => {
    expect(overview(reader())).toEqual({
      content: 'What you can ask of me. `/help command:` explains one of these.',
      embeds: [
        { title: 'For everyone', description: '`/corpus status` What there is\n`/sing` Sings' },
        { title: 'For admins (Manage Server)', description: '`/corpus collect` Collects a channel' },
        { title: 'In the menu of a message, under Apps', description: '**Flag as spam**' },
      ],
    });
  });

  it('leaves out what the asker may not use', () => {
    const text = textOf(overview(reader({ may: (allow) => allow === 'everyone' })).embeds);
    expect(text).toContain('/corpus status');
    expect(text).not.toContain('/corpus collect');
    expect(text).not.toContain('Flag as spam');
  });

  it("has the reader's names", () => {
    const text = textOf(overview(reader({ locale: 'ko' })).embeds);
    expect(text).toContain('`/말뭉치 수집` 채널의 최근 기록과');
    expect(text).toContain('**스팸으로 표시**');
    // No Korean is known of what these tests invented.
    expect(text).toContain('`/sing` Sings');
  });

  it.each(['en', 'ko'] as const)(
    'of everything that the bot can do fits into Discord’s cards (%s)',
    async (locale) => {
      const all = [...(await loadCommands()).values()];
      const { embeds = [] } = overview(reader({ commands: all, locale }));
      for (const { description = '' } of embeds) expect(description.length).toBeLessThanOrEqual(4_096);
      expect(lengthOf(embeds)).toBeLessThanOrEqual(6_000);
      for (const path of pathsLike('', reader({ commands: all, locale }))) {
        const cards = explain(path, reader({ commands: all, locale })).embeds ?? [];
        expect(lengthOf(cards)).toBeLessThanOrEqual(6_000);
      }
    },
  );
});

describe('the explanation of a command', () => {
  it('tells what its options take, and who sees the answer', () => {
    expect(explain('sing', reader()).embeds).toEqual([
      {
        title: '/sing',
        description: 'Sings\n*For everyone. Everyone in the channel sees the answer.*',
        fields: [
          { name: 'song', value: 'What\n*A text of up to 1,000 characters*' },
          { name: 'voice', value: 'How\n*One of: low, high*' },
          { name: 'verses', value: 'How long\n*A whole number from 1 up to 12*' },
          { name: 'loudness', value: 'How loud\n*A number from 0.5*' },
          { name: 'off', value: 'Not at all\n*True or False*' },
        ],
      },
    ]);
    expect(explain('corpus collect', reader()).embeds).toMatchObject([
      {
        description: 'Collects a channel\n*For admins (Manage Server). Only you see the answer.*',
        fields: [{ name: 'channel (required)', value: 'Which one\n*A channel*' }],
      },
    ]);
  });

  it.each(['/corpus  collect', 'CORPUS COLLECT ', '말뭉치 수집', '말뭉치 수집'.normalize('NFD')])(
    'is found as %j',
    (asked) => {
      expect(explain(asked, reader({ locale: 'ko' })).embeds).toMatchObject([{ title: '/말뭉치 수집' }]);
    },
  );

  it('of a group lists its subcommands', () => {
    expect(explain('corpus', reader()).embeds).toEqual([
      {
        title: '/corpus',
        description: '`/corpus collect` Collects a channel\n`/corpus status` What there is',
      },
    ]);
  });

  it('of an entry of the menu says where it is', () => {
    expect(explain('flag as spam', reader()).embeds).toMatchObject([
      { title: 'Flag as spam', description: expect.stringContaining('In the menu of a message') as string },
    ]);
  });

  it.each(['dance', '', 'corpus collec', 'corpus collect'])(
    'of %j is refused where it is unknown or not theirs',
    (asked) => {
      const may = (allow: Allow) => allow === 'everyone';
      expect(() => explain(asked, reader({ may }))).toThrow('help_unknown');
    },
  );
});

describe('what is offered while a name is typed', () => {
  it('is at first every command, then every subcommand', () => {
    expect(pathsLike('', reader())).toEqual([
      'corpus',
      'sing',
      'Flag as spam',
      'corpus collect',
      'corpus status',
    ]);
  });

  it("fits what was typed, in the reader's language", () => {
    expect(pathsLike('/STAT', reader())).toEqual(['corpus status']);
    expect(pathsLike('상태', reader({ locale: 'ko' }))).toEqual(['말뭉치 상태']);
  });
});

describe('/help in a server', () => {
  it('answers in private, in the language of the one who asks', async () => {
    const { client, playground, exchanges } = await answeringClient([help, ...commands]);
    const { command } = playground.person('Max');
    const answers = async (options: { command?: string } = {}) =>
      command('lounge', 'help', options).until((content) => content !== '');

    const english = await answers();
    expect(english.flags).toBe(MessageFlags.Ephemeral);
    expect(english.content).toContain('What you can ask of me.');
    client.prependListener(Events.InteractionCreate, (interaction) => {
      Object.assign(interaction, { locale: 'ko' });
    });
    expect((await answers()).content).toContain('저에게 시킬 수 있는 일입니다.');
    expect((await answers({ command: 'corpus collect' })).content).toContain('그런 명령어가 없거나');
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });
});

function reader(more: { may?: Context['may']; locale?: Locale; commands?: Command[] } = {}): Context {
  return contextOf({ commands, ...more, strings: stringsFor(more.locale ?? 'en') });
}

function textOf(embeds: Embed[] = []): string {
  return embeds.map(({ title, description }) => `${title}\n${description}`).join('\n');
}

/** As Discord counts it: all titles, descriptions and fields together. */
function lengthOf(embeds: Embed[]): number {
  const texts = embeds.flatMap(({ title, description = '', fields = [] }) => [
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  return texts.join('').length;
}
