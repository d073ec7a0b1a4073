import type { LineDebt } from '../../services/retraining/debt.js';
import type { SettledDebt, WithdrawalReason } from '../../services/retraining/settling.js';
import type { DebtReason } from '../../store/schema.js';
import { unreachable } from '../../unreachable.js';
import type { debt as en } from '../en/debt.js';
import { time } from '../figures.js';
import { number } from './words.js';

export const debt: typeof en = {
  status: ({ lines, receipt }) =>
    [
      ...(lines.length === 0
        ? ['**잊어야 할 것:** 없습니다. 말뭉치에서 빠진 메시지를 아는 모델은 쓰고 있지 않습니다.']
        : lines.map((line) => `**잊어야 할 것:** ${owed(line)}`)),
      receipt === undefined
        ? undefined
        : `**마지막 삭제 확인서** (${time(receipt.written_at, 'R')}): ${receipted({ receipt })}`,
    ]
      .filter((line) => line !== undefined)
      .join('\n'),

  knows: ({ owes }) => `잊을 것 ${number(owes)}개`,

  rolledBack: ({ owes }) =>
    `말뭉치에서 빠진 메시지를 많으면 ${number(owes)}개 알고 있습니다. 언제까지인지는 \`/모델 상태\` 명령어로 볼 수 있습니다.`,

  settled: ({ receipt, why }) =>
    [
      `**삭제 확인서:** ${receipted({ receipt })}`,
      why === undefined
        ? undefined
        : `정해진 기한이 지났는데 ${reason(why)}. 그 메시지들 없이 새로 학습할 때까지 글을 쓰지 않습니다.`,
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
};

function owed({ version, audience, messages, reasons, oldest, trainsAt, deadline }: LineDebt): string {
  return [
    `${ofAudience(audience)}버전 ${version} 모델이 ${time(oldest, 'f')} 이후 말뭉치에서 빠진 메시지를 많으면 ${number(messages)}개 알고 있습니다 (${listed(reasons)}).`,
    trainsAt === undefined
      ? `학습이 허용되지 않아, ${time(deadline, 'R')} 이 버전을 거둡니다.`
      : `그 전에 학습하지 않으면 ${time(trainsAt, 'R')} 그 메시지들 없이 학습을 시작합니다. 성공하지 못하면 ${time(deadline, 'R')} 이 버전을 거둡니다.`,
  ].join(' ');
}

function receipted({ receipt }: Pick<SettledDebt, 'receipt'>): string {
  const { audience, messages, reasons, asked_at, asked_until, version, erased_versions } = receipt;
  const left = `${time(asked_at, 'f')}부터 ${time(asked_until, 'f')} 사이에 말뭉치에서 빠진 메시지 ${number(messages)}개`;
  return [
    `${left}(${listed(reasons)}), 이제 이를 아는 ${ofAudience(audience)}모델은 없습니다.`,
    version === null ? undefined : `버전 ${version} 모델은 그 메시지들 없이 학습했습니다.`,
    `가중치를 지운 버전: ${erased_versions.join(', ')}.`,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

function ofAudience(audience: string): string {
  return audience === 'public' ? '' : '일부만 볼 수 있는 채널의 ';
}

function listed(reasons: LineDebt['reasons']): string {
  return Object.entries(reasons)
    .map(([why, messages]) => `${REASONS[why as DebtReason]} ${number(messages)}개`)
    .join(', ');
}

const REASONS: Record<DebtReason, string> = {
  deleted: '삭제됨',
  edited: '수정됨',
  forgotten: '잊어 달라고 한 사람의 것',
  opted_out: '수집을 거부한 사람의 것',
  not_opted_in: '수집에 동의하지 않은 사람의 것',
  banned: '차단된 사람의 것',
  never_learn: '“배우지 않기”로 표시한 것',
  channel_deleted: '삭제된 채널이나 스레드의 것',
  audience_changed: '볼 수 있는 사람이 바뀐 채널의 것',
  ignored: '수집을 끈 채널의 것',
};

function reason(why: WithdrawalReason): string {
  switch (why) {
    case 'not_permitted':
      return '학습이 허용되지 않았습니다';
    case 'too_small':
      return '배울 글이 너무 적게 남았습니다';
    case 'refused':
      return '그 메시지들 없이 학습한 모델이 심사를 통과하지 못했습니다';
    case 'unfinished':
      return '그 메시지들 없이 하는 학습이 끝나지 않았습니다';
    default:
      return unreachable(why);
  }
}
