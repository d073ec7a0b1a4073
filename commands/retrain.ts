import { type Context, defineCommand, readersOption, type Reply } from '../src/discord/define-command.js';
import type { Strings } from '../src/i18n/index.js';
import type { Services } from '../src/services/index.js';
import { PUBLIC } from '../src/services/readers.js';
import type { Estimate } from '../src/services/retraining/estimating.js';

export default defineCommand({
  name: 'retrain',
  description: "Train a new model on this server's corpus; first says what that takes",
  allow: 'managers',
  reply: 'public',
  options: {
    minutes: { type: 'number', description: 'How long to train', min: 0.05, max: 1_440 },
    fresh: { type: 'boolean', description: 'Begin from nothing, without what the live model knows' },
    for: readersOption,
  },
  run: async ({ audiences, retraining }, { minutes, fresh = false, for: channel }, { guildId, strings }) => {
    const own = channel && (await audiences.of(channel));
    const readers = { guildId, audience: own?.id ?? PUBLIC };
    const estimate = await retraining.estimate(readers, { minutes, fresh });
    return described(estimate, { fresh, guildId, namedBy: own?.channel_id }, strings);
  },
  buttons: {
    start: {
      reply: 'update',
      run: async (services, argument, context) => {
        const { guildId, strings } = context;
        const [minutes, kind, version, namedBy = ''] = argument.split('/');
        const own = namedBy === '' ? undefined : await services.audiences.namedBy(guildId, namedBy);
        const asked = { minutes: Number(minutes), fresh: kind === 'fresh', audience: own?.id ?? PUBLIC };
        const estimate = await services.retraining.estimate({ guildId, ...asked }, asked);
        if (versionIn(estimate) === version) return start(services, asked, context);
        const about = { fresh: asked.fresh, guildId, namedBy: own?.channel_id };
        const reply = described(estimate, about, strings);
        return { ...reply, content: `${strings.retrain.changedSince()}\n${reply.content}` };
      },
    },
    leave: {
      reply: 'update',
      run: async (_services, _argument, { strings }) => ({ content: strings.retrain.notStarted() }),
    },
  },
});

/** What a training would do, and the choice to start it, which knows the live version that this was said of. */
function described(
  estimate: Estimate,
  { fresh, guildId, namedBy }: { fresh: boolean; guildId: string; namedBy: string | undefined },
  strings: Strings,
): Reply {
  const told = strings.retrain.estimate({ ...estimate, guildId });
  const argument = [estimate.minutes, fresh ? 'fresh' : '', versionIn(estimate), namedBy ?? ''].join('/');
  return {
    content: namedBy === undefined ? told : `${strings.audiences.whose({ channel: namedBy })}\n${told}`,
    buttons: [
      { action: 'start', argument, label: strings.retrain.start(), style: 'good' },
      { action: 'leave', argument: '', label: strings.retrain.notNow() },
    ],
  };
}

function versionIn({ news }: Estimate): string {
  return news === undefined ? '' : String(news.version);
}

/** How finely a training's progress is told when it takes long. */
const STEPS = 20;

/** Trains, saying how far it is, and then what came of it. */
async function start(
  { retraining, describeOutcome }: Services,
  asked: { minutes: number; fresh: boolean; audience: string },
  { guildId, channelId, userId, strings, guildLocale, show }: Context,
): Promise<Reply> {
  const outcome = await retraining.retrain({
    guildId,
    channelId,
    userId,
    ...asked,
    onWait(ahead) {
      const content = strings.retrain.waiting({ ahead, guildId });
      show({ content, stage: content });
    },
    onBegin: () => show({ content: strings.retrain.preparing(), stage: 'begun' }),
    onProgress: (progress) =>
      show({
        content: strings.retrain.progress(progress),
        stage: `step ${Math.floor(progress.fraction * STEPS)}`,
      }),
  });
  return describeOutcome({ guildId, channelId }, outcome, guildLocale);
}
