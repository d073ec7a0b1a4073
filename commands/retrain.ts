import { type Context, defineCommand, type Reply } from '../src/discord/define-command.js';
import type { Services } from '../src/services/index.js';

export default defineCommand({
  name: 'retrain',
  description: "Train a new model on this server's corpus; first says what that takes",
  allow: 'managers',
  reply: 'public',
  options: {
    minutes: { type: 'number', description: 'How long to train', min: 0.05, max: 1_440 },
    fresh: { type: 'boolean', description: 'Begin from nothing, without what the live model knows' },
  },
  run: async ({ retraining }, { minutes, fresh = false }, { guildId, strings }) => {
    const estimate = await retraining.estimate(guildId, { minutes, fresh });
    const argument = `${estimate.minutes}/${fresh ? 'fresh' : ''}`;
    return {
      content: strings.retrain.estimate({ ...estimate, guildId }),
      buttons: [
        { action: 'start', argument, label: strings.retrain.start(), style: 'good' },
        { action: 'leave', argument: '', label: strings.retrain.notNow() },
      ],
    };
  },
  buttons: {
    start: {
      reply: 'update',
      run: (services, argument, context) => {
        const [minutes, fresh] = argument.split('/');
        return start(services, { minutes: Number(minutes), fresh: fresh === 'fresh' }, context);
      },
    },
    leave: {
      reply: 'update',
      run: async (_services, _argument, { strings }) => ({ content: strings.retrain.notStarted() }),
    },
  },
});

/** Trains, saying how far it is, and then what came of it. */
async function start(
  { retraining, describeOutcome }: Services,
  asked: { minutes: number; fresh: boolean },
  { guildId, channelId, userId, strings, guildLocale, show }: Context,
): Promise<Reply> {
  const outcome = await retraining.retrain({
    guildId,
    channelId,
    userId,
    ...asked,
    onWait: (ahead) => show({ content: strings.retrain.waiting({ ahead, guildId }) }),
    onBegin: () => show({ content: strings.retrain.preparing() }),
    onProgress: (progress) => show({ content: strings.retrain.progress(progress) }),
  });
  return describeOutcome(guildId, outcome, guildLocale);
}
