import { defineCommand } from '../src/discord/define-command.js';
import { explain, overview, pathsLike } from '../src/discord/help.js';

export default defineCommand({
  name: 'help',
  description: 'What you can do with this bot',
  allow: 'everyone',
  reply: 'private',
  options: {
    command: {
      type: 'string',
      description: 'The command to explain',
      maxLength: 70,
      suggest: async (_services, typed, reader) => pathsLike(typed, reader),
    },
  },
  run: async (_services, { command }, reader) =>
    command === undefined ? overview(reader) : explain(command, reader),
});
