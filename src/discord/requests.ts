import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
} from 'discord.js';
import { UserError } from '../errors.js';
import type { Services } from '../services/index.js';
import type { Action, Allow, ButtonAction, Command, Context, OptionSpecs, Reply } from './define-command.js';
import { toIncoming } from './events.js';
import { stricter } from './levels.js';
import { readOptions } from './read-options.js';
import { parseButton } from './replies.js';

export type Asked = ChatInputCommandInteraction | MessageContextMenuCommandInteraction | ButtonInteraction;

/** One resolved request: who may ask it and where, who sees the answer, and the work itself. */
export interface Request {
  command: string;
  allow: Allow;
  reply: ButtonAction['reply'];
  anywhere: boolean;
  writes: boolean;
  run(context: Context): Promise<Reply>;
}

/** What an interaction asks for. @throws UserError unknown_command, guild_only */
export function find(
  commands: ReadonlyMap<string, Command>,
  services: Services,
  interaction: Asked,
): Request {
  if (interaction.isButton()) return findButton(commands, services, interaction);
  const command = commands.get(interaction.commandName);
  if (command === undefined) throw new UserError('unknown_command', {});
  return interaction.isChatInputCommand()
    ? findAction(command, services, interaction)
    : findMessageAction(command, services, interaction);
}

function findAction(
  { name, allow, actions }: Command,
  services: Services,
  interaction: ChatInputCommandInteraction,
): Request {
  const action = actionOf(actions, interaction);
  if (action === undefined) throw new UserError('unknown_command', {});
  const options = readOptions(action.options, interaction);
  return {
    command: name,
    allow: stricter(allow, action.allow),
    reply: action.reply,
    anywhere: false,
    writes: action.writes ?? false,
    run: (context) => action.run(services, options, context),
  };
}

function actionOf(
  actions: Command['actions'],
  interaction: ChatInputCommandInteraction | AutocompleteInteraction,
): Action | undefined {
  if (actions.kind === 'single') return actions.action;
  return actions.kind === 'subcommands'
    ? actions.subcommands[interaction.options.getSubcommand()]
    : undefined;
}

/** The options of the command that is being typed. */
export function suggesting(
  command: Command | undefined,
  interaction: AutocompleteInteraction,
): OptionSpecs | undefined {
  return command && actionOf(command.actions, interaction)?.options;
}

function findMessageAction(
  { name, allow, actions }: Command,
  services: Services,
  interaction: MessageContextMenuCommandInteraction,
): Request {
  const message = toIncoming(interaction.targetMessage);
  if (actions.kind !== 'message') throw new UserError('unknown_command', {});
  if (message === undefined) throw new UserError('guild_only', {});
  const { reply, writes = false, run } = actions.action;
  return {
    command: name,
    allow,
    reply,
    anywhere: false,
    writes,
    run: (context) => run(services, message, context),
  };
}

function findButton(
  commands: ReadonlyMap<string, Command>,
  services: Services,
  interaction: ButtonInteraction,
): Request {
  const pressed = parseButton(interaction.customId);
  const command = commands.get(pressed.command);
  const button = command?.buttons[pressed.action];
  if (command === undefined || button === undefined) throw new UserError('unknown_command', {});
  return {
    command: command.name,
    allow: button.allow ?? command.allow,
    reply: button.reply,
    anywhere: button.anywhere ?? false,
    writes: button.writes ?? false,
    run: (context) => button.run(services, pressed.argument, context),
  };
}
