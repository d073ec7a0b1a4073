type Feeling = 'negative' | 'neutral' | 'positive';

const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const wholeDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const signedNumber = new Intl.NumberFormat('en', { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

export const feelingErrors = {
  drawing_died: ({ reason }: { reason: string }) =>
    `The picture could not be drawn: ${reason}. Please try again.`,
};

export const feeling = {
  pictures: {
    number: (value: number) => value.toLocaleString('en'),
    percent: (value: number) => `${Math.round(value)} %`,
    signed: (value: number) => signedNumber.format(value).replace('-', '−'),
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
      first === last || wholeDate.format(first) === wholeDate.format(last)
        ? `Mood on ${wholeDate.format(first)}`
        : `Mood from ${wholeDate.format(first)} to ${wholeDate.format(last)}`,
    moodTime: (unit: 'day' | 'hour') =>
      `${unit === 'day' ? 'Days' : 'Hours'} in UTC. Gap: fewer than 5 messages or 3 people.`,
    moodShares: () => 'Messages by mood, %',
    moodMeans: () => 'Mean mood: share of positive minus share of negative, −1 to +1',
    moodCounts: (unit: 'day' | 'hour') => (unit === 'day' ? 'Messages per day' : 'Messages per hour'),
    moodEmpty: () => 'Too little was said in this time to be shown.',
    share: (name: Feeling, percent: number) => `${name} ${Math.round(percent)} %`,
    meanOf: (mean: number) => `mean ${signedNumber.format(mean).replace('-', '−')}`,
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
    precision: (share: number) => `precision ${Math.round(share * 100)} %`,
    recall: (share: number) => `recall ${Math.round(share * 100)} %`,
  },
};
