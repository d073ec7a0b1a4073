const CHAT_INPUT = 1;
const MESSAGE = 3;
const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;

/** What a person can choose after typing a slash: one entry for each command or subcommand. */
export function offeredEntries(commands, person) {
  return commands
    .filter(({ type = CHAT_INPUT }) => type === CHAT_INPUT)
    .filter((command) => mayUse(command, person))
    .flatMap(entriesOf)
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** What a person can choose from the "Apps" menu of a message. */
export function messageCommands(commands, person) {
  return commands
    .filter(({ type }) => type === MESSAGE)
    .filter((command) => mayUse(command, person))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function mayUse({ default_member_permissions: needed }, person) {
  // Permissions are bits beyond what a double can hold.
  const bits = BigInt(needed ?? 0);
  return (BigInt(person?.permissions ?? 0) & bits) === bits;
}

function entriesOf({ name, description, options = [] }) {
  const subcommands = options.filter(({ type }) => type === SUBCOMMAND);
  const grouped = options.some(({ type }) => type === SUBCOMMAND || type === SUBCOMMAND_GROUP);
  if (!grouped) return [{ label: name, name, description, options: requiredFirst(options) }];
  return subcommands.map((subcommand) => ({
    label: `${name} ${subcommand.name}`,
    name,
    subcommand: subcommand.name,
    description: subcommand.description,
    options: requiredFirst(subcommand.options ?? []),
  }));
}

function requiredFirst(options) {
  return [...options].sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false));
}

/**
 * The entries that fit what was typed. Text behind a whole name, as in '/continue The fox', fits too: it is
 * meant for the first option.
 */
export function matchingEntries(entries, typed) {
  if (!typed.startsWith('/') || typed.includes('\n')) return [];
  const query = typed.slice(1).toLowerCase();
  const fits = ({ label }) => label.includes(query) || query.startsWith(`${label} `);
  const starts = ({ label }) => Number(label.startsWith(query));
  return entries.filter(fits).sort((a, b) => starts(b) - starts(a));
}

/** What stands behind the name of the entry in the typed text. */
export function typedArgument(entry, typed) {
  return typed.slice(1).toLowerCase().startsWith(`${entry.label} `)
    ? typed.slice(entry.label.length + 2).trim()
    : '';
}
