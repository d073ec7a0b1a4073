import { highlight } from '../src/corpus/highlight.js';
import {
  action,
  type ButtonAction,
  type Context,
  defineGroup,
  type Reply,
} from '../src/discord/define-command.js';
import { UserError } from '../src/errors.js';
import { stringsFor } from '../src/i18n/index.js';
import { flagButtons, flagMessage } from '../src/services/moderation/flag-message.js';
import type { Services } from '../src/services/index.js';

const LOG_LINES = 8;
const LOG_QUOTE = 50;
const EXAMPLE_QUOTE = 70;
const FULL_QUOTE = 1_500;

export default defineGroup({
  name: 'spam',
  description: 'Flags for moderators',
  allow: 'moderators',
  subcommands: {
    watch: action({
      description: 'Send flags to a review channel; nothing is done to anybody',
      allow: 'managers',
      reply: 'private',
      options: {
        channel: { type: 'channel', description: "The moderators' channel for flags" },
        threshold: { type: 'number', description: 'How sure a flag must be (default 0.9)', min: 0.5, max: 1 },
        off: { type: 'boolean', description: 'Stop watching' },
      },
      run: async ({ moderating }, { channel, threshold, off }, { guildId, strings }) => {
        if (off === true) {
          await moderating.unwatch(guildId);
          return { content: strings.spam.unwatched() };
        }
        if (channel === undefined) throw new UserError('choose_channel_or_off', {});
        const settings = await moderating.watch(guildId, channel.id, threshold);
        const lines = [strings.spam.watching(settings), strings.spam.automatic(settings)];
        if (channel.isPublic) lines.push(strings.spam.publicReview({ channel: channel.id }));
        return { content: lines.join('\n') };
      },
    }),
    auto: action({
      description: 'What happens by itself to messages that are surely spam; needs a backtest first',
      allow: 'managers',
      reply: 'private',
      options: {
        action: {
          type: 'string',
          description: 'What happens',
          required: true,
          choices: ['none', 'delete', 'timeout'],
        },
        threshold: { type: 'number', description: 'From which probability on', min: 0.9, max: 1 },
        minutes: {
          type: 'integer',
          description: 'How long time-outs take (default 60)',
          min: 1,
          max: 40_000,
        },
      },
      run: async ({ moderating }, change, { guildId, strings, ...asked }) => ({
        content: strings.spam.automatic(await moderating.automate(guildId, change, asked)),
      }),
    }),
    exempt: action({
      description: 'Leave a role or a channel alone, or show which are',
      allow: 'managers',
      reply: 'private',
      options: {
        role: { type: 'role', description: 'Whose messages are left alone' },
        channel: { type: 'channel', description: 'Where messages are left alone' },
        remove: { type: 'boolean', description: 'Watch it again' },
      },
      run: async ({ moderating }, { role, channel, remove }, { guildId, strings }) => {
        const change = remove === true ? moderating.include : moderating.exempt;
        if (role !== undefined) await change(guildId, { kind: 'role', target_id: role.id });
        if (channel !== undefined) await change(guildId, { kind: 'channel', target_id: channel.id });
        return { content: strings.spam.exemptions({ exemptions: moderating.exemptions(guildId) }) };
      },
    }),
    backtest: action({
      description: 'Show what would have happened on past messages',
      allow: 'managers',
      reply: 'private',
      options: {
        days: { type: 'integer', description: 'How far back (default 30)', min: 1, max: 365 },
        threshold: {
          type: 'number',
          description: 'From which probability on it would have acted (default 0.95)',
          min: 0.5,
          max: 1,
        },
      },
      run: async ({ moderating }, { days = 30, threshold = 0.95 }, { guildId, strings, show }) => {
        const report = await moderating.backtest(guildId, { days, threshold }, (done) =>
          show({ content: strings.spam.backtestProgress({ done }) }),
        );
        return { content: strings.spam.backtest(report, ({ content }) => quote(content, EXAMPLE_QUOTE)) };
      },
    }),
    retrain: action({
      description: "Learn from moderators' verdicts",
      allow: 'managers',
      reply: 'public',
      options: { minutes: { type: 'number', description: 'How long to train', min: 0.05, max: 120 } },
      run: async ({ moderating }, { minutes }, { guildId, strings, show }) => {
        show({ content: strings.spam.learning() });
        const outcome = await moderating.retrain(guildId, minutes, (ahead) =>
          show({ content: strings.retrain.waiting({ ahead, guildId }) }),
        );
        return { content: strings.spam.learned(outcome) };
      },
    }),
    review: action({
      description: 'The next flag to judge',
      reply: 'private',
      options: {},
      run: async (services, _options, context) => review(services, context, 0),
    }),
    stats: action({
      description: 'How many flags, how right they were, and the settings',
      reply: 'private',
      options: {},
      run: async ({ moderating, pictures }, _options, { guildId, locale, strings }) => {
        const stats = await moderating.stats(guildId);
        // Versions that no verdict has tested have nothing to show.
        const tested = stats.versions.filter(({ verdicts }) => verdicts > 0);
        const alt = strings.spam.versionsAlt(tested);
        const draw = async () => ({
          name: 'versions.png',
          bytes: await pictures.spamVersions(tested, { locale }),
          alt,
        });
        return { content: strings.spam.stats(stats), files: tested.length === 0 ? [] : [await draw()] };
      },
    }),
    log: action({
      description: 'What was done to messages and members, with what can be undone',
      reply: 'private',
      options: {},
      run: async (services, _options, context) => log(services, context),
    }),
  },
  buttons: {
    confirm: judging((services, id, { guildId, userId }) =>
      services.moderating.judge(id, guildId, 'confirmed', userId),
    ),
    clear: judging((services, id, { guildId, userId }) =>
      services.moderating.judge(id, guildId, 'false_alarm', userId),
    ),
    delete: judging((services, id, { guildId, userId }) =>
      services.moderating.act(id, guildId, 'delete', userId),
    ),
    timeout: {
      ...judging((services, id, { guildId, userId }) =>
        services.moderating.act(id, guildId, 'timeout', userId),
      ),
      allow: 'timers',
    },
    next: {
      reply: 'update',
      run: async (services, place, context) => review(services, context, Number(place)),
    },
    undo: {
      allow: 'timers',
      reply: 'update',
      run: async (services, id, context) => {
        await services.moderating.undo(id, context.guildId, context.userId);
        return log(services, context);
      },
    },
    show: {
      reply: 'private',
      run: async ({ moderating }, id, { guildId, strings }) => {
        const action = await moderating.logged(id, guildId);
        const text = action.content === null ? strings.spam.erased() : quote(action.content, FULL_QUOTE);
        return { content: strings.spam.logged({ action, quote: text }) };
      },
    },
    dispute: {
      allow: 'everyone',
      anywhere: true,
      reply: 'update',
      run: async ({ moderating }, id, { userId, strings }) => {
        await moderating.dispute(id, userId);
        return { content: strings.spam.disputed() };
      },
    },
  },
});

/** In which server somebody reads, and in which language. */
type Reader = Pick<Context, 'guildId' | 'strings'>;

type Judge = (...asked: Parameters<ButtonAction['run']>) => ReturnType<Services['moderating']['judge']>;

/**
 * A button on a flag. In the queue its argument also says at which place, so that the next flag is at hand;
 * elsewhere the flag is one that all moderators see, and stays in the server's language.
 */
function judging(judge: Judge): ButtonAction {
  return {
    reply: 'update',
    run: async (services, argument, context) => {
      const [id, place] = argument.split('/');
      const flag = await judge(services, id, context);
      if (place === undefined) return flagMessage(flag, stringsFor(context.guildLocale));
      const { strings } = context;
      const { open } = await services.moderating.next(context.guildId, 0);
      const next = { action: 'next', argument: place, label: strings.spam.buttons.next() };
      return {
        content: flagMessage(flag, strings, strings.spam.queueLeft({ open })).content,
        buttons: open === 0 ? [] : [next],
      };
    },
  };
}

/** One open flag, with a button to leave it for later. */
async function review({ moderating }: Services, { guildId, strings }: Reader, place: number): Promise<Reply> {
  const { flag, place: found, open } = await moderating.next(guildId, place);
  if (flag === undefined) return { content: strings.spam.queueEmpty() };
  const skip = { action: 'next', argument: String(found + 1), label: strings.spam.buttons.skip() };
  return {
    content: flagMessage(flag, strings, strings.spam.queue({ open })).content,
    buttons: [...flagButtons(flag, `${flag.id}/${found}`, strings), ...(open > 1 ? [skip] : [])],
  };
}

async function log({ moderating }: Services, { guildId, strings }: Reader): Promise<Reply> {
  const actions = await moderating.newest(guildId, LOG_LINES);
  const quoted = actions.map((action) => ({ ...action, quote: quote(action.content ?? '', LOG_QUOTE) }));
  const buttons = actions.flatMap(({ id: argument, kind, undoable }, index) => {
    const line = index + 1;
    if (undoable) return [{ action: 'undo', argument, label: strings.spam.buttons.undo({ line }) }];
    if (kind === 'delete') return [{ action: 'show', argument, label: strings.spam.buttons.show({ line }) }];
    return [];
  });
  return { content: strings.spam.log({ actions: quoted }), buttons };
}

/** A text on one line, with nothing in it that formats, links or mentions. */
function quote(text: string, limit: number): string {
  return highlight(text.replace(/\s/g, ' '), [], limit);
}
