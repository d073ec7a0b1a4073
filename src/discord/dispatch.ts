import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  Message,
  MessageContextMenuCommandInteraction,
} from 'discord.js';
import type { Logger } from 'pino';
import { toUserError, UserError } from '../errors.js';
import { describeError, localeOf, stringsFor } from '../i18n/index.js';
import type { Services } from '../services/index.js';
import { createAnswer } from './answer.js';
import type {
  Action,
  Allow,
  ButtonAction,
  ChannelOption,
  Command,
  Context,
  OptionSpecs,
  OptionValue,
  OptionValues,
  Reply,
  RoleOption,
  UserOption,
} from './define-command.js';
import { toIncoming } from './events.js';
import { neededPermission, refusals, stricter } from './levels.js';
import { parseButton } from './replies.js';

/** As many choices as Discord shows, and as many characters as it takes for one. */
const MAX_SUGGESTIONS = 25;
const MAX_SUGGESTION = 100;

type Asked = ChatInputCommandInteraction | MessageContextMenuCommandInteraction | ButtonInteraction;

/** One resolved request: who may ask it and where, who sees the answer, and the work itself. */
interface Request {
  command: string;
  allow: Allow;
  reply: ButtonAction['reply'];
  anywhere: boolean;
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
    const strings = stringsFor(localeOf(interaction.locale));
    if (problem !== undefined) return describeError(problem, strings);
    const reference = Math.floor(random() * 36 ** 6)
      .toString(36)
      .padStart(6, '0');
    log.error({ err: error, reference, interaction: interaction.id }, 'a command failed');
    return describeError(new UserError('unexpected', { reference }), strings);
  }

  async function answer(interaction: Asked): Promise<void> {
    let request: Request;
    try {
      request = find(commands, services, interaction);
      authorize(request, interaction);
    } catch (error) {
      const content = explain(error, interaction);
      await interaction.reply({ content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
      return;
    }
    const replaced =
      request.reply === 'update' && interaction.isButton() ? await replaceable(interaction) : undefined;
    if (replaced === undefined) {
      await interaction.deferReply(request.reply === 'private' ? { flags: MessageFlags.Ephemeral } : {});
    }
    const shown = createAnswer(interaction, request.command, now, log, replaced);
    const context: Context = { ...about(interaction), show: (reply) => shown.show(reply) };
    try {
      await shown.finish(await request.run(context));
    } catch (error) {
      const content = explain(error, interaction);
      // What stands in a replaced message is still true, so the error goes beside it.
      if (replaced === undefined) await shown.finish({ content });
      else await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
    }
  }

  /** Who asks, where, and in which language. */
  function about(interaction: Asked | AutocompleteInteraction): Omit<Context, 'show'> {
    const locale = localeOf(interaction.locale);
    return {
      guildId: interaction.guildId ?? '',
      channelId: interaction.channelId,
      userId: interaction.user.id,
      locale,
      strings: stringsFor(locale),
      guildLocale: localeOf(interaction.guildLocale),
      may: (allow) => isAllowed(allow, interaction),
      commands: [...commands.values()],
    };
  }

  /** Offers values for the option that is being typed; what fails offers none. */
  async function suggest(interaction: AutocompleteInteraction): Promise<void> {
    const { name, value } = interaction.options.getFocused(true);
    const spec = suggesting(commands.get(interaction.commandName), interaction)?.[name];
    const wanted = spec?.type === 'string' ? spec.suggest : undefined;
    const found = await wanted?.(services, value, about(interaction));
    const shown = (found ?? []).filter((each) => each.length > 0 && each.length <= MAX_SUGGESTION);
    await interaction.respond(shown.slice(0, MAX_SUGGESTIONS).map((each) => ({ name: each, value: each })));
  }

  return async (interaction: Interaction): Promise<void> => {
    if (interaction.isAutocomplete()) {
      return suggest(interaction).catch((error: unknown) =>
        log.warn({ err: error }, 'nothing was suggested'),
      );
    }
    const isOurs =
      interaction.isChatInputCommand() || interaction.isMessageContextMenuCommand() || interaction.isButton();
    if (!isOurs) return;
    try {
      await answer(interaction);
    } catch (error) {
      log.warn({ err: error, interaction: interaction.id }, 'an answer could not be delivered');
    }
  };
}

/** Acknowledges a pressed button whose message is about to be replaced. */
async function replaceable(interaction: ButtonInteraction): Promise<Message> {
  await interaction.deferUpdate();
  return interaction.message;
}

function find(commands: ReadonlyMap<string, Command>, services: Services, interaction: Asked): Request {
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

function suggesting(
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
  const { reply, run } = actions.action;
  return { command: name, allow, reply, anywhere: false, run: (context) => run(services, message, context) };
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
    run: (context) => button.run(services, pressed.argument, context),
  };
}

/** Fails closed: without known permissions, as in a direct message, nobody is a moderator or manager. */
function authorize({ allow, anywhere }: Request, interaction: Asked): void {
  if (interaction.guildId === null && !anywhere) throw new UserError('guild_only', {});
  if (!isAllowed(allow, interaction)) throw new UserError(refusals[allow] ?? 'managers_only', {});
}

function isAllowed(allow: Allow, interaction: Asked | AutocompleteInteraction): boolean {
  const needed = neededPermission[allow];
  if (needed === undefined) return true;
  // In the whole server, and where it is asked: a permission for one channel alone does not reach into others.
  const inServer = interaction.inCachedGuild() && interaction.member.permissions.has(needed);
  return inServer && interaction.memberPermissions.has(needed);
}

function readOptions(
  specs: OptionSpecs,
  interaction: ChatInputCommandInteraction,
): OptionValues<OptionSpecs> {
  const values: Record<string, OptionValue | undefined> = {};
  for (const [name, { type }] of Object.entries(specs)) {
    if (type === 'channel') values[name] = readChannel(name, interaction);
    else if (type === 'role') values[name] = readRole(name, interaction);
    else if (type === 'user') values[name] = readUser(name, interaction);
    else values[name] = interaction.options.get(name)?.value;
  }
  return values;
}

function readRole(name: string, interaction: ChatInputCommandInteraction): RoleOption | undefined {
  const role = interaction.options.getRole(name);
  return role === null ? undefined : { id: role.id };
}

function readUser(name: string, interaction: ChatInputCommandInteraction): UserOption | undefined {
  const user = interaction.options.getUser(name);
  if (user === null) return undefined;
  const member = interaction.options.getMember(name);
  const nick = member !== null && 'displayName' in member ? member.displayName : undefined;
  return { id: user.id, name: nick ?? user.displayName, isBot: user.bot };
}

function readChannel(name: string, interaction: ChatInputCommandInteraction): ChannelOption | undefined {
  const option = interaction.options.getChannel(name);
  if (option === null || interaction.guildId === null) return undefined;
  const channel = interaction.guild?.channels.cache.get(option.id);
  const permissions = interaction.guild?.members.me?.permissionsIn(option.id);
  const readable =
    channel !== undefined &&
    (permissions?.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory]) ?? false);
  const everyone = interaction.guild?.roles.everyone;
  const isPublic =
    channel === undefined ||
    everyone === undefined ||
    channel.permissionsFor(everyone).has(PermissionFlagsBits.ViewChannel);
  return { id: option.id, guildId: interaction.guildId, readable, isPublic };
}
