import type { ModelStatus, VersionOfModel } from '../../services/retraining/models.js';
import type { TrainingStatus } from '../../services/retraining/overview.js';
import type { TrainingSettingsRow } from '../../store/schema.js';
import type { modelErrors as enErrors, models as en } from '../en/models.js';
import type { GateReason } from '../../training/report.js';
import { bits, time } from '../figures.js';
import { debt } from './debt.js';
import { audiences } from './audiences.js';
import { duration, percent, retrain, scores } from './retrain.js';
import { number } from './words.js';

export const modelErrors: typeof enErrors = {
  already_training: ({ percent }) =>
    `이미 학습하고 있습니다 (${percent}% 진행). 끝날 때까지 기다리거나, \`/모델 취소\` 명령어로 끝내세요.`,
  already_queued: () =>
    '이 서버의 학습이 이미 차례를 기다리고 있습니다. 무엇을 기다리는지는 `/모델 상태` 명령어로 볼 수 있고, 그만두려면 `/모델 취소` 명령어를 쓰세요.',
  over_budget: (over) =>
    `${retrain.budget(over)} ` +
    (over.freeAt === undefined
      ? '더 짧게 학습하거나, `/모델 일정 하루한도:` 명령어로 한도를 늘리세요.'
      : `더 짧게 학습하거나, ${time(over.freeAt, 'R')} 다시 시도하세요. 그때는 ${duration(over.minutes * 60_000)} 동안 학습할 수 있습니다.`),
  training_dropped: () =>
    '학습이 잇달아 세 번 끊겨서 그만두었습니다. 현재 모델을 그대로 씁니다. `/재학습` 명령어를 다시 써 보고, 또 끊기면 봇의 기록(로그)을 살펴보세요.',
  no_training: () => '이 모델에는 진행 중이거나 기다리는 학습이 없습니다.',
  no_such_version: ({ version }) =>
    `${version}번 버전은 없습니다. \`/모델 기록\` 명령어로 버전을 볼 수 있습니다.`,
  version_pruned: ({ version }) =>
    `${version}번 버전은 정리되어 수치만 남아 있습니다. 온전한 버전은 \`/모델 기록\` 명령어로 볼 수 있습니다.`,
  already_live: ({ version }) => `${version}번 버전은 이미 사용 중입니다.`,
  nothing_to_roll_back: () =>
    '사용한 적이 있고 아직 남아 있는 이전 버전이 없습니다. `/모델 되돌리기 버전:` 명령어로 버전을 고르세요. 목록은 `/모델 기록` 명령어로 볼 수 있습니다.',
  nothing_to_compare: () => '비교하려면 버전이 두 개 있어야 합니다. `/재학습` 명령어로 하나 더 학습하세요.',
  bad_time: ({ text }) => `“${text}” 부분을 시각으로 읽을 수 없습니다. 04:30처럼 적어 주세요.`,
  bad_quiet_hours: ({ text }) =>
    `“${text}” 부분을 시간대로 읽을 수 없습니다. 09:00-18:00처럼 적거나, 없애려면 none이라고 적어 주세요.`,
  bad_zone: ({ text }) =>
    `“${text}” 시간대는 모릅니다. Asia/Seoul처럼 적어 주세요. 입력하는 동안 나오는 목록에서 고를 수도 있습니다.`,
  channel_not_writable: ({ channel }) =>
    `<#${channel}> 채널에는 결과를 알릴 수 없습니다. 텍스트 채널을 고르고, 그 채널에서 저에게 채널 보기, 메시지 보내기, 링크 첨부, 파일 첨부 권한을 주세요.`,
};

export const models: typeof en = {
  status: (status) =>
    [
      status.live === undefined
        ? '**사용 중:** 아직 모델이 없습니다. `/재학습` 명령어로 첫 학습을 시작하세요.'
        : `**사용 중:** ${versionLine(status.live)}`,
      status.live?.report &&
        `메시지 ${number(status.live.report.messages)}개로 ${duration(status.live.report.trainedMs)} 학습, ` +
          (status.live.report.from === undefined
            ? '처음부터'
            : `버전 ${status.live.report.from}에서 이어서`) +
          `, 시드 ${status.live.report.seed}`,
      status.newest === undefined ? undefined : `**가장 새로운 것:** ${versionLine(status.newest)}`,
      `**사용 중인 버전 이후:** 새 메시지 ${number(status.newMessages)}개`,
      `**학습:** ${training(status.training, status.guildId)}`,
      debt.status(status.debt),
      ...otherLines(status),
      models.plan(status.plan),
    ]
      .filter((line) => line !== undefined)
      .join('\n'),

  plan: ({ settings, minutes, next, budget }) =>
    [
      `**자동 학습:** ${schedule(settings, next)} 한 번에 ${duration(minutes * 60_000)} 학습합니다.`,
      settings.quiet_from === null
        ? undefined
        : `**쉬는 시간:** ${settings.quiet_from}부터 ${settings.quiet_until}까지`,
      settings.zone !== null
        ? `**시간대:** ${settings.zone}`
        : next === undefined && settings.quiet_from === null
          ? undefined
          : '**시간대:** 봇이 돌아가는 컴퓨터의 시간대. `/모델 일정 시간대:` 명령어로 바꿀 수 있습니다.',
      budget === undefined ? undefined : `**한도:** ${retrain.budget(budget)}`,
      settings.announce_channel_id !== null
        ? `**결과**는 <#${settings.announce_channel_id}> 채널에 알립니다.`
        : settings.asked_channel_id !== null
          ? `**결과**는 \`/재학습\` 명령어를 마지막으로 쓴 <#${settings.asked_channel_id}> 채널에 알립니다.`
          : next === undefined
            ? undefined
            : '자동 학습의 **결과**는 아무 데도 알리지 않습니다. `/모델 일정 채널:` 명령어로 알릴 채널을 정하세요.',
    ]
      .filter((line) => line !== undefined)
      .join('\n'),

  history: ({ versions, more }) =>
    versions.length === 0
      ? '아직 학습한 모델이 없습니다. `/재학습` 명령어로 시작하세요.'
      : [
          ...versions.map((version) => `- ${versionLine(version)}`),
          more === 0 ? undefined : `-# 그 밖에 더 오래된 버전 ${number(more)}개`,
          '-# 글자당 비트는 낮을수록 좋습니다. 저마다 그날의 가장 새로운 글로 쟀으니, 옆의 n-gram과 견주어 보세요. ' +
            '`/모델 되돌리기 버전:` 명령어로 사용할 버전을 바꿉니다.',
        ]
          .filter((line) => line !== undefined)
          .join('\n'),

  compared: ({ prompt, seed }) =>
    `${prompt === '' ? '시작글 없이' : `“${prompt}” 뒤에`}, 같은 주사위로 썼습니다 (시드 ${seed}).`,
  comparedName: ({ model }) => `버전 ${model.version}, ${state(model)}`,
  comparedFigures: ({ model }) => figures(model).join('\n'),
  comparedRefused: () => '(해서는 안 되는 말만 썼습니다)',

  rolledBack: ({ from, to, userId }) =>
    `<@${userId}> 님이 ${to.version}번 버전을 ${to.state === 'rejected' ? '' : '다시 '}사용하게 했습니다.` +
    (from === undefined
      ? ''
      : ` 버전 ${from.version} 대신입니다. 돌아가려면 \`/모델 되돌리기 버전:${from.version}\` 명령어를 쓰세요.`) +
    (to.owes === 0 ? '' : ` ${debt.rolledBack(to)}`),
  cancelled: ({ userId }) => `<@${userId}> 님이 학습을 취소했습니다. 현재 모델을 그대로 씁니다.`,
  exported: ({ version }) => `버전 ${version}의 safetensors 파일입니다.`,
  exportTooLarge: ({ version, size, guildId }) =>
    `버전 ${version}의 파일은 ${Math.ceil(size / 2 ** 20)} MB라서 Discord로 보낼 수 없습니다. 봇을 운영하는 분은 셸에서 받을 수 있습니다.\n` +
    `\`npm run -s cli -- export-model --guild ${guildId} --version ${version} --out version-${version}.safetensors\``,
  exportAlt: ({ version }) => `버전 ${version}의 가중치.`,
};

/** As many as there is room for. */
const MOST_OTHERS = 5;

/** The models of classes of readers, in a line each. */
function otherLines({ others, guildId }: ModelStatus & { guildId: string }): string[] {
  const lines = others.slice(0, MOST_OTHERS).map(({ namedBy, live, newMessages, training: own }) => {
    const parts = [
      live === undefined
        ? '아직 버전이 없습니다'
        : `버전 ${live.version} (사용 중, ${time(live.created_at, 'R')}), 글자당 **${bits(live.bits_per_character)}**비트`,
      `그 뒤의 새 메시지 ${number(newMessages)}개`,
      ...(own === undefined ? [] : [`학습: ${training(own, guildId)}`]),
    ];
    return `${audiences.whose({ channel: namedBy })} ${parts.join(' · ')}`;
  });
  return others.length > MOST_OTHERS
    ? [
        ...lines,
        `-# 그 밖의 모델 ${number(others.length - MOST_OTHERS)}개는 \`/말뭉치 공개범위\` 명령어로 볼 수 있습니다`,
      ]
    : lines;
}

function versionLine(model: VersionOfModel): string {
  const { version, report, pruned, created_at, namedBy } = model;
  const whose = namedBy === undefined ? '' : `, ${audiences.short({ channel: namedBy })}`;
  const gate = report?.gate === undefined ? '' : `: ${GATE[report.gate]}`;
  const standing = `${state(model)}${gate}${pruned ? ', 정리됨' : ''}${whose}`;
  return [`**버전 ${version}** (${standing}, ${time(created_at, 'R')})`, ...figures(model)].join(' · ');
}

function state({ state }: VersionOfModel): string {
  return { live: '사용 중', past: '예전에 사용', rejected: '사용한 적 없음' }[state];
}

const GATE: Record<GateReason, string> = {
  first: '첫 모델',
  better: '더 나음',
  untested: '비교 못 함',
  changed: '없앨 것을 없앰',
  live_damaged: '손상된 버전 대신',
  not_better: '더 낫지 않음',
  copies: '베낌',
  loops: '맴돎',
  broken: '고장',
  live_changed: '비교 못 함',
};

function figures({ bits_per_character, report, votes, owes }: VersionOfModel): string[] {
  return [
    report === undefined
      ? `글자당 **${bits(bits_per_character)}**비트`
      : `글자당 비트 ${scores({ ...report, bitsPerCharacter: bits_per_character })}`,
    ...(report === undefined
      ? []
      : [`베낀 것 ${percent(report.verbatimRate)}, 맴도는 것 ${percent(report.loopRate)}`]),
    ...(votes === undefined ? [] : [`👍 ${number(votes.up)} 👎 ${number(votes.down)}`]),
    ...(owes === 0 ? [] : [debt.knows({ owes })]),
  ];
}

function training(status: TrainingStatus | undefined, guildId: string): string {
  if (status === undefined) return '진행 중이거나 기다리는 학습이 없습니다';
  const { user_id } = status.training;
  const asker = user_id === null ? '자동 학습' : `<@${user_id}> 님이 요청`;
  return `${asker}, ${stage(status, guildId)}`;
}

function stage({ progress, ahead, quietUntil }: TrainingStatus, guildId: string): string {
  if (ahead === undefined || quietUntil !== undefined) {
    return quietUntil === undefined
      ? '기다리고 있습니다'
      : `쉬는 시간이 끝나는 ${time(quietUntil, 't')}까지 기다립니다`;
  }
  if (ahead.length > 0) return retrain.waiting({ ahead, guildId });
  return progress === undefined ? '시작하고 있습니다' : retrain.progress(progress).replace('\n', ' · ');
}

function schedule({ at }: TrainingSettingsRow, next: number | undefined): string {
  if (next === undefined) return '하지 않습니다.';
  const hour = at === null ? '봇에 정해진 시각에' : `매일 ${at}에`;
  return `${hour}, 새 메시지가 충분하면 합니다 (다음은 ${time(next, 'R')}).`;
}
