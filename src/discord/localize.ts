import type { Locale } from '../i18n/index.js';
import type { ActionTexts, OptionTexts } from '../i18n/ko/command-texts.js';
import { koCommands } from '../i18n/ko/commands.js';
import type { Command, OptionSpec, OptionSpecs } from './define-command.js';

/** A command as readers of a language see it: its names, descriptions and choices in their words, all else as declared. */
export function localize(command: Command, locale: Locale): Command {
  const texts = locale === 'en' ? undefined : koCommands[command.name];
  if (texts === undefined) return command;
  const { name, description } = texts;
  return { ...command, name, description, actions: localizeActions(command.actions, texts) };
}

function localizeActions(
  actions: Command['actions'],
  texts: (typeof koCommands)[string],
): Command['actions'] {
  switch (actions.kind) {
    case 'message':
      return actions;
    case 'single':
      return { ...actions, action: localizeAction(actions.action, texts) };
    case 'subcommands': {
      const localized = Object.entries(actions.subcommands).map(([name, action]) => {
        const own = texts.subcommands?.[name];
        return [own?.name ?? name, localizeAction(action, own)] as const;
      });
      return { ...actions, subcommands: Object.fromEntries(localized) };
    }
  }
}

function localizeAction<A extends { description: string; options: OptionSpecs }>(
  action: A,
  texts: ActionTexts | undefined,
): A {
  const options = Object.entries(action.options).map(([name, spec]) => {
    const own = texts?.options?.[name];
    return [own?.name ?? name, localizeOption(spec, own)] as const;
  });
  return {
    ...action,
    description: texts?.description ?? action.description,
    options: Object.fromEntries(options),
  };
}

function localizeOption(spec: OptionSpec, texts: OptionTexts | undefined): OptionSpec {
  const description = texts?.description ?? spec.description;
  if (spec.type !== 'string' || spec.choices === undefined) return { ...spec, description };
  return { ...spec, description, choices: spec.choices.map((value) => texts?.choices?.[value] ?? value) };
}
