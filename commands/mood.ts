import { defineCommand } from '../src/discord/define-command.js';
import { moodCsv } from '../src/services/feeling/mood-csv.js';

export default defineCommand({
  name: 'mood',
  description: 'Draws how a channel felt over time, as a picture and as a table',
  allow: 'moderators',
  reply: 'private',
  options: {
    channel: { type: 'channel', description: 'The channel, one that is collected', required: true },
    days: { type: 'integer', description: 'How many days back (default 30)', min: 1, max: 365 },
  },
  run: async ({ feeling, pictures }, { channel, days = 30 }, { guildId, locale, strings, show }) => {
    const texts = strings.feeling.mood;
    const mood = await feeling.mood({ guildId, channelId: channel.id, days }, (messages) =>
      show({ content: texts.progress({ channel: channel.id, messages }) }),
    );
    return {
      content: texts.told(mood),
      files: [
        { name: 'mood.png', bytes: await pictures.mood(mood, { locale }), alt: texts.pictureAlt(mood) },
        { name: 'mood.csv', bytes: moodCsv(mood.buckets), alt: texts.tableAlt() },
      ],
    };
  },
});
