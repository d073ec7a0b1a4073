import { nameIn } from './localized.js';

const MESSAGE = 3;

/** What to call whom and what a message names; undefined for those that nobody here knows. */
export function namesFrom(state) {
  return {
    person: (id) => state.people.get(id)?.name,
    role: (id) => state.roles.find((role) => role.id === id)?.name,
    channel: (id) => state.channels.find((channel) => channel.id === id)?.name,
    /** A command as the reader's language calls it, by its whole own name, such as 'corpus collect'. */
    command(fullName, type) {
      const [first, second] = type === MESSAGE ? [fullName] : fullName.split(' ');
      const command = state.commands.find((each) => each.name === first && (each.type ?? 1) === type);
      if (command === undefined) return fullName;
      const subcommand = command.options?.find(({ name }) => name === second);
      return [command, subcommand]
        .filter(Boolean)
        .map((each) => nameIn(each, state.locale))
        .join(' ');
    },
  };
}

export function authorName({ global_name, username }) {
  return global_name ?? username;
}
