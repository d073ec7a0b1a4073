import { MAX_LOOP_RATE, MAX_VERBATIM_RATE } from '../../services/retraining/gate.js';
import type { Beginning } from '../../services/retraining/estimating.js';
import type { FinishedTraining } from '../../services/retraining/outcome.js';
import type { Place } from '../../services/retraining/turns.js';
import { unreachable } from '../../unreachable.js';
import type { retrain as en } from '../en/retrain.js';
import { bar, bits, type Scores, scoresWith, time } from '../figures.js';
import { number } from './words.js';

export const retrain: typeof en = {
  start: () => '시작',
  notNow: () => '나중에',
  notStarted: () => '아무것도 시작하지 않았습니다.',
  changedSince: () => '이 안내를 드린 뒤에 사용하는 버전이 바뀌었습니다. 지금은 다음과 같습니다.',
  preparing: () => '말뭉치를 읽고 있습니다 …',

  waiting: ({ ahead, guildId }) =>
    ahead.length === 0
      ? '다음 차례입니다.'
      : `${ahead.length + 1}번째 차례입니다. ${running(ahead[0], guildId)}.`,

  estimate: (estimate) => {
    const { news, budget, quietUntil } = estimate;
    return [
      `**${duration(estimate.minutes * 60_000)} 동안 학습하고**, 메모리는 어림잡아 지금보다 ${number(estimate.megabytes)} MB가 더 필요합니다. 한글이 많으면 그 세 배까지 필요합니다.`,
      news === undefined
        ? `메시지 ${number(estimate.messages)}개, ${number(estimate.characters)}글자를 배웁니다.`
        : `버전 ${news.version}(${time(news.createdAt, 'R')}) 이후 새로 쌓인 것: 메시지 ${number(news.messages)}개, ${number(news.characters)}글자. ` +
          `모두 합하면 메시지 ${number(estimate.messages)}개, ${number(estimate.characters)}글자입니다.`,
      beginning(estimate.beginning),
      quietUntil !== undefined
        ? `쉬는 시간이 끝나는 ${time(quietUntil, 't')}에 시작할 수 있습니다.`
        : estimate.ahead.length === 0
          ? '바로 시작할 수 있습니다.'
          : retrain.waiting(estimate),
      budget === undefined ? undefined : retrain.budget(budget),
    ]
      .filter((line) => line !== undefined)
      .join('\n');
  },
  budget: ({ leftMs, minutesPerDay }) =>
    `하루 한도 ${number(minutesPerDay)}분 가운데 ${duration(leftMs)} 남았습니다.`,

  progress: (progress) =>
    [
      `학습 중 ${bar(progress.fraction)} ${Math.floor(progress.fraction * 100)}%`,
      [
        `손실 ${progress.loss.toFixed(2)}`,
        progress.bitsPerCharacter === undefined
          ? undefined
          : `검증 글자당 ${progress.bitsPerCharacter.toFixed(2)}비트`,
        `초당 ${number(Math.round(progress.charactersPerSecond))}글자`,
        `${duration(progress.remainingMs)} 남음`,
      ]
        .filter((part) => part !== undefined)
        .join(' · '),
    ].join('\n'),

  outcome: (outcome): string => {
    switch (outcome.kind) {
      case 'promoted':
        return `이제 ${outcome.version}번 버전을 사용합니다. ${reason(outcome)}`;
      case 'rejected':
        return `${outcome.version}번 버전은 사용하지 않습니다. ${reason(outcome)} 현재 모델을 그대로 씁니다.`;
      case 'paused':
        return outcome.until === undefined
          ? '학습을 잠시 멈췄습니다. 다시 켜지면 멈춘 곳부터 이어서 합니다.'
          : `쉬는 시간이라 학습을 잠시 멈췄습니다. ${time(outcome.until, 'R')} 이어서 하고, 결과는 여기에 알리겠습니다.`;
      case 'waiting':
        return `지금은 쉬는 시간이라 차례를 기다립니다. ${time(outcome.until, 'R')} 학습을 시작하고, 결과는 여기에 알리겠습니다. 그만두려면 \`/모델 취소\` 명령어를 쓰세요.`;
      case 'cancelled':
        return '학습을 취소했습니다. 현재 모델을 그대로 씁니다.';
      default:
        return unreachable(outcome);
    }
  },

  card: {
    title: ({ kind, version }) =>
      kind === 'promoted' ? `버전 ${version} 사용 시작` : `버전 ${version} 보관`,
    fields: (report) => [
      { name: '글자당 비트 (낮을수록 좋음)', value: scores(report) },
      {
        name: '쓰는 글 가운데',
        value: `베낀 것 ${percent(report.verbatimRate)} · 맴도는 것 ${percent(report.loopRate)}`,
      },
      {
        name: '학습',
        value:
          `메시지 ${number(report.messages)}개로 ${duration(report.trainedMs)}, ` +
          (report.from === undefined ? '처음부터' : `버전 ${report.from}에서 이어서`),
      },
    ],
    samplesName: () => '이렇게 씁니다',
  },
};

export function scores(report: Scores): string {
  return scoresWith('버전', report);
}

function reason({ reason, version, report }: FinishedTraining): string {
  const own = `처음 보는 글에서 글자당 ${bits(report.bitsPerCharacter)}비트`;
  const { liveBitsPerCharacter } = report;
  const live = liveBitsPerCharacter === undefined ? undefined : bits(liveBitsPerCharacter);
  switch (reason) {
    case 'first':
      return `${own}입니다. 이 서버의 첫 모델이니 \`/이어쓰기\` 명령어로 시험해 보세요.`;
    case 'better':
      return `${own}입니다 (이전 모델은 ${live}).`;
    case 'untested':
      return `${own}입니다. 이전 모델과 견주어 볼 글은 없었습니다.`;
    case 'changed':
      return `${own}입니다. ${live === undefined ? '견주어 볼 글은 없었지만' : `버전 ${report.liveVersion}의 ${live}비트보다 낫지는 않지만`}, 그 버전이 배운 것이 달라졌기 때문에 사용합니다. 그 뒤로 메시지가 고쳐지거나 지워지거나 빠지거나 뒤늦게 더해졌고, 거기서 배운 것은 없애야 합니다.`;
    case 'live_damaged':
      return `${own}입니다. 손상되어 쓸 수 없는 버전 ${report.liveVersion} 대신 사용합니다.`;
    case 'not_better':
      return `처음 보는 글에서 더 낫지 않습니다. 글자당 ${bits(report.bitsPerCharacter)}비트이고, 현재 모델은 ${live}입니다.`;
    case 'copies':
      return `쓰는 글의 ${percent(report.verbatimRate)}가 메시지를 베낀 것입니다. 한도는 ${percent(MAX_VERBATIM_RATE)}입니다.`;
    case 'loops':
      return `쓰는 글의 ${percent(report.loopRate)}가 같은 말을 맴돕니다. 한도는 ${percent(MAX_LOOP_RATE)}입니다.`;
    case 'broken':
      return '글을 쓰지 못하거나 잴 수 없는, 고장 난 모델입니다. `/재학습 처음부터:True` 명령어를 써 보세요.';
    case 'live_changed':
      return `학습하는 동안 다른 버전을 쓰기 시작해서, 그 버전과 견주지 못했습니다. 그래도 쓰려면 \`/모델 되돌리기 버전:${version}\` 명령어를 쓰세요.`;
    default:
      return unreachable(reason);
  }
}

function beginning(from: Beginning): string {
  if (from.kind === 'continues') {
    return `버전 ${from.version}에서 이어서 배웁니다. 다만 그 버전이 배운 메시지가 고쳐지거나 지워지거나 빠졌다면 처음부터 배웁니다.`;
  }
  switch (from.why) {
    case 'first':
      return '이 서버의 첫 모델입니다.';
    case 'asked':
      return '말씀대로 처음부터 배웁니다.';
    case 'changed':
      return '처음부터 배웁니다. 현재 모델이 배운 메시지가 고쳐지거나 지워지거나 빠지거나 뒤늦게 더해져서, 거기서 배운 것도 없애야 합니다.';
    case 'outgrown':
      return '처음부터 배웁니다. 이만한 글이나 이만큼 긴 학습에는 현재 모델이 너무 작습니다.';
    case 'unreadable':
      return '처음부터 배웁니다. 현재 모델에는 무엇을 배웠는지 적혀 있지 않습니다.';
    case 'damaged':
      return '처음부터 배웁니다. 현재 모델이 손상되었습니다.';
    default:
      return unreachable(from.why);
  }
}

/** The one that trains, for a reader of a guild: other guilds stay unnamed. */
function running({ what, guildId, fraction }: Place, readersGuild: string): string {
  const kinds = { model: '모델', spam: '스팸 분류기', sentiment: '감정 분류기' };
  const owner = guildId === '' ? '첫' : guildId === readersGuild ? '이 서버의' : '다른 서버의';
  return `${owner} ${kinds[what]} 학습이 진행 중입니다${fraction === undefined ? '' : ` (${percent(fraction)})`}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 90 ? `${seconds}초` : `${Math.round(seconds / 60)}분`;
}
