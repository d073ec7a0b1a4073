import type {
  BacktestExample,
  BacktestReport,
  LearningOutcome,
  VersionStats,
} from '../../services/moderation/types.js';
import type { Exemption } from '../../services/moderation/settings.js';
import type { SpamStats } from '../../services/moderation/spam-stats.js';
import type { ActionRow, ModerationRow } from '../../store/schema.js';
import { unreachable } from '../../unreachable.js';
import type * as english from '../en/moderation.js';
import { choice, done, verdict, why } from './flags.js';
import { certainty, number, timestamp } from './words.js';

/** Longer lists would not fit into a message. */
const MAX_NAMED = 10;

export const spam: typeof english.spam = {
  buttons: {
    confirm: () => '스팸 맞음',
    falseAlarm: () => '스팸 아님',
    remove: () => '삭제',
    timeOut: () => '타임아웃',
    skip: () => '건너뛰기',
    next: () => '다음',
    dispute: () => '이의 제기',
    undo: ({ line }) => `${line}번 되돌리기`,
    show: ({ line }) => `${line}번 보기`,
  },

  reasons: {
    confirmed: () => '운영진이 스팸으로 판정함',
    automatic: ({ score }) => `스팸일 확률 ${certainty(score)}`,
    undone: () => '운영진이 풀어 줌',
  },

  welcome: (settings) =>
    [
      `이제 스팸을 감시합니다. 스팸일 확률이 ${certainty(settings.flag_threshold)} 이상인 메시지를 여기에 신고합니다. ${spam.automatic(settings)}`,
      '- **스팸 맞음**: 스팸입니다. 다른 조치는 하지 않습니다.',
      '- **스팸 아님**: 스팸이 아닙니다. 그 때문에 받은 타임아웃은 풀립니다.',
      '- **삭제**: 스팸입니다. 메시지와, 다른 채널에 올라온 같은 메시지를 삭제합니다.',
      '- **타임아웃**: 스팸입니다. 작성자는 한동안 글을 쓸 수 없습니다.',
      '삭제나 타임아웃을 당한 멤버는 이유를 다이렉트 메시지로 받으며, 이의를 제기할 수 있습니다. 그러면 신고가 다시 열립니다.',
      '-# 놓친 스팸이 있으면 메시지의 메뉴에서 앱, 스팸으로 표시를 고르세요. 타임아웃은 `/스팸 기록`에서 되돌릴 수 있습니다.',
    ].join('\n'),
  watching: ({ review_channel_id, flag_threshold }) =>
    `스팸을 감시하고 있습니다. 확률이 ${certainty(flag_threshold)} 이상이면 <#${review_channel_id}> 채널에 신고합니다.`,
  unwatched: () => '더 이상 감시하지 않으며, 스스로 조치하지도 않습니다.',
  automatic: ({ auto_action, auto_threshold, timeout_minutes }: ModerationRow) => {
    switch (auto_action) {
      case 'none':
        return `스스로는 아무에게도 조치하지 않으며, 운영진이 결정합니다. 타임아웃의 길이는 ${minutes(timeout_minutes)}입니다.`;
      case 'delete':
        return `확률이 ${certainty(auto_threshold)} 이상인 메시지는 바로 삭제합니다. 삭제할 때마다 기록하며, 작성자는 이의를 제기할 수 있습니다.`;
      case 'timeout':
        return `확률이 ${certainty(auto_threshold)} 이상인 메시지의 작성자는 바로 ${minutes(timeout_minutes)} 동안 타임아웃합니다. 타임아웃할 때마다 기록하며, \`/스팸 기록\`에서 되돌릴 수 있고, 작성자는 이의를 제기할 수 있습니다.`;
      default:
        return unreachable(auto_action);
    }
  },
  exemptions: ({ exemptions }) => {
    if (exemptions.length === 0) return '예외로 둔 역할이나 채널이 없습니다.';
    const more = exemptions.length > MAX_NAMED ? ` 외 ${exemptions.length - MAX_NAMED}개` : '';
    return `예외: ${exemptions.slice(0, MAX_NAMED).map(exemption).join(', ')}${more}`;
  },

  flagHead: (flag) =>
    [
      flag.score === null ? '**운영진이 표시한 메시지**' : `**스팸일 확률 ${certainty(flag.score)}**`,
      `<@${flag.author_id}>, <#${flag.channel_id}>`,
      flag.gone === 1 || flag.action === 'delete'
        ? undefined
        : `[메시지로 가기](https://discord.com/channels/${flag.guild_id}/${flag.channel_id}/${flag.id})`,
      flag.disputed === 1 ? '**작성자가 이의를 제기함**' : undefined,
    ]
      .filter((part) => part !== undefined)
      .join(' · '),
  flagFoot: (flag) =>
    [
      why(flag),
      flag.times === 1 ? undefined : `${flag.times}번 올라왔습니다.`,
      flag.gone === 1 ? '작성자나 다른 운영진이 메시지를 삭제했습니다.' : undefined,
      done(flag),
      verdict(flag),
      choice(flag),
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
  erased: () => '(지워진 글)',

  queue: ({ open }) =>
    open === 1
      ? '-# 판정을 기다리는 신고는 이것뿐입니다.'
      : `-# 판정을 기다리는 신고가 ${number(open)}건 있습니다.`,
  queueEmpty: () => '검토할 신고가 없습니다.',
  queueLeft: ({ open }) =>
    open === 0 ? '-# 더 검토할 신고가 없습니다.' : `-# 검토할 신고가 ${number(open)}건 남았습니다.`,

  notice: (notice) =>
    [
      `<#${notice.channel}> 채널에 쓰신 메시지를 ${notice.isAutomatic ? '제가' : '운영진이'} 스팸으로 판단했습니다.`,
      `> ${notice.quote}`,
      notice.kind === 'delete'
        ? '그 메시지는 삭제되었습니다.'
        : `타임아웃되어 ${timestamp(notice.until ?? 0, 'f')}까지 서버에 글을 쓸 수 없습니다.`,
      notice.canDispute
        ? '잘못된 판단이라면 이의 제기 버튼을 누르세요. 운영진이 다시 살펴봅니다.'
        : '운영진이 이의 제기를 확인하고 다시 살펴보았습니다.',
    ].join('\n'),
  disputed: () =>
    '알려 주셔서 감사합니다. 운영진이 이의 제기를 확인하고 다시 살펴봅니다. 그때까지는 아무것도 바뀌지 않습니다.',

  calledSpam: () => '스팸으로 기록했고, 다른 조치는 하지 않았습니다. 아래에서 조치할 수도 있습니다.',
  calledFine: () => '스팸이 아닌 것으로 기록했습니다.',

  log: ({ actions }) =>
    actions.length === 0
      ? '아직 아무 조치도 하지 않았습니다.'
      : actions.map((action, index) => `${index + 1}. ${logLine(action)}`).join('\n'),
  logged: ({ action, quote }) => `${logLine(action)}\n> ${quote}`,

  backtestProgress: ({ done }) => `모의실험 중입니다. 지금까지 메시지 ${number(done)}개 …`,
  backtest: (report: BacktestReport, quote) =>
    [
      `**모의실험일 뿐, 아무 조치도 하지 않았습니다.** 최근 ${number(report.days)}일의 메시지 ${number(report.messages)}개를 읽었습니다. ` +
        `기준이 ${certainty(report.threshold)}일 때는 그중 **${number(report.acted)}개**에 조치하고, ${number(report.flagged)}개를 신고했을 것입니다.`,
      report.channels.length === 0
        ? undefined
        : report.channels
            .slice(0, 8)
            .map(({ id, messages, acted }) => `<#${id}> ${number(messages)}개 중 ${number(acted)}개`)
            .join(' · '),
      ...examples('**조치했을 메시지, 확실한 것부터**', report.above, quote),
      ...examples(
        `**그대로 두었을 메시지, ${certainty(report.threshold)}에 가까운 것부터**`,
        report.below,
        quote,
      ),
      '-# `/말뭉치 수집` 명령어로 모은 것을 읽었으며, 파일과 역할은 보지 않았습니다.',
      report.acted === 0
        ? undefined
        : `-# 첫째 목록이 모두 스팸이라면, \`/스팸 자동조치 조치:삭제 기준:${report.threshold}\` 명령어로 제가 그런 메시지를 스스로 삭제하게 할 수 있습니다.`,
    ]
      .filter((line) => line !== undefined)
      .join('\n'),

  learning: () => '판정에서 배우고 있습니다 …',
  learned: (outcome: LearningOutcome) => {
    const { macroF1, heldOut, verdicts } = outcome.report;
    const score = `배우지 않은 판정 ${number(heldOut)}개에서 매크로 F1 ${macroF1.toFixed(2)}`;
    switch (outcome.kind) {
      case 'promoted':
        return (
          `지금부터 판정 ${number(verdicts)}개를 배운 버전 ${outcome.version} 분류기를 사용합니다. ` +
          (heldOut === 0 ? '시험할 판정은 남지 않았습니다' : `성적: ${score}`) +
          (outcome.liveMacroF1 === undefined ? '.' : ` (이전 버전: ${outcome.liveMacroF1.toFixed(2)}).`)
        );
      case 'rejected':
        return `새 분류기가 더 나쁩니다. ${score}, 현재 분류기 ${outcome.liveMacroF1.toFixed(2)}. 현재 분류기를 계속 사용합니다.`;
      default:
        return unreachable(outcome);
    }
  },

  publicReview: ({ channel }) =>
    `**누구나 <#${channel}> 채널을 볼 수 있으므로** 신고와 그 글도 모두 볼 수 있습니다. 운영진만 보는 채널을 고르는 편이 낫습니다.`,
  paused: () =>
    '모의실험을 거치지 않은 버전이라 지금은 신고만 합니다. `/스팸 모의실험`을 실행한 뒤 `/스팸 자동조치`를 다시 실행하세요.',
  stats: (stats: SpamStats) => {
    const { settings, sinceStart, exemptions } = stats;
    return [
      settings.review_channel_id === null
        ? '감시하고 있지 않습니다. `/스팸 감시 채널:`로 시작하세요.'
        : spam.watching(settings),
      spam.automatic(settings),
      ...(stats.isPaused ? [spam.paused()] : []),
      spam.exemptions({ exemptions }),
      `**신고:** 판정을 기다림 ${number(stats.open)}건 (이의 제기 ${number(stats.disputed)}건), 스팸 ${number(stats.confirmed)}건, 스팸 아님 ${number(stats.falseAlarms)}건`,
      `**배울 자료:** 운영진의 판정 ${number(stats.verdicts)}개`,
      `**켜진 뒤로:** 메시지 ${number(sinceStart.classified)}개를 읽었고, 그중 ${number(sinceStart.unsure)}개는 스팸일 수 있으나 신고할 만큼 확실하지 않았습니다`,
      sinceStart.dropped + sinceStart.failed === 0
        ? undefined
        : `**읽지 못함:** 너무 빨리 올라온 메시지 ${number(sinceStart.dropped)}개, 판단하지 못한 메시지 ${number(sinceStart.failed)}개`,
      ...stats.versions.map(versionLine),
      stats.versions.some(({ verdicts }) => verdicts > 0)
        ? '-# 정밀도: 스팸이라고 한 것 중 정말 스팸인 비율. 재현율: 스팸 중에서 찾아낸 비율.'
        : undefined,
    ]
      .filter((line) => line !== undefined)
      .join('\n');
  },
  versionsAlt: (versions) => `버전별 정확도. ${versions.map(versionLine).join('. ').replaceAll('**', '')}`,
};

function versionLine(version: VersionStats): string {
  const { verdicts, confirmed, falseAlarms, missed } = version;
  const isStarter = version.version === 0;
  const name = isStarter ? '기본 모델' : `버전 ${version.version}`;
  const untested = isStarter ? '지어낸 메시지로만 배웠음' : '아직 판정으로 시험하지 않았음';
  const held =
    verdicts === 0
      ? untested
      : `시험용 판정 ${number(verdicts)}개에서 정밀도 ${certainty(version.precision)}, 재현율 ${certainty(version.recall)}`;
  const judged = confirmed + falseAlarms;
  const lived =
    judged + missed === 0
      ? undefined
      : `판정된 신고 ${number(judged)}건 중 ${number(confirmed)}건이 맞았고, ${number(missed)}건을 놓쳤음`;
  return `**${name}:** ${[held, lived].filter((part) => part !== undefined).join('; ')}`;
}

function logLine(action: ActionRow & { quote?: string }): string {
  const who = action.actor_id === null ? '제가' : `<@${action.actor_id}> 님이`;
  const why =
    action.actor_id === null && action.score !== null ? ` (스팸일 확률 ${certainty(action.score)})` : '';
  const quote = action.quote === undefined || action.quote === '' ? '' : `: ${action.quote}`;
  const undone = action.undone_by === null ? '' : ` · <@${action.undone_by}> 님이 되돌림`;
  return `${timestamp(action.created_at, 'R')} ${who} ${deed(action)}${why}${quote}${undone}`;
}

function deed({ kind, member_id, channel_id, until }: ActionRow): string {
  switch (kind) {
    case 'delete':
      return `<#${channel_id}> 채널에서 <@${member_id}> 님의 메시지를 삭제함`;
    case 'timeout':
      return `<@${member_id}> 님을 ${timestamp(until ?? 0, 'f')}까지 타임아웃함`;
    case 'lift':
      return `<@${member_id}> 님의 타임아웃을 풂`;
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
    : [title, ...found.map((each) => `- ${certainty(each.score)}, <#${each.channelId}>: ${quote(each)}`)];
}

function exemption({ kind, target_id }: Exemption): string {
  return kind === 'role' ? `<@&${target_id}>` : `<#${target_id}>`;
}

function minutes(value: number): string {
  return value % 60 === 0 ? `${number(value / 60)}시간` : `${number(value)}분`;
}
