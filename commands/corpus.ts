import { consentAction, consentButtons } from '../src/discord/consent.js';
import { action, type Context, defineGroup, type Reply } from '../src/discord/define-command.js';
import { toUserError, UserError } from '../src/errors.js';
import type { BackfillNews, BackfillRequest } from '../src/services/backfilling/backfilling.js';
import { describeError, type Strings } from '../src/i18n/index.js';
import type { Counts } from '../src/services/importing.js';

/** As many bad rows of an import are listed. */
const BAD_ROWS = 5;

export default defineGroup({
  name: 'corpus',
  description: 'What the bot learns from',
  allow: 'managers',
  subcommands: {
    collect: action({
      description: "Collect a channel's messages, from now on and from its recent history",
      reply: 'public',
      options: { channel: { type: 'channel', description: 'The channel to learn from', required: true } },
      run: async ({ backfilling, collecting }, { channel }, context) => {
        if (!channel.readable) throw new UserError('channel_not_readable', { channel: channel.id });
        await collecting.collect(channel);
        const { corpus, backfill } = context.strings;
        const past = await backfilling.recent(request(channel.id, context)).then(
          (outcome) =>
            outcome.kind === 'done' ? corpus.recent({ found: outcome.stored }) : backfill.outcome(outcome),
          (error: unknown) => sentenceFor(error, context.strings),
        );
        return { content: corpus.collecting({ channel: channel.id, past }) };
      },
    }),
    backfill: action({
      description: 'Read the past of a collected channel, with its threads and forum posts',
      reply: 'public',
      options: {
        channel: { type: 'channel', description: 'The channel whose past to read', required: true },
        days: {
          type: 'integer',
          description: 'How many days back; everything without it',
          min: 1,
          max: 36_500,
        },
      },
      run: async ({ backfilling }, { channel, days }, context) => {
        if (!channel.readable) throw new UserError('channel_not_readable', { channel: channel.id });
        const outcome = await backfilling.backfill({ ...request(channel.id, context), days });
        return { content: context.strings.backfill.outcome(outcome) };
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
    import: action({
      description: 'Take in the messages of a file; first says what that would add',
      reply: 'private',
      options: {
        file: {
          type: 'attachment',
          description: 'DiscordChatExporter JSON, a data package, JSON lines or text',
          required: true,
        },
        dry_run: { type: 'boolean', description: 'Only count what would come in' },
        channel: {
          type: 'channel',
          description: 'Where it was written, if the file does not say it (default: here)',
        },
        author: { type: 'user', description: 'Who wrote it, if the file does not say it' },
      },
      run: async ({ importing }, { file, dry_run, channel, author }, context) => {
        const { guildId, channelId, parentId, strings, show } = context;
        show({ content: strings.importing.downloading() });
        const asked = {
          guildId,
          file,
          channelId: channel?.id ?? parentId ?? channelId,
          authorId: author?.id,
        };
        const { counts, token } = await importing.rehearse(asked, dry_run !== true, (read) =>
          show({ content: strings.importing.rehearsing({ read }) }),
        );
        const content = strings.importing.would(listing(counts));
        if (token === undefined) return { content };
        return {
          content,
          buttons: [
            { action: 'import', argument: token, label: strings.importing.buttons.start(), style: 'good' },
            { action: 'leave', argument: '', label: strings.importing.buttons.leave() },
          ],
        };
      },
    }),
    consent: consentAction,
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
      run: async ({ corpusStatuses, pictures }, _options, { guildId, locale, strings }) => {
        const status = await corpusStatuses.of(guildId);
        const { picture } = status;
        const content = strings.corpus.status(status);
        if (picture === undefined) return { content };
        const bytes = await pictures.corpus(picture, { locale });
        return { content, files: [{ name: 'corpus.png', bytes, alt: strings.corpus.statusAlt(picture) }] };
      },
    }),
  },
  buttons: {
    ...consentButtons,
    cancel: {
      reply: 'update',
      run: async ({ backfilling }, channelId, { guildId, strings }) => ({
        content: strings.backfill.outcome(await backfilling.cancel(guildId, channelId)),
      }),
    },
    import: {
      reply: 'update',
      run: async ({ importing }, token, { guildId, strings, show }) => {
        const { counts, isCancelled } = await importing.start(guildId, token, (added, fraction) =>
          show(underWay(added, fraction, strings)),
        );
        const { cancelled, done } = strings.importing;
        return { content: isCancelled ? cancelled(listing(counts)) : done(listing(counts)) };
      },
    },
    leave: {
      reply: 'update',
      run: async ({ importing }, _argument, { guildId, strings }) => {
        await importing.discard(guildId);
        return { content: strings.importing.notImported() };
      },
    },
    cancelImport: {
      reply: 'update',
      run: async ({ importing }, _argument, { guildId, strings }) => {
        importing.cancel(guildId);
        return { content: strings.importing.cancelling() };
      },
    },
  },
});

/** @throws what is not for people */
function sentenceFor(error: unknown, strings: Strings): string {
  const problem = toUserError(error);
  if (problem === undefined) throw error;
  return describeError(problem, strings);
}

/** How finely a backfill's progress is told when it takes long. */
const STEPS = 20;

/** A request that shows how far it is, with a button to cancel it. */
function request(channelId: string, context: Context): BackfillRequest {
  const { guildId, channelId: askedIn, userId: askedBy, strings, show } = context;
  const told = (news: BackfillNews): Reply => ({
    content: strings.backfill.news(news),
    stage: news.kind === 'reading' ? `step ${Math.floor(news.fraction * STEPS)}` : news.kind,
    buttons: [{ action: 'cancel', argument: channelId, label: strings.backfill.cancel(), style: 'danger' }],
  });
  return { guildId, channelId, askedIn, askedBy, onNews: (news) => show(told(news)) };
}

function underWay(added: number, fraction: number, { importing }: Strings): Reply {
  const percent = Math.floor(fraction * 100);
  return {
    content: importing.progress({ added, percent }),
    buttons: [{ action: 'cancelImport', argument: '', label: importing.buttons.cancel() }],
    stage: `step ${Math.floor(percent / 5)}`,
  };
}

/** What fits into one message: the first bad rows, of which there may be as many as there are rows. */
function listing(counts: Counts): Counts {
  return { ...counts, badRows: counts.badRows.slice(0, BAD_ROWS) };
}
