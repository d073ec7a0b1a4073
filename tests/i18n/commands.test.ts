import { describe, expect, it } from 'vitest';
import { loadCommands, toDiscord } from '../../src/discord/commands.js';
import type { Command, OptionSpecs } from '../../src/discord/define-command.js';
import { koCommands } from '../../src/i18n/ko/commands.js';
import { answeringClient, silent } from '../helpers/client.js';
import { registerCommands } from '../../src/discord/registration.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';

/** Discord's rules for names of slash commands, their subcommands and options. */
const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** What Discord takes of all the texts of one command together. */
const TOTAL = 8_000;

/** A name and a description, in both languages, with where they stand. */
interface Words {
  path: string;
  english: { name: string; description: string };
  korean: { name: string; description: string } | undefined;
}

const commands = [...(await loadCommands()).values()];
const words = commands.flatMap(wordsOf);
const isSlash = ({ path }: Words) =>
  !commands.some(({ name, actions }) => name === path && actions.kind === 'message');

describe('the words of every command, subcommand and option', () => {
  it.each(words)('$path: there are Korean ones', ({ korean }) => {
    expect(korean?.name).toMatch(/\p{sc=Hangul}/u);
    expect(korean?.name).toBe(korean?.name.normalize('NFC'));
  });

  it.each(words.filter(isSlash))('$path: they are within the limits', ({ english, korean }) => {
    for (const { name, description } of [english, korean ?? english]) {
      expect(name).toMatch(SLASH_NAME);
      expect(name).toBe(name.toLowerCase());
      expect(description.length).toBeGreaterThanOrEqual(1);
      expect(description.length).toBeLessThanOrEqual(100);
    }
    expect(korean?.description).toMatch(/\p{sc=Hangul}/u);
  });

  it('name no two siblings alike', () => {
    const names = words.map(({ path, korean }) => `${parentOf(path)}/${korean?.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(commands.flatMap(choicesOf))('$path: there is Korean for the choice $value', ({ korean }) => {
    expect(korean).toMatch(/^.{1,100}$/);
  });

  it.each(commands)('$name: they are not too long together', (command) => {
    const own = wordsOf(command).map(({ english, korean = english }) =>
      Math.max(
        english.name.length + english.description.length,
        korean.name.length + korean.description.length,
      ),
    );
    expect(own.reduce((sum, length) => sum + length, 0)).toBeLessThan(TOTAL / 2);
  });
});

describe('registration', () => {
  it('tells Discord both languages, once', async () => {
    const { client, exchanges } = await answeringClient(commands);
    await registerCommands(client, commands.map(toDiscord), silent);
    const puts = exchanges.filter(({ method }) => method === 'PUT');
    expect(puts).toHaveLength(1);
    expect(puts[0].requestBody).toContainEqual(
      expect.objectContaining({ name: 'corpus', name_localizations: { ko: '말뭉치' } }),
    );
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('tells Discord anew when only a translation changed', async () => {
    const [first, ...others] = commands.map(toDiscord);
    const { client, exchanges } = await answeringClient(commands);
    const changed = [{ ...first, name_localizations: { ko: '새 이름' } }, ...others];
    await registerCommands(client, changed, silent);
    expect(exchanges.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });
});

function wordsOf({ name, description, actions }: Command): Words[] {
  const texts = koCommands[name] as (typeof koCommands)[string] | undefined;
  const own: Words = { path: name, english: { name, description }, korean: texts };
  switch (actions.kind) {
    case 'message':
      return [own];
    case 'single':
      return [own, ...optionWords(name, actions.action.options, texts)];
    case 'subcommands':
      return [
        own,
        ...Object.entries(actions.subcommands).flatMap(([subcommand, action]) => {
          const path = `${name}/${subcommand}`;
          const korean = texts?.subcommands?.[subcommand];
          const english = { name: subcommand, description: action.description };
          return [{ path, english, korean }, ...optionWords(path, action.options, korean)];
        }),
      ];
  }
}

function optionWords(
  path: string,
  options: OptionSpecs,
  texts: Pick<(typeof koCommands)[string], 'options'> | undefined,
): Words[] {
  return Object.entries(options).map(([name, { description }]) => ({
    path: `${path}/${name}`,
    english: { name, description },
    korean: texts?.options?.[name],
  }));
}

function choicesOf({ name, actions }: Command) {
  const texts = koCommands[name];
  const of = (path: string, options: OptionSpecs, own: typeof texts | undefined) =>
    Object.entries(options).flatMap(([option, spec]) =>
      spec.type === 'string'
        ? (spec.choices ?? []).map((value) => ({
            path: `${path}/${option}`,
            value,
            korean: own?.options?.[option]?.choices?.[value],
          }))
        : [],
    );
  if (actions.kind === 'message') return [];
  if (actions.kind === 'single') return of(name, actions.action.options, texts);
  return Object.entries(actions.subcommands).flatMap(([subcommand, { options }]) =>
    of(`${name}/${subcommand}`, options, texts.subcommands?.[subcommand]),
  );
}

function parentOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}
