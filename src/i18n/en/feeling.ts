import type { Judgement, Mood, Sentiment } from '../../services/feeling/feeling.js';

const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const wholeDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const signedNumber = new Intl.NumberFormat('en', { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

/** Of a bar of probability, in characters. */
const BAR_LENGTH = 20;

export const feelingErrors = {
  drawing_died: () => 'The picture could not be drawn; my log says why. Please try again.',
  nothing_to_judge: () => 'There is no text to judge in this.',
  channel_not_collected: ({ channel }: { channel: string }) =>
    `I read moods only from what I collect, and I do not collect <#${channel}>. An admin can change that with \`/corpus collect\`.`,
  nothing_said: ({ channel, days }: { channel: string; days: number }) =>
    `I know of nothing that was said in <#${channel}> in the last ${days === 1 ? '24 hours' : `${days} days`}. Ask for more days.`,
  too_little_said: ({ channel, messages, people }: { channel: string; messages: number; people: number }) =>
    `Too little was said in <#${channel}>: I tell the mood only of times with at least ${messages} messages by ${people} people, ` +
    'so that it is never the mood of one person. Ask for more days.',
};

export const feeling = {
  sentiment: {
    judged: ({ label, unsure, probabilities }: Judgement) =>
      unsure
        ? `**Unsure**, perhaps ${label}`
        : `**${capitalized(label)}**, ${percent(probabilities[label])} sure`,
    bar: (label: Sentiment, probability: number) => {
      const full = Math.round(probability * BAR_LENGTH);
      const bar = '█'.repeat(full) + '░'.repeat(BAR_LENGTH - full);
      return `${label.padEnd(8)} ${bar} ${percent(probability).padStart(5)}`;
    },
    unsure: () => '-# No answer is likelier than the others together: better read it yourself.',
    starter: () => '-# Judged by the starter, which has not learned from this server.',
    marked: (label: Sentiment) => `What speaks for ${label} is marked:`,
  },

  mood: {
    progress: ({ channel, messages }: { channel: string; messages: number }) =>
      `Reading the mood of <#${channel}>: ${messages.toLocaleString('en')} messages so far …`,
    told: ({ channelId, unit, messages, leftOut, version }: Mood) =>
      [
        `The mood of <#${channelId}>, from ${messages.toLocaleString('en')} messages. What I am unsure of counts as neutral.`,
        ...(leftOut > 0
          ? [
              `-# Left out: ${leftOut} ${unit}${leftOut === 1 ? '' : 's'} with too few messages or people to be told.`,
            ]
          : []),
        ...(version === 0 ? ['-# Judged by the starter, which has not learned from this server.'] : []),
      ].join('\n'),
    pictureAlt: ({ messages, unit, buckets }: Mood) => {
      const share = (label: Sentiment) =>
        `${percent(buckets.reduce((sum, bucket) => sum + bucket[label], 0) / messages)} ${label}`;
      return `The mood of a channel by ${unit}: ${share('negative')}, ${share('neutral')}, ${share('positive')} of ${messages.toLocaleString('en')} messages.`;
    },
    tableAlt: () => 'The same figures as a table.',
  },

  pictures: {
    number: (value: number) => value.toLocaleString('en'),
    percent: (value: number) => `${value} %`,
    signed,
    day: (start: number) => dayMonth.format(start),
    month: (start: number) => {
      const date = new Date(start);
      const name = date.toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' });
      return date.getUTCMonth() === 0 ? `${name} ${date.getUTCFullYear()}` : name;
    },
    hour: (start: number) =>
      new Date(start).getUTCHours() === 0
        ? dayMonth.format(start)
        : `${String(new Date(start).getUTCHours()).padStart(2, '0')}:00`,
    moodTitle: ({ first, last }: { first: number; last: number }) =>
      wholeDate.format(first) === wholeDate.format(last)
        ? `Mood on ${wholeDate.format(first)}`
        : `Mood from ${wholeDate.format(first)} to ${wholeDate.format(last)}`,
    moodTime: (unit: 'day' | 'hour') =>
      `${unit === 'day' ? 'Days' : 'Hours'} in UTC. Gap: fewer than 5 messages or 3 people.`,
    moodShares: () => 'Messages by mood, %',
    moodMeans: () => 'Mean mood: share of positive minus share of negative, −1 to +1',
    moodCounts: (unit: 'day' | 'hour'): string => (unit === 'day' ? 'Messages per day' : 'Messages per hour'),
    moodEmpty: () => 'Too little was said in this time to be shown.',
    share: (label: Sentiment, share: number) => `${label} ${percent(share)}`,
    meanOf: (mean: number) => `mean ${signed(mean)}`,
    inAll: (messages: number) => `${messages.toLocaleString('en')} in all`,
    versionsTitle: () => 'Spam classifier: how good is each version?',
    versionsScale: () => 'On verdicts that the version had not learned from, %',
    versionsTime: () => 'Version, its day (UTC), and the number of verdicts',
    versionsEmpty: () => 'No version has been tested on verdicts yet.',
    version: ({ version, createdAt, verdicts }: { version: number; createdAt: number; verdicts: number }) => [
      `v${version}`,
      dayMonth.format(createdAt),
      `n = ${verdicts.toLocaleString('en')}`,
    ],
    precision: (share: number) => `precision ${percent(share)}`,
    recall: (share: number) => `recall ${percent(share)}`,
  },
};

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function signed(value: number): string {
  return signedNumber.format(value).replace('-', '−');
}

function capitalized(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}
