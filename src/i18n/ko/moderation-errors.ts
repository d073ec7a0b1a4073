import type { Obstacle } from '../../services/moderation/enforcer.js';
import type { FlagAction } from '../../store/flags.js';
import { unreachable } from '../../unreachable.js';
import type * as english from '../en/moderation-errors.js';

export const moderationErrors: typeof english.moderationErrors = {
  not_watching: () =>
    '이 서버는 아직 감시하고 있지 않습니다. 먼저 `/스팸 감시 채널:`로 검토 채널을 정하세요.',
  review_channel_closed: ({ channel }) =>
    `<#${channel}> 채널에 글을 쓸 수 없습니다. 그 채널에서 저에게 채널 보기와 메시지 보내기 권한을 주세요.`,
  choose_channel_or_off: () => '검토 채널을 정하거나, `끄기` 옵션을 고르세요.',
  backtest_needed: ({ threshold }) =>
    `어떻게 되었을지 먼저 확인하세요. \`/스팸 모의실험 기준:${threshold}\` 명령어를 이 기준이나 더 낮은 기준으로 실행한 뒤, 7일 안에 다시 시도하세요.`,
  backtest_empty: ({ days }) =>
    `모의실험에 쓸 최근 ${days}일의 메시지가 없습니다. 먼저 \`/말뭉치 수집\` 명령어로 채널을 수집하세요.`,
  backtest_running: () => '이 서버의 모의실험이 이미 진행 중입니다. 끝날 때까지 기다려 주세요.',
  permission_missing: ({ action, channel }) =>
    `<#${channel}> 채널에서 ${deed(action)} 권한이 없습니다. 저에게 ${permission(action)} 권한을 주세요.`,
  action_blocked: ({ action, obstacle }) => blocked(action, obstacle),
  flag_gone: () => '이 신고를 더 이상 기억하지 못합니다.',
  flag_resolved: () => '다른 분이 먼저 판정한 신고입니다.',
  nothing_to_judge: () => '이 메시지에는 보고 배울 글이나 파일이 없습니다.',
  action_gone: () => '이 조치를 더 이상 기억하지 못합니다.',
  already_undone: () => '이미 되돌린 조치입니다.',
  cannot_undo: () =>
    '되돌릴 수 없습니다. 삭제된 메시지는 되살릴 수 없고, 끝난 타임아웃은 풀 필요가 없습니다.',
  dispute_not_yours: () => '메시지를 쓴 사람만 이의를 제기할 수 있습니다.',
  dispute_repeated: () => '이미 이의를 제기하셨습니다. 운영진이 확인할 것입니다.',
  dispute_settled: () => '운영진이 이미 스팸이 아니라고 판정했습니다.',
  no_verdicts: () =>
    '아직 배울 판정이 없습니다. 운영진이 신고의 버튼이나 메시지 메뉴의 "스팸으로 표시", "스팸 아님"으로 가르칠 수 있습니다.',
  classifier_training: () => '분류기가 이미 학습하고 있습니다. 끝날 때까지 기다려 주세요.',
};

function blocked(action: FlagAction, obstacle: Obstacle): string {
  switch (obstacle) {
    case 'missing_permission':
      return `여기서 ${deed(action)} 권한이 없습니다. 저에게 ${permission(action)} 권한을 주세요.`;
    case 'role_too_high':
      return '이 멤버의 가장 높은 역할이 제 역할보다 낮지 않습니다. 서버 설정에서 제 역할을 그 위로 옮겨 주세요.';
    case 'owner':
      return '이 멤버는 서버 소유자라서 아무도 타임아웃할 수 없습니다.';
    case 'not_a_member':
      return '이 사람은 더 이상 서버의 멤버가 아닙니다.';
    case 'gone':
      return '메시지나 그 채널이 없어졌습니다.';
    default:
      return unreachable(obstacle);
  }
}

function deed(action: FlagAction): string {
  return action === 'delete' ? '메시지를 삭제할' : '멤버를 타임아웃할';
}

function permission(action: FlagAction): string {
  return action === 'delete' ? '메시지 관리' : '멤버 타임아웃';
}
