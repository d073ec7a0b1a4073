import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import type { ButtonInteraction, ChatInputCommandInteraction, Interaction } from 'discord.js';
import type { Logger } from 'pino';
import { toUserError, UserError } from '../errors.js';
import { describeError } from '../i18n/index.js';
import type { Services } from '../services/index.js';
import { createAnswer } from './answer.js';
import type {
  Action,
  ChannelOption,
  Command,
  Context,
  OptionSpecs,
  OptionValues,
  Reply,
} from './define-command.js';
import { parseButton } from './replies.js';

type Asked = ChatInputCommandInteraction | ButtonInteraction;

/** One resolved request: who may ask it, who sees the answer, and the work itself. */
interface Request {
  command: string;
  allow: Command['allow'];
  reply: Action['reply'];
  run(context: Context): Promise<Reply>;
}

/** Routes interactions to commands. The only place that catches what they throw. */
export function createDispatch(parts: {
  commands: ReadonlyMap<string, Command>;
  services: Services;
  now: () => number;
  random: () => number;
  log: Logger;
}) {
  const { commands, services, now, random, log } = parts;

  /** The sentence for an error; what is not meant for people is logged under a reference. */
  function explain(error: unknown, interaction: Asked): string {
    const problem = toUserError(error);
    if (problem !== undefined) return describeError(problem);
    const reference = Math.floor(random() * 36 ** 6)
      .toString(36)
      .padStart(6, '0');
    log.error({ err: error, reference, interaction: interaction.id }, 'a command failed');
    return describeError(new UserError('unexpected', { reference }));
  }

  async function answer(interaction: Asked): Promise<void> {
    let request: Request;
    try {
      request = interaction.isButton()
        ? findButton(commands, services, interaction)
        : findCommand(commands, services, interaction);
      authorize(request, interaction);
    } catch (error) {
      const content = explain(error, interaction);
      await interaction.reply({ content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
      return;
    }
    await interaction.deferReply(request.reply === 'private' ? { flags: MessageFlags.Ephemeral } : {});
    const shown = createAnswer(interaction, request.command, now, log);
    const context: Context = {
      guildId: interaction.guildId ?? '',
      channelId: interaction.channelId,
      userId: interaction.user.id,
      show: (reply) => shown.show(reply),
    };
    await shown.finish(
      await request.run(context).catch((error: unknown) => ({ content: explain(error, interaction) })),
    );
  }

  return async (interaction: Interaction): Promise<void> => {
    if (!interaction.isChatInputCommand() && !interaction.isButton()) return;
    try {
      await answer(interaction);
    } catch (error) {
      log.warn({ err: error, interaction: interaction.id }, 'an answer could not be delivered');
    }
  };
}

function findCommand(
  commands: ReadonlyMap<string, Command>,
  services: Services,
  interaction: ChatInputCommandInteraction,
): Request {
  const command = commands.get(interaction.commandName);
  if (command === undefined) throw new UserError('unknown_command', {});
  const action =
    command.actions.kind === 'single'
      ? command.actions.action
      : command.actions.subcommands[interaction.options.getSubcommand()];
  if (action === undefined) throw new UserError('unknown_command', {});
  const options = readOptions(action.options, interaction);
  return {
    command: command.name,
    allow: command.allow,
    reply: action.reply,
    run: (context) => action.run(services, options, context),
  };
}

function findButton(
  commands: ReadonlyMap<string, Command>,
  services: Services,
  interaction: ButtonInteraction,
): Request {
  const pressed = parseButton(interaction.customId);
  const command = commands.get(pressed.command);
  const run = command?.buttons[pressed.action];
  if (command === undefined || run === undefined) throw new UserError('unknown_command', {});
  return {
    command: command.name,
    allow: command.allow,
    reply: 'public',
    run: (context) => run(services, pressed.argument, context),
  };
}

/** Fails closed: without a guild or without known permissions nobody is a manager. */
function authorize(request: Request, interaction: Asked): void {
  if (interaction.guildId === null) throw new UserError('guild_only', {});
  const isManager = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
  if (request.allow === 'managers' && !isManager) throw new UserError('managers_only', {});
}

function readOptions(
  specs: OptionSpecs,
  interaction: ChatInputCommandInteraction,
): OptionValues<OptionSpecs> {
  const values: Record<string, string | number | ChannelOption | undefined> = {};
  for (const [name, { type }] of Object.entries(specs)) {
    const value = type === 'channel' ? readChannel(name, interaction) : interaction.options.get(name)?.value;
    values[name] = typeof value === 'boolean' ? undefined : value;
  }
  return values as OptionValues<OptionSpecs>;
}

function readChannel(name: string, interaction: ChatInputCommandInteraction): ChannelOption | undefined {
  const option = interaction.options.getChannel(name);
  if (option === null || interaction.guildId === null) return undefined;
  const channel = interaction.guild?.channels.cache.get(option.id);
  const permissions = interaction.guild?.members.me?.permissionsIn(option.id);
  const readable =
    channel !== undefined &&
    (permissions?.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory]) ?? false);
  return { id: option.id, guildId: interaction.guildId, readable };
}
