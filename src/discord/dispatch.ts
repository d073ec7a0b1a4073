import { MessageFlags } from 'discord.js';
import type { AutocompleteInteraction, ButtonInteraction, Interaction, Message } from 'discord.js';
import type { Logger } from 'pino';
import { toUserError, UserError } from '../errors.js';
import { describeError, localeOf, stringsFor } from '../i18n/index.js';
import type { Admission, FairUse } from '../services/fair-use.js';
import type { Services } from '../services/index.js';
import { createAnswer } from './answer.js';
import { audienceIn } from './audience-in.js';
import type { Allow, Command, Context } from './define-command.js';
import { neededPermission, refusals } from './levels.js';
import { type Asked, find, type Request, suggesting } from './requests.js';

/** As many choices as Discord shows, and as many characters as it takes for one. */
const MAX_SUGGESTIONS = 25;
const MAX_SUGGESTION = 100;
/** Who waits longer is told. */
const NOTICEABLE_WAIT_MS = 2_000;

/** Routes interactions to commands. The only place that catches what they throw. */
export function createDispatch(parts: {
  commands: ReadonlyMap<string, Command>;
  services: Services;
  fairUse: FairUse;
  now: () => number;
  random: () => number;
  log: Logger;
}) {
  const { commands, services, fairUse, now, random, log } = parts;

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
    let admission: Admission | undefined;
    try {
      request = find(commands, services, interaction);
      authorize(request, interaction);
      if (request.writes) admission = await fairUse.admit(interaction.user.id, interaction.channelId);
    } catch (error) {
      const content = explain(error, interaction);
      await interaction.reply({ content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
      return;
    }
    try {
      await carryOut(request, interaction, admission?.waitMs ?? 0);
    } finally {
      admission?.release();
    }
  }

  /** Acknowledges at once, does the work, and answers. */
  async function carryOut(request: Request, interaction: Asked, waitMs: number): Promise<void> {
    const replaced =
      request.reply === 'update' && interaction.isButton() ? await replaceable(interaction) : undefined;
    if (replaced === undefined) {
      await interaction.deferReply(request.reply === 'private' ? { flags: MessageFlags.Ephemeral } : {});
    }
    const shown = createAnswer(interaction, request.command, now, log, replaced);
    const context: Context = { ...about(interaction), show: (reply) => shown.show(reply) };
    if (waitMs >= NOTICEABLE_WAIT_MS) {
      const seconds = Math.ceil(waitMs / 1_000);
      shown.show({ content: context.strings.fairUse.queued({ seconds }) });
    }
    try {
      await shown.finish(await request.run(context));
    } catch (error) {
      const content = explain(error, interaction);
      // What stands in a message that was not replaced is still true, so the error goes beside it.
      if (replaced === undefined || (await shown.settled())) await shown.finish({ content });
      else await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
    }
  }

  /** Who asks, where, and in which language. */
  function about(interaction: Asked | AutocompleteInteraction): Omit<Context, 'show'> {
    const locale = localeOf(interaction.locale);
    return {
      guildId: interaction.guildId ?? '',
      channelId: interaction.channelId,
      parentId: (interaction.channel?.isThread() && interaction.channel.parentId) || undefined,
      audience: audienceIn(interaction.channel),
      messageId: interaction.isButton() ? interaction.message.id : undefined,
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
