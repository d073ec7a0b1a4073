import { descriptionIn, nameIn } from './localized.js';

const CHAT_INPUT = 1;
const MESSAGE = 3;
const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;

/** What a person can choose after typing a slash: one entry for each command or subcommand, in their language. */
export function offeredEntries(commands, person, locale) {
  return commands
    .filter(({ type = CHAT_INPUT }) => type === CHAT_INPUT)
    .filter((command) => mayUse(command, person))
    .flatMap((command) => entriesOf(command, locale))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** What a person can choose from the "Apps" menu of a message. */
export function messageCommands(commands, person, locale) {
  return commands
    .filter(({ type }) => type === MESSAGE)
    .filter((command) => mayUse(command, person))
    .map(({ name, ...command }) => ({ name, label: nameIn({ name, ...command }, locale) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

function mayUse({ default_member_permissions: needed }, person) {
  // Permissions are bits beyond what a double can hold.
  const bits = BigInt(needed ?? 0);
  return (BigInt(person?.permissions ?? 0) & bits) === bits;
}

function entriesOf(command, locale) {
  const { name, options = [] } = command;
  const label = nameIn(command, locale);
  const subcommands = options.filter(({ type }) => type === SUBCOMMAND);
  const grouped = options.some(({ type }) => type === SUBCOMMAND || type === SUBCOMMAND_GROUP);
  if (!grouped) {
    const description = descriptionIn(command, locale);
    return [{ label, fullName: name, name, description, options: optionsIn(options, locale) }];
  }
  return subcommands.map((subcommand) => ({
    label: `${label} ${nameIn(subcommand, locale)}`,
    fullName: `${name} ${subcommand.name}`,
    name,
    subcommand: subcommand.name,
    description: descriptionIn(subcommand, locale),
    options: optionsIn(subcommand.options ?? [], locale),
  }));
}

/** The required ones first, each with its words in this language. */
function optionsIn(options, locale) {
  const translated = options.map((option) => ({
    ...option,
    label: nameIn(option, locale),
    description: descriptionIn(option, locale),
    choices: option.choices?.map((choice) => ({ name: nameIn(choice, locale), value: choice.value })),
  }));
  return translated.sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false));
}

/**
 * The entries that fit what was typed, by the name in the person's language or their own. Text behind a whole
 * name, as in '/continue The fox', fits too: it is meant for the first option.
 */
export function matchingEntries(entries, typed) {
  if (!typed.startsWith('/') || typed.includes('\n')) return [];
  const query = typed.slice(1).toLowerCase();
  const fits = (entry) => namesOf(entry).some((name) => name.includes(query) || query.startsWith(`${name} `));
  const starts = (entry) => Number(namesOf(entry).some((name) => name.startsWith(query)));
  return entries.filter(fits).sort((a, b) => starts(b) - starts(a));
}

/** The entry whose whole name and a space were typed. */
export function wholeEntry(entries, typed) {
  return entries.find((entry) => namesOf(entry).some((name) => typed === `/${name} `));
}

/** What stands behind the name of the entry in the typed text. */
export function typedArgument(entry, typed) {
  const query = typed.slice(1);
  const name = namesOf(entry).find((each) => query.toLowerCase().startsWith(`${each} `));
  return name === undefined ? '' : query.slice(name.length + 1).trim();
}

function namesOf({ label, fullName }) {
  return [label, fullName];
}
