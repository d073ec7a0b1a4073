import { escapeMarkdown } from '../src/corpus/highlight.js';
import { action, type ChannelOption, defineGroup } from '../src/discord/define-command.js';
import { UserError } from '../src/errors.js';

const QUIET_MINUTES = 15;
/** A week. */
const MAX_QUIET_MINUTES = 7 * 24 * 60;

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
      run: async ({ talk }, { percent, channel }, { guildId, channelId, strings }) => {
        const place = placeOf(channel, channelId);
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
      run: async ({ talk }, { minutes = QUIET_MINUTES, channel }, { guildId, channelId, may, strings }) => {
        const place = placeOf(channel, channelId);
        const until = await talk.quiet(guildId, place, minutes, may('moderators'));
        return { content: strings.talking.talk.quiet({ place, until, now: minutes === 0 }) };
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
    status: action({
      description: 'How the bot talks here, and what people think of it',
      reply: 'private',
      options: {},
      run: async ({ talk, voting }, _options, { guildId, may, strings }) => {
        const votes = await voting.byVersion(guildId);
        const blocked = may('moderators') ? talk.blocked(guildId).map(escapeMarkdown) : undefined;
        return { content: strings.talking.talk.status({ ...talk.status(guildId), votes, blocked }) };
      },
    }),
  },
});

function placeOf(channel: ChannelOption | undefined, here: string): string {
  return channel?.id ?? here;
}
