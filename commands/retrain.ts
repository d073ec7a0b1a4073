import { defineCommand } from '../src/discord/define-command.js';

export default defineCommand({
  name: 'retrain',
  description: "Train a new model on this server's corpus",
  allow: 'managers',
  reply: 'public',
  options: {
    minutes: { type: 'number', description: 'How long to train', min: 0.05, max: 1_440 },
  },
  run: async ({ retraining }, { minutes }, { guildId, channelId, strings, show }) => {
    show({ content: strings.retrain.preparing() });
    const outcome = await retraining.retrain({
      guildId,
      channelId,
      minutes,
      onProgress: (progress) => show({ content: strings.retrain.progress(progress) }),
    });
    return { content: strings.retrain.outcome(outcome) };
  },
});
