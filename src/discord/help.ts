import { UserError } from '../errors.js';
import type { Allow, Command, Context, Embed, OptionSpecs, Reply } from './define-command.js';
import { stricter } from './levels.js';
import { localize } from './localize.js';

type Reader = Pick<Context, 'commands' | 'locale' | 'may' | 'strings'>;

/** One thing that can be asked for, in the reader's language. */
interface Entry {
  /** With the names of its command and subcommand, such as "spam watch". */
  path: string;
  /** The same in English, which is understood everywhere. */
  english: string;
  description: string;
  allow: Allow;
  reply: 'public' | 'private';
  /** Absent for an entry of a message's menu. */
  options?: OptionSpecs;
}

const GROUPS = ['everyone', 'moderators', 'timers', 'managers'] as const;

/** All that the reader may use, grouped by whom it is for. */
export function overview(reader: Reader): Reply {
  const { help } = reader.strings;
  const entries = entriesFor(reader);
  const slash = GROUPS.map((allow) => ({
    title: help.groups[allow](),
    entries: entries.filter((entry) => entry.options !== undefined && entry.allow === allow),
  }));
  const menu = {
    title: help.groups.message(),
    entries: entries.filter(({ options }) => options === undefined),
  };
  const cards = [...slash, menu].filter((group) => group.entries.length > 0);
  return {
    content: help.intro(),
    embeds: cards.map(({ title, entries }) => ({ title, description: entries.map(line).join('\n') })),
  };
}

/**
 * One command with its options, or a group with its subcommands.
 * @param asked a path in the reader's language or in English
 * @throws UserError help_unknown
 */
export function explain(asked: string, reader: Reader): Reply {
  const wanted = plain(asked);
  const entries = entriesFor(reader);
  const entry = entries.find((each) => isNamed(each, wanted));
  if (entry !== undefined) return { content: '', embeds: [card(entry, reader)] };
  const group = entries.filter(({ path, english }) =>
    [path, english].some((name) => plain(name).startsWith(`${wanted} `)),
  );
  if (wanted === '' || group.length === 0) throw new UserError('help_unknown', {});
  const title = `/${group[0].path.split(' ')[0]}`;
  return { content: '', embeds: [{ title, description: group.map(line).join('\n') }] };
}

/** What may be asked for, as it is being typed: whole groups first. */
export function pathsLike(typed: string, reader: Reader): string[] {
  const entries = entriesFor(reader);
  const groups = entries.map(({ path, options }) => (options === undefined ? path : path.split(' ')[0]));
  const wanted = plain(typed);
  return [...new Set([...groups, ...entries.map(({ path }) => path)])].filter((path) =>
    plain(path).includes(wanted),
  );
}

function entriesFor({ commands, locale, may }: Reader): Entry[] {
  return commands
    .flatMap((command) => entriesOf(command, localize(command, locale)))
    .filter(({ allow }) => may(allow));
}

function entriesOf(
  { name: english, allow, actions: declared }: Command,
  { name, description, actions }: Command,
): Entry[] {
  switch (actions.kind) {
    case 'message':
      return [{ path: name, english, description, allow, reply: actions.action.reply }];
    case 'single':
      return [
        {
          path: name,
          english,
          description,
          allow,
          reply: actions.action.reply,
          options: actions.action.options,
        },
      ];
    case 'subcommands': {
      const originals = declared.kind === 'subcommands' ? Object.keys(declared.subcommands) : [];
      return Object.entries(actions.subcommands).map(([subcommand, action], index) => ({
        path: `${name} ${subcommand}`,
        english: `${english} ${originals[index]}`,
        description: action.description,
        allow: stricter(allow, action.allow),
        reply: action.reply,
        options: action.options,
      }));
    }
  }
}

function line({ path, description, options }: Entry): string {
  return options === undefined ? `**${path}**` : `\`/${path}\` ${description}`;
}

function card({ path, description, allow, reply, options }: Entry, { strings: { help } }: Reader): Embed {
  const menu = options === undefined ? [help.groups.message()] : [];
  const about = [description, ...menu, `*${help.groups[allow]()}. ${help.seen(reply)}*`];
  return {
    title: options === undefined ? path : `/${path}`,
    description: about.filter((each) => each !== '').join('\n'),
    fields: Object.entries(options ?? {}).map(([name, spec]) => ({
      name: help.option({ name, required: spec.required ?? false }),
      value: `${spec.description}\n*${help.limits(spec)}*`,
    })),
  };
}

function isNamed({ path, english }: Entry, wanted: string): boolean {
  return plain(path) === wanted || plain(english) === wanted;
}

function plain(path: string): string {
  return path.normalize('NFC').trim().replace(/^\//, '').replace(/\s+/g, ' ').toLowerCase();
}
