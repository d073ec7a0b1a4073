import { action, defineGroup } from '../src/discord/define-command.js';
import { UserError } from '../src/errors.js';

export default defineGroup({
  name: 'corpus',
  description: 'What the bot learns from',
  allow: 'managers',
  subcommands: {
    collect: action({
      description: "Collect a channel's messages, from now on and from its recent history",
      reply: 'private',
      options: { channel: { type: 'channel', description: 'The channel to learn from', required: true } },
      run: async ({ collecting }, { channel }, { strings, show }) => {
        if (!channel.readable) throw new UserError('channel_not_readable', { channel: channel.id });
        const found = await collecting.collect(channel, (soFar) =>
          show({ content: strings.corpus.collectingProgress({ channel: channel.id, found: soFar }) }),
        );
        return { content: strings.corpus.collecting({ channel: channel.id, found }) };
      },
    }),
    ignore: action({
      description: 'Stop collecting a channel and leave it out of training',
      reply: 'private',
      options: { channel: { type: 'channel', description: 'The channel to leave out', required: true } },
      run: async ({ collecting }, { channel }, { strings }) => {
        await collecting.ignore(channel);
        return { content: strings.corpus.ignoring({ channel: channel.id }) };
      },
    }),
    audience: action({
      description: 'A model of its own for those who can read a channel; without options, which there are',
      reply: 'private',
      options: {
        channel: { type: 'channel', description: 'A channel that not everyone can read' },
        remove: {
          type: 'boolean',
          description: 'True: erase that model, and learn nothing from these channels',
        },
      },
      run: async ({ audiences }, { channel, remove = false }, { guildId, strings }) => {
        if (channel === undefined) {
          if (remove) throw new UserError('audience_channel_missing', {});
          return { content: strings.audiences.list({ audiences: await audiences.list(guildId) }) };
        }
        if (!remove) return { content: strings.audiences.added(await audiences.add(channel)) };
        return {
          content: strings.audiences.removed({ channel: channel.id, left: await audiences.remove(channel) }),
        };
      },
    }),
    status: action({
      description: 'What the corpus holds and which model is live',
      reply: 'private',
      options: {},
      run: async ({ collecting }, _options, { guildId, strings }) => ({
        content: strings.corpus.status(await collecting.status(guildId)),
      }),
    }),
  },
});
