import { MAX_LOOP_RATE, MAX_VERBATIM_RATE } from '../../services/retraining/gate.js';
import type { Beginning, Estimate } from '../../services/retraining/estimating.js';
import type { FinishedTraining, RetrainOutcome } from '../../services/retraining/outcome.js';
import type { Place } from '../../services/retraining/turns.js';
import type { TrainingProgress } from '../../training/protocol.js';
import type { TrainingReport } from '../../training/report.js';
import { unreachable } from '../../unreachable.js';
import { bar, bits, type Scores, scoresWith, time } from '../figures.js';
import { count, number } from './words.js';

export const retrain = {
  start: () => 'Start',
  notNow: () => 'Not now',
  notStarted: () => 'Nothing was started.',
  changedSince: () =>
    'Another version went live since I said what this training would do. As things are now:',
  preparing: () => 'Reading the corpus …',

  /** Who trains before, the one that is at it first; the guild is the reader's. */
  waiting: ({ ahead, guildId }: { ahead: readonly Place[]; guildId: string }) =>
    ahead.length === 0
      ? 'Next in line.'
      : `${ordinal(ahead.length + 1)} in line; ${running(ahead[0], guildId)}.`,

  estimate: (estimate: Estimate & { guildId: string }) => {
    const { news, budget, quietUntil } = estimate;
    return [
      `**This would train for ${duration(estimate.minutes * 60_000)}** and need about ${number(estimate.megabytes)} MB of memory more than now, by estimate; up to three times that for Korean.`,
      news === undefined
        ? `It would learn ${count(estimate.messages, 'message')}, ${count(estimate.characters, 'character')}.`
        : `New since version ${news.version} (${time(news.createdAt, 'R')}): ${count(news.messages, 'message')}, ${count(news.characters, 'character')}, ` +
          `of ${count(estimate.messages, 'message')} and ${count(estimate.characters, 'character')} in all.`,
      beginning(estimate.beginning),
      quietUntil !== undefined
        ? `It can begin when the quiet hours end, ${time(quietUntil, 't')}.`
        : estimate.ahead.length === 0
          ? 'It can begin at once.'
          : `It would be ${retrain.waiting(estimate)}`,
      budget === undefined ? undefined : retrain.budget(budget),
    ]
      .filter((line) => line !== undefined)
      .join('\n');
  },
  budget: ({ leftMs, minutesPerDay }: { leftMs: number; minutesPerDay: number }) =>
    `Of the ${number(minutesPerDay)} minutes a day, ${duration(leftMs)} are left.`,

  progress: (progress: TrainingProgress) =>
    [
      `Training ${bar(progress.fraction)} ${Math.floor(progress.fraction * 100)} %`,
      [
        `loss ${progress.loss.toFixed(2)}`,
        progress.bitsPerCharacter === undefined
          ? undefined
          : `held-out ${progress.bitsPerCharacter.toFixed(2)} bits/char`,
        `${number(Math.round(progress.charactersPerSecond))} chars/s`,
        `${duration(progress.remainingMs)} left`,
      ]
        .filter((part) => part !== undefined)
        .join(' · '),
    ].join('\n'),

  outcome: (outcome: RetrainOutcome): string => {
    switch (outcome.kind) {
      case 'promoted':
        return `Version ${outcome.version} is live: ${reason(outcome)}`;
      case 'rejected':
        return `Version ${outcome.version} does not go live: ${reason(outcome)} The live model stays.`;
      case 'paused':
        return outcome.until === undefined
          ? 'Training paused: I am restarting and will go on where it stopped.'
          : `Training paused for the quiet hours. It goes on ${time(outcome.until, 'R')}, and I will say here what comes of it.`;
      case 'waiting':
        return `Queued: these are quiet hours. The training begins ${time(outcome.until, 'R')}, and I will say here what comes of it. \`/model cancel\` takes it back.`;
      case 'cancelled':
        return 'The training was cancelled. The live model stays.';
      default:
        return unreachable(outcome);
    }
  },

  card: {
    title: ({ kind, version }: Pick<FinishedTraining, 'kind' | 'version'>) =>
      kind === 'promoted' ? `Version ${version} is live` : `Version ${version} is kept aside`,
    fields: (report: TrainingReport) => [
      { name: 'Bits per character, lower is better', value: scores(report) },
      {
        name: 'Of what it writes',
        value: `copied ${percent(report.verbatimRate)} · looping ${percent(report.loopRate)}`,
      },
      {
        name: 'Training',
        value:
          `${duration(report.trainedMs)} on ${count(report.messages, 'message')}, ` +
          (report.from === undefined ? 'from nothing' : `going on from version ${report.from}`),
      },
    ],
    samplesName: () => 'What it writes',
  },
};

export function scores(report: Scores): string {
  return scoresWith('version', report);
}

function reason({ reason, version, report }: FinishedTraining): string {
  const own = `${bits(report.bitsPerCharacter)} bits per character on text it has not seen`;
  const { liveBitsPerCharacter } = report;
  const live = liveBitsPerCharacter === undefined ? undefined : bits(liveBitsPerCharacter);
  switch (reason) {
    case 'first':
      return `${own}. It is the first one here; try \`/continue\`.`;
    case 'better':
      return `${own} (the model before it: ${live}).`;
    case 'untested':
      return `${own}. There was no text to compare it with the model before it on.`;
    case 'changed':
      return `${own}. ${live === undefined ? 'There was nothing to compare it on, but it goes live' : `It goes live although version ${report.liveVersion} has ${live}`}, because what that one learned has changed: messages were edited, deleted, left out or added late since, and what they taught must go.`;
    case 'live_damaged':
      return `${own}. It takes the place of version ${report.liveVersion}, which is damaged and cannot be used.`;
    case 'not_better':
      return `it is not better on text it has not seen: ${bits(report.bitsPerCharacter)} bits per character, the live one ${live}.`;
    case 'copies':
      return `${percent(report.verbatimRate)} of what it writes is copied from messages, and at most ${percent(MAX_VERBATIM_RATE)} may be.`;
    case 'loops':
      return `${percent(report.loopRate)} of what it writes runs in circles, and at most ${percent(MAX_LOOP_RATE)} may.`;
    case 'broken':
      return 'it is broken, for it writes nothing or cannot be measured. Try `/retrain fresh:True`.';
    case 'live_changed':
      return `while it trained, another version went live, which it was not measured against. To take it all the same: \`/model rollback version:${version}\`.`;
    default:
      return unreachable(reason);
  }
}

function beginning(from: Beginning): string {
  if (from.kind === 'continues') {
    return `It would go on from version ${from.version}, unless messages that it learned were edited, deleted or left out since.`;
  }
  switch (from.why) {
    case 'first':
      return 'It would be the first model here.';
    case 'asked':
      return 'It would begin from nothing, as you ask.';
    case 'changed':
      return 'It would begin from nothing: messages that the live model learned were edited, deleted, left out or added late since, and what they taught must go.';
    case 'outgrown':
      return 'It would begin from nothing: for so much text, or so long a training, the live model is too small.';
    case 'unreadable':
      return 'It would begin from nothing: the live model does not say what it learned.';
    case 'damaged':
      return 'It would begin from nothing: the live model is damaged.';
    default:
      return unreachable(from.why);
  }
}

/** The one that trains, for a reader of a guild: other guilds stay unnamed. */
function running({ what, guildId, fraction }: Place, readersGuild: string): string {
  const owner = guildId === readersGuild ? "this server's" : "another server's";
  const kind = what === 'model' ? 'model' : `${what} classifier`;
  const whose = guildId === '' ? `the training of the first ${kind}` : `the training of ${owner} ${kind}`;
  return `${whose} is running${fraction === undefined ? '' : `, ${percent(fraction)}`}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function ordinal(place: number): string {
  const endings: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
  return `${place}${endings[new Intl.PluralRules('en', { type: 'ordinal' }).select(place)]}`;
}
