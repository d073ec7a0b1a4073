import { describe, expect, it } from 'vitest';
import { loadCommands } from '../../src/discord/commands.js';
import { LOCALES, localeOf, stringsFor } from '../../src/i18n/index.js';
import { koCommands } from '../../src/i18n/ko/commands.js';
import { samplesFor } from '../helpers/samples.js';

type Text = (...params: unknown[]) => unknown;

/** Nothing but figures and marks, or figures that are written in another way. */
const SAME = [
  'feeling.pictures.hour',
  'feeling.pictures.number',
  'feeling.pictures.percent',
  'feeling.pictures.signed',
  'feeling.pictures.version',
  'pictures.lossNumber',
  'pictures.lossNgram',
  'pictures.predictionPercent',
];
/** Words of the Latin alphabet that Koreans write so, too. */
const LATIN =
  /\b(?:Discord|Charlatan|Developer|Portal|Bot|Reset|Token|Message|Content|Privileged|Gateway|Intents|Ctrl|UTC|IP|CSV|[A-Z]+_[A-Z_]+|ENGINE|granted|none|MB|safetensors|top_p|Asia|Seoul|Europe|Berlin|True|False|n-gram|env|v\d+)\b/g;

const english = textsOf(stringsFor('en'));
const korean = new Map(textsOf(stringsFor('ko')).map(({ path, text }) => [path, text]));

describe('Korean', () => {
  it.each(english)('$path says the same of the same, in Korean', ({ path, text }) => {
    const translated = korean.get(path);
    if (translated === undefined) throw new Error(`${path} is missing`);
    for (const sample of samplesFor(path)) {
      const told = noting(sample);
      const source = said(text(...told.params));
      const target = noting(sample);
      const translation = said(translated(...target.params));
      // Whatever the English sentence looks at, the Korean one tells, too.
      expect([...target.seen].sort()).toEqual(expect.arrayContaining([...told.seen].sort()));
      if (source === '' || SAME.includes(path)) continue;
      expect(translation).not.toBe(source);
      expect(translation).toMatch(/\p{sc=Hangul}/u);
      expect(foreign(translation)).toEqual([]);
      // Sentences are made so that no particle hangs on what is filled in.
      expect(translation).not.toMatch(/\((?:는|가|를|와|으)\)/);
      expect(numbersIn(translation)).toEqual(numbersIn(source));
    }
  });

  it('names commands as Discord shows them to Koreans', async () => {
    const known = await paths();
    for (const [path, text] of korean) {
      for (const sample of samplesFor(path)) {
        expect(unknown(said(text(...sample)), known.korean), path).toEqual([]);
      }
    }
    for (const { path, text } of english) {
      for (const sample of samplesFor(path)) {
        expect(unknown(said(text(...sample)), known.english), path).toEqual([]);
      }
    }
  });
});

describe('the reader’s language', () => {
  it.each([
    ['ko', 'ko'],
    ['en-GB', 'en'],
    ['ja', 'en'],
    [undefined, 'en'],
    [null, 'en'],
  ])('of %s is %s', (discord, ours) => expect(localeOf(discord)).toBe(ours));

  it('has its own texts', () => {
    expect(new Set(LOCALES.map((locale) => stringsFor(locale).errors.guild_only())).size).toBe(
      LOCALES.length,
    );
  });
});

function textsOf(tree: object, prefix = ''): { path: string; text: Text }[] {
  return Object.entries(tree).flatMap(([key, node]: [string, unknown]) =>
    typeof node === 'function'
      ? [{ path: prefix + key, text: node as Text }]
      : textsOf(node as object, `${prefix}${key}.`),
  );
}

/** The same parameters, with note taken of which fields are looked at. */
function noting(params: readonly unknown[]) {
  const seen = new Set<string>();
  const watched = params.map((param) =>
    typeof param === 'object' && param !== null && !Array.isArray(param)
      ? new Proxy(param, {
          get: (target, key, receiver) => {
            seen.add(String(key));
            return Reflect.get(target, key, receiver) as unknown;
          },
          ownKeys: (target) => Reflect.ownKeys(target),
        })
      : param,
  );
  return { params: watched, seen };
}

/** All that a text says, also where it comes in parts. */
function said(result: unknown): string {
  if (typeof result === 'object' && result !== null) return Object.values(result).map(said).join('\n');
  return typeof result === 'string' ? result : '';
}

/** Words of the Latin alphabet that are neither names nor code. */
function foreign(text: string): string[] {
  const bare = text.replace(/`[^`]*`|<[^>]*>|https?:\/\/[^\s)]*/g, ' ').replace(LATIN, ' ');
  return bare.match(/[A-Za-z]{2,}/g) ?? [];
}

/** Figures of two digits or more: a lost or exchanged one changes them. */
function numbersIn(text: string): string[] {
  return (text.match(/\d[\d.,]*\d/g) ?? []).map((figure) => figure.replaceAll(',', '')).sort();
}

/** What stands as a command in a text without being one. */
function unknown(text: string, known: Set<string>): string[] {
  return [...text.matchAll(/`\/([^`]*)`/g)]
    .map(([, command]) => command)
    .filter((command) => {
      const [path, options] = [command.replace(/ \S+:.*/, ''), [...command.matchAll(/(\S+):/g)]];
      return !known.has(path) || options.some(([, option]) => !known.has(`${path} ${option}:`));
    });
}

/** Every command and subcommand, alone and with each of its options, by its names in both languages. */
async function paths() {
  const names = { english: new Set<string>(), korean: new Set<string>() };
  for (const { name, actions } of (await loadCommands()).values()) {
    if (actions.kind === 'message') continue;
    const texts = koCommands[name];
    const add = (path: string, korean: string, options: object, own: (typeof texts)['options']) => {
      names.english.add(path);
      names.korean.add(korean);
      for (const option of Object.keys(options)) {
        names.english.add(`${path} ${option}:`);
        names.korean.add(`${korean} ${own?.[option]?.name}:`);
      }
    };
    if (actions.kind === 'single') add(name, texts.name, actions.action.options, texts.options);
    else {
      for (const [subcommand, { options }] of Object.entries(actions.subcommands)) {
        const own = texts.subcommands?.[subcommand];
        add(`${name} ${subcommand}`, `${texts.name} ${own?.name}`, options, own?.options);
      }
    }
  }
  return names;
}
