import type { GuildDebt, LineDebt } from '../../services/retraining/debt.js';
import type { SettledDebt, WithdrawalReason } from '../../services/retraining/settling.js';
import type { DebtReason } from '../../store/schema.js';
import { unreachable } from '../../unreachable.js';
import { time } from '../figures.js';
import { count, number } from './words.js';

export const debt = {
  /** What the live models know that must go, and the newest receipt. */
  status: ({ lines, receipt }: GuildDebt) =>
    [
      ...(lines.length === 0
        ? ['**To unlearn:** nothing; no live model knows a message that has left the corpus.']
        : lines.map((line) => `**To unlearn:** ${owed(line)}`)),
      receipt === undefined
        ? undefined
        : `**Last erasure receipt** (${time(receipt.written_at, 'R')}): ${receipted({ receipt })}`,
    ]
      .filter((line) => line !== undefined)
      .join('\n'),

  /** Beside a version's figures. */
  knows: ({ owes }: { owes: number }) => `${number(owes)} to unlearn`,

  /** After a rollback. */
  rolledBack: ({ owes }: { owes: number }) =>
    `It may know up to ${count(owes, 'message')} that left the corpus; \`/model status\` says until when.`,

  /** What was settled, where outcomes are told. */
  settled: ({ receipt, why }: Pick<SettledDebt, 'receipt' | 'why'>) =>
    [
      `**Erasure receipt:** ${receipted({ receipt })}`,
      why === undefined
        ? undefined
        : `The time for it was over, and ${reason(why)}. I write nothing until a new one is trained without them.`,
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
};

function owed({ version, audience, messages, reasons, oldest, trainsAt, deadline }: LineDebt): string {
  return [
    `version ${version}${ofAudience(audience)} may know up to ${count(messages, 'message')} that left the corpus since ${time(oldest, 'f')} (${listed(reasons)}).`,
    trainsAt === undefined
      ? `I may not train, so it is withdrawn ${time(deadline, 'R')}.`
      : `A training without them begins ${time(trainsAt, 'R')}, if none did before; if none succeeds, the version is withdrawn ${time(deadline, 'R')}.`,
  ].join(' ');
}

function receipted({ receipt }: Pick<SettledDebt, 'receipt'>): string {
  const { audience, messages, reasons, asked_at, asked_until, version, erased_versions } = receipt;
  const left = `that left the corpus between ${time(asked_at, 'f')} and ${time(asked_until, 'f')}`;
  const are = messages === 1 ? 'is' : 'are';
  return [
    `${count(messages, 'message')} ${left} (${listed(reasons)}) ${are} known to no model${ofAudience(audience)} any more:`,
    version === null ? undefined : `version ${version} does not have ${messages === 1 ? 'it' : 'them'}, and`,
    `version${erased_versions.length === 1 ? '' : 's'} ${erased_versions.join(', ')} ${erased_versions.length === 1 ? 'was' : 'were'} erased.`,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

function ofAudience(audience: string): string {
  return audience === 'public' ? '' : ' for channels that not everyone can read';
}

function listed(reasons: LineDebt['reasons']): string {
  return Object.entries(reasons)
    .map(([why, messages]) => `${number(messages)} ${REASONS[why as DebtReason]}`)
    .join(', ');
}

const REASONS: Record<DebtReason, string> = {
  deleted: 'deleted',
  edited: 'edited',
  forgotten: 'by members who had theirs forgotten',
  opted_out: 'by members who opted out',
  not_opted_in: 'by members who have not opted in',
  banned: 'by members who were banned',
  never_learn: 'marked “Never learn this”',
  channel_deleted: 'in deleted channels or threads',
  audience_changed: 'in channels that other people can read now',
  ignored: 'in channels switched off',
};

function reason(why: WithdrawalReason): string {
  switch (why) {
    case 'not_permitted':
      return 'I may not train';
    case 'too_small':
      return 'too little is left to learn from';
    case 'refused':
      return 'what was trained without them did not pass the gate';
    case 'unfinished':
      return 'no training without them had come to its end';
    default:
      return unreachable(why);
  }
}
