import { escapeMarkdown } from '../src/corpus/highlight.js';
import { action, type ChannelOption, type Context, defineGroup } from '../src/discord/define-command.js';
import { UserError } from '../src/errors.js';
import { type Place, placeIdOf } from '../src/services/talking/settings.js';
import { talkStatus } from '../src/services/talking/talk-status.js';

const QUIET_MINUTES = 15;
/** A week. */
const MAX_QUIET_MINUTES = 7 * 24 * 60;
/** As many as are remembered. */
const MAX_FORGIVEN = 1_000;

export default defineGroup({
  name: 'talk',
  description: 'When the bot talks, and what it must not say',
  allow: 'everyone',
  subcommands: {
    chance: action({
      description: 'Answer some messages of a channel by chance; 0 never',
      allow: 'managers',
      reply: 'private',
      options: {
        percent: {
          type: 'number',
          description: 'Of the messages, how many in a hundred',
          required: true,
          min: 0,
          max: 50,
        },
        channel: { type: 'channel', description: 'Where (default here)' },
      },
      run: async ({ talk }, { percent, channel }, context) => {
        const { guildId, strings } = context;
        const place = placeIdOf(placeOf(channel, context));
        if (channel?.readable === false) throw new UserError('channel_not_readable', { channel: place });
        await talk.setChance(guildId, place, percent);
        return { content: strings.talking.talk.chance({ place, percent }) };
      },
    }),
    quiet: action({
      description: 'Keep the bot from answering anybody in a channel for a while',
      reply: 'public',
      options: {
        minutes: {
          type: 'integer',
          description: 'How long (default 15); more than 60, or 0 to end it, is for moderators',
          min: 0,
          max: MAX_QUIET_MINUTES,
        },
        channel: { type: 'channel', description: 'Where (default here)' },
      },
      run: async ({ talk }, { minutes = QUIET_MINUTES, channel }, context) => {
        const { guildId, may, strings } = context;
        const place = placeOf(channel, context);
        const until = await talk.quiet(guildId, place, minutes, may('moderators'));
        const quiet = { place: placeIdOf(place), until };
        const isStill = minutes === 0 && until !== undefined;
        return {
          content: strings.talking.talk.quiet({ ...quiet, channel: isStill ? place.channelId : undefined }),
        };
      },
    }),
    block: action({
      description: 'A word or phrase that the bot must not say, however it is spelled',
      allow: 'moderators',
      reply: 'private',
      options: { word: { type: 'string', description: 'The word', required: true, maxLength: 100 } },
      run: async ({ talk }, { word }, { guildId, userId, strings }) => {
        const blocked = await talk.block(guildId, word, userId);
        return { content: strings.talking.talk.blocked({ word: escapeMarkdown(blocked) }) };
      },
    }),
    unblock: action({
      description: 'A word or phrase that the bot may say again',
      allow: 'moderators',
      reply: 'private',
      options: {
        word: {
          type: 'string',
          description: 'The word',
          required: true,
          maxLength: 100,
          suggest: async ({ talk }, typed, { guildId, may }) =>
            may('moderators')
              ? talk.blocked(guildId).filter((word) => word.includes(typed.trim().toLowerCase()))
              : [],
        },
      },
      run: async ({ talk }, { word }, { guildId, strings }) => {
        const unblocked = await talk.unblock(guildId, word);
        return { content: strings.talking.talk.unblocked({ word: escapeMarkdown(unblocked) }) };
      },
    }),
    verbatim: action({
      description: 'How much of one message the bot may repeat word for word',
      allow: 'managers',
      reply: 'private',
      options: {
        characters: {
          type: 'integer',
          description: 'Characters in a row (at first 40)',
          min: 40,
          max: 400,
        },
        unlimited: { type: 'boolean', description: 'Any number of them' },
      },
      run: async ({ talk }, { characters, unlimited = false }, { guildId, strings }) => {
        const isClear = (characters === undefined) === unlimited;
        if (!isClear) throw new UserError('choose_characters_or_unlimited', {});
        await talk.setMaxVerbatim(guildId, characters);
        return { content: strings.talking.talk.verbatim({ characters }) };
      },
    }),
    forgive: action({
      description: 'Let the bot say texts again that were taken back',
      allow: 'moderators',
      reply: 'private',
      options: {
        count: {
          type: 'integer',
          description: 'How many, from the newest on (default 1)',
          min: 1,
          max: MAX_FORGIVEN,
        },
      },
      run: async ({ voting }, { count = 1 }, { guildId, strings }) => {
        const forgiven = await voting.forgive(guildId, count);
        return { content: strings.talking.talk.forgiven({ count: forgiven }) };
      },
    }),
    status: action({
      description: 'How the bot talks here, and what people think of it',
      reply: 'private',
      options: {},
      run: async ({ talk, voting }, _options, context) => {
        const { guildId, may, strings } = context;
        // What is set for channels that not everyone sees is not everyone's business.
        const blocked = may('moderators') ? talk.blocked(guildId) : undefined;
        const settings = talk.status(guildId, blocked ? undefined : placeOf(undefined, context));
        const status = talkStatus(settings, await voting.byVersion(guildId), blocked);
        const isListed = blocked !== undefined && status.blocked?.words === undefined;
        const list = { name: 'blocked.txt', alt: strings.talking.talk.blockedAlt() };
        return {
          content: strings.talking.talk.status(status),
          files: isListed ? [{ ...list, bytes: new TextEncoder().encode(blocked.join('\n')) }] : [],
        };
      },
    }),
  },
});

/** The channel that was chosen, or where it is asked. */
function placeOf(
  channel: ChannelOption | undefined,
  { channelId, parentId }: Pick<Context, 'channelId' | 'parentId'>,
): Place {
  if (channel !== undefined) return { channelId: channel.id };
  return parentId === undefined ? { channelId } : { channelId: parentId, threadId: channelId };
}
