import type { FlagAction } from '../../store/flags.js';
import type { ActionRow, FlagRow, ModerationRow } from '../../store/schema.js';
import type {
  BacktestExample,
  BacktestReport,
  LearningOutcome,
  VersionStats,
} from '../../services/moderation/types.js';
import type { Exemption } from '../../services/moderation/settings.js';
import type { SpamStats } from '../../services/moderation/spam-stats.js';
import { unreachable } from '../../unreachable.js';
import { choice, done, verdict, why } from './flags.js';
import { count, number } from './words.js';

/** Longer lists would not fit into a message. */
const MAX_NAMED = 10;

export const spam = {
  buttons: {
    confirm: () => 'Confirm',
    falseAlarm: () => 'False alarm',
    remove: () => 'Delete',
    timeOut: () => 'Time out',
    skip: () => 'Skip',
    next: () => 'Next',
    dispute: () => 'Dispute',
    undo: ({ line }: { line: number }) => `Undo ${line}`,
    show: ({ line }: { line: number }) => `Show ${line}`,
  },

  /** What stands in the server's own audit log. */
  reasons: {
    confirmed: () => 'Spam, confirmed by a moderator',
    automatic: ({ score }: { score: number }) => `Spam, ${percent(score)} sure`,
    undone: () => 'Lifted by a moderator',
  },

  welcome: (settings: ModerationRow) =>
    [
      `I watch for spam now. What is spam with a probability of ${percent(settings.flag_threshold)} or more, I show here. ${spam.automatic(settings)}`,
      '- **Confirm**: it is spam. Nothing else happens.',
      '- **False alarm**: it is not spam. A time-out that it brought ends.',
      '- **Delete**: it is spam. The message is deleted, and so are its copies in other channels.',
      '- **Time out**: it is spam. Its author cannot write for a while.',
      'Whoever is deleted or timed out gets a direct message that says why, and can dispute it. Then the flag opens again.',
      '-# Spam that I missed: open the menu of the message, then Apps, Flag as spam. `/spam log` undoes time-outs.',
    ].join('\n'),
  watching: ({ review_channel_id, flag_threshold }: ModerationRow) =>
    `Watching for spam. Flags from ${percent(flag_threshold)} go to <#${review_channel_id}>.`,
  unwatched: () => 'No longer watching, and nothing happens by itself.',
  automatic: ({ auto_action, auto_threshold, timeout_minutes }: ModerationRow) => {
    switch (auto_action) {
      case 'none':
        return `Nothing happens to anybody by itself: moderators decide. A time-out takes ${minutes(timeout_minutes)}.`;
      case 'delete':
        return `From ${percent(auto_threshold)} on, messages are deleted at once. Each deletion is logged, and their authors can dispute it.`;
      case 'timeout':
        return `From ${percent(auto_threshold)} on, authors are timed out for ${minutes(timeout_minutes)} at once. Each time-out is logged, can be undone in \`/spam log\`, and can be disputed.`;
      default:
        return unreachable(auto_action);
    }
  },
  exemptions: ({ exemptions }: { exemptions: Exemption[] }) => {
    if (exemptions.length === 0) return 'Nobody and no channel is exempt.';
    const more = exemptions.length > MAX_NAMED ? ` and ${exemptions.length - MAX_NAMED} more` : '';
    return `Exempt: ${exemptions.slice(0, MAX_NAMED).map(exemption).join(', ')}${more}`;
  },

  flagHead: (flag: FlagRow) =>
    [
      flag.score === null ? '**Flagged by a moderator**' : `**Spam? ${percent(flag.score)} sure**`,
      `<@${flag.author_id}> in <#${flag.channel_id}>`,
      flag.gone === 1 || flag.action === 'delete'
        ? undefined
        : `[go to the message](https://discord.com/channels/${flag.guild_id}/${flag.channel_id}/${flag.id})`,
      flag.disputed === 1 ? '**disputed by its author**' : undefined,
    ]
      .filter((part) => part !== undefined)
      .join(' · '),
  flagFoot: (flag: Omit<FlagRow, 'signals'> & { signals: string[] }) =>
    [
      why(flag),
      flag.times === 1 ? undefined : `Written ${flag.times} times.`,
      flag.gone === 1 ? 'The message was deleted by its author or another moderator.' : undefined,
      done(flag),
      verdict(flag),
      choice(flag),
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
  erased: () => '(the text was erased)',

  queue: ({ open }: { open: number }) =>
    open === 1 ? '-# The only open flag.' : `-# ${number(open)} open flags.`,
  queueEmpty: () => 'Nothing to review.',
  queueLeft: ({ open }: { open: number }) =>
    open === 0 ? '-# Nothing else to review.' : `-# ${number(open)} more to review.`,

  /** What the member reads whose message was acted on. */
  notice: (notice: {
    kind: FlagAction;
    channel: string;
    quote: string;
    until: number | undefined;
    isAutomatic: boolean;
    canDispute: boolean;
  }) =>
    [
      `${notice.isAutomatic ? 'I took' : 'A moderator took'} a message of yours in <#${notice.channel}> for spam.`,
      `> ${notice.quote}`,
      notice.kind === 'delete'
        ? 'It was deleted.'
        : `You are timed out: you cannot write in the server until <t:${seconds(notice.until ?? 0)}:f>.`,
      notice.canDispute
        ? 'If that is wrong, press Dispute: the moderators will look at it again.'
        : 'The moderators saw that you dispute it, and looked at it again.',
    ].join('\n'),
  disputed: () =>
    'Thank you. The moderators see now that you dispute this, and will look at it again. Until then nothing changes.',

  calledSpam: () => 'Noted as spam, and nothing else was done. You can also act on it:',
  calledFine: () => 'Noted: this is no spam.',

  log: ({ actions }: { actions: (ActionRow & { quote: string })[] }) =>
    actions.length === 0
      ? 'Nothing was done yet.'
      : actions.map((action, index) => `${index + 1}. ${logLine(action)}`).join('\n'),
  logged: ({ action, quote }: { action: ActionRow; quote: string }) => `${logLine(action)}\n> ${quote}`,

  backtestProgress: ({ done }: { done: number }) => `Rehearsing: ${count(done, 'message')} so far …`,
  backtest: (report: BacktestReport, quote: (example: BacktestExample) => string) =>
    [
      `**A rehearsal; nothing was done.** I read ${count(report.messages, 'message')} of the last ${count(report.days, 'day')}. ` +
        `At ${percent(report.threshold)} I would have acted on **${number(report.acted)}** of them; ${number(report.flagged)} would have been flagged for you.`,
      report.channels.length === 0
        ? undefined
        : report.channels
            .slice(0, 8)
            .map(({ id, messages, acted }) => `<#${id}> ${number(acted)} of ${number(messages)}`)
            .join(' · '),
      ...examples('**Would have been acted on, the surest first**', report.above, quote),
      ...examples(`**Left alone, the nearest to ${percent(report.threshold)}**`, report.below, quote),
      '-# I read what `/corpus collect` gathered, without files and roles.',
      report.acted === 0
        ? undefined
        : `-# If all of the first list is spam, \`/spam auto action:delete threshold:${report.threshold}\` lets me delete such messages by myself.`,
    ]
      .filter((line) => line !== undefined)
      .join('\n'),

  learning: () => 'Learning from your verdicts …',
  learned: (outcome: LearningOutcome) => {
    const { macroF1, heldOut, verdicts } = outcome.report;
    const score = `macro F1 ${macroF1.toFixed(2)} on ${count(heldOut, 'verdict')} it has not seen`;
    switch (outcome.kind) {
      case 'promoted':
        return (
          `Version ${outcome.version} is live, with ${count(verdicts, 'verdict')} learned: ` +
          (heldOut === 0 ? 'no verdicts were left to test it on' : score) +
          (outcome.liveMacroF1 === undefined ? '.' : ` (the one before: ${outcome.liveMacroF1.toFixed(2)}).`)
        );
      case 'rejected':
        return `The new classifier is worse: ${score}, the live one ${outcome.liveMacroF1.toFixed(2)}. The live one stays.`;
      default:
        return unreachable(outcome);
    }
  },

  publicReview: ({ channel }: { channel: string }) =>
    `**Everyone can see <#${channel}>**, and so every flag, with its text. Better choose a channel that only moderators see.`,
  paused: () =>
    'For now I only flag: a version of me is live that was not rehearsed. Run `/spam backtest`, then `/spam auto` again.',
  stats: (stats: SpamStats) => {
    const { settings, sinceStart, exemptions } = stats;
    return [
      settings.review_channel_id === null
        ? 'Not watching. Begin with `/spam watch channel:`.'
        : spam.watching(settings),
      spam.automatic(settings),
      ...(stats.isPaused ? [spam.paused()] : []),
      spam.exemptions({ exemptions }),
      `**Flags:** ${number(stats.open)} waiting for a verdict (${number(stats.disputed)} disputed), ${number(stats.confirmed)} confirmed, ${count(stats.falseAlarms, 'false alarm')}`,
      `**To learn from:** ${count(stats.verdicts, 'verdict')} of moderators`,
      `**Since my start:** ${count(sinceStart.classified, 'message')} read, ${number(sinceStart.unsure)} of them perhaps spam, but not sure enough to be flagged`,
      sinceStart.dropped + sinceStart.failed === 0
        ? undefined
        : `**Not read:** ${number(sinceStart.dropped)} that came too fast, ${number(sinceStart.failed)} that could not be judged`,
      ...stats.versions.map(versionLine),
      stats.versions.some(({ verdicts }) => verdicts > 0)
        ? '-# Precision: how much of what it calls spam is spam. Recall: how much of the spam it finds.'
        : undefined,
    ]
      .filter((line) => line !== undefined)
      .join('\n');
  },
  versionsAlt: (versions: VersionStats[]) =>
    `How good the versions are. ${versions.map(versionLine).join('. ').replaceAll('**', '')}`,
};

function versionLine(version: VersionStats): string {
  const { verdicts, confirmed, falseAlarms, missed } = version;
  const isStarter = version.version === 0;
  const name = isStarter ? 'Starter' : `Version ${version.version}`;
  const untested = isStarter ? 'has learned from made-up messages only' : 'not tested on verdicts yet';
  const held =
    verdicts === 0
      ? untested
      : `precision ${percent(version.precision)}, recall ${percent(version.recall)} on ${count(verdicts, 'held-out verdict')}`;
  const judged = confirmed + falseAlarms;
  const lived =
    judged + missed === 0
      ? undefined
      : `${number(confirmed)} of its ${count(judged, 'judged flag')} right, ${number(missed)} missed`;
  return `**${name}:** ${[held, lived].filter((part) => part !== undefined).join('; ')}`;
}

function logLine(action: ActionRow & { quote?: string }): string {
  const who = action.actor_id === null ? 'I' : `<@${action.actor_id}>`;
  const why = action.actor_id === null && action.score !== null ? ` (spam, ${percent(action.score)})` : '';
  const quote = action.quote === undefined || action.quote === '' ? '' : `: ${action.quote}`;
  const undone = action.undone_by === null ? '' : ` · undone by <@${action.undone_by}>`;
  return `<t:${seconds(action.created_at)}:R> ${who} ${deed(action)}${why}${quote}${undone}`;
}

function deed({ kind, member_id, channel_id, until }: ActionRow): string {
  switch (kind) {
    case 'delete':
      return `deleted a message of <@${member_id}> in <#${channel_id}>`;
    case 'timeout':
      return `timed <@${member_id}> out until <t:${seconds(until ?? 0)}:f>`;
    case 'lift':
      return `lifted the time-out of <@${member_id}>`;
    default:
      return unreachable(kind);
  }
}

function examples(
  title: string,
  found: BacktestExample[],
  quote: (example: BacktestExample) => string,
): string[] {
  return found.length === 0
    ? []
    : [title, ...found.map((each) => `- ${percent(each.score)} in <#${each.channelId}>: ${quote(each)}`)];
}

function exemption({ kind, target_id }: Exemption): string {
  return kind === 'role' ? `<@&${target_id}>` : `<#${target_id}>`;
}

/** Never rounded up to a certainty that is not there. */
function percent(share: number): string {
  return `${Math.floor(share * 1_000 + 1e-3) / 10} %`;
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

function minutes(value: number): string {
  return value % 60 === 0 ? count(value / 60, 'hour') : count(value, 'minute');
}
