import { type ChatInputCommandInteraction, PermissionFlagsBits } from 'discord.js';
import { audienceIn } from './audience-in.js';
import type {
  AttachmentOption,
  ChannelOption,
  OptionSpecs,
  OptionValue,
  OptionValues,
  RoleOption,
  UserOption,
} from './define-command.js';

/** The values of a command's options, by their declarations. */
export function readOptions(
  specs: OptionSpecs,
  interaction: ChatInputCommandInteraction,
): OptionValues<OptionSpecs> {
  const values: Record<string, OptionValue | undefined> = {};
  for (const [name, { type }] of Object.entries(specs)) {
    if (type === 'channel') values[name] = readChannel(name, interaction);
    else if (type === 'role') values[name] = readRole(name, interaction);
    else if (type === 'user') values[name] = readUser(name, interaction);
    else if (type === 'attachment') values[name] = readAttachment(name, interaction);
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

function readAttachment(
  name: string,
  interaction: ChatInputCommandInteraction,
): AttachmentOption | undefined {
  const attachment = interaction.options.getAttachment(name);
  return attachment === null
    ? undefined
    : { url: attachment.url, name: attachment.name, bytes: attachment.size };
}

function readChannel(name: string, interaction: ChatInputCommandInteraction): ChannelOption | undefined {
  const option = interaction.options.getChannel(name);
  if (option === null || interaction.guildId === null) return undefined;
  const channel = interaction.guild?.channels.cache.get(option.id);
  const permissions = interaction.guild?.members.me?.permissionsIn(option.id);
  const { AttachFiles, EmbedLinks, ReadMessageHistory, SendMessages, SendMessagesInThreads, ViewChannel } =
    PermissionFlagsBits;
  const may = (...needed: bigint[]) => channel !== undefined && (permissions?.has(needed) ?? false);
  const speaking = channel?.isThread() === true ? SendMessagesInThreads : SendMessages;
  const everyone = interaction.guild?.roles.everyone;
  const isPublic =
    channel === undefined ||
    everyone === undefined ||
    channel.permissionsFor(everyone).has(PermissionFlagsBits.ViewChannel);
  return {
    id: option.id,
    guildId: interaction.guildId,
    readable: may(ViewChannel, ReadMessageHistory),
    writable: channel?.isSendable() === true && may(ViewChannel, speaking, EmbedLinks, AttachFiles),
    isPublic,
    audience: audienceIn(channel),
  };
}
