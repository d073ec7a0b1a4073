import type { Obstacle } from '../../services/moderation/enforcer.js';
import type { FlagAction } from '../../store/flags.js';
import { unreachable } from '../../unreachable.js';

export const moderationErrors = {
  not_watching: () => 'Nothing is watched here yet. Choose a review channel first: `/spam watch channel:`.',
  review_channel_closed: ({ channel }: { channel: string }) =>
    `I cannot write in <#${channel}>. Give me the permissions View Channel and Send Messages there.`,
  choose_channel_or_off: () => 'Name a review channel, or say `off: True`.',
  backtest_needed: ({ threshold }: { threshold: number }) =>
    `See first what it would have done: run \`/spam backtest threshold:${threshold}\` (or lower), then come back within seven days.`,
  backtest_empty: ({ days }: { days: number }) =>
    `I have no messages of the last ${days} days to rehearse with. Collect channels with \`/corpus collect\` first.`,
  backtest_running: () => 'A backtest of this server is already running. Wait until it is finished.',
  permission_missing: ({ action, channel }: { action: FlagAction; channel: string }) =>
    `I may not ${verb(action)} in <#${channel}>. Give me the permission ${permission(action)}.`,
  action_blocked: ({ action, obstacle }: { action: FlagAction; obstacle: Obstacle }) =>
    blocked(action, obstacle),
  flag_gone: () => 'I no longer know this flag.',
  flag_resolved: () => 'Somebody was faster: this flag is already resolved.',
  nothing_to_judge: () => 'This message has neither text nor files that I could learn from.',
  action_gone: () => 'I no longer know this action.',
  already_undone: () => 'This was already undone.',
  cannot_undo: () => 'This cannot be undone: deleted messages are gone, and a time-out that is over is over.',
  dispute_not_yours: () => 'Only the person who wrote the message can dispute this.',
  dispute_repeated: () => 'You have disputed this already. The moderators will see it.',
  dispute_settled: () => 'The moderators have already found that this was no spam.',
  no_verdicts: () =>
    'There is nothing to learn from yet. Moderators teach me with the buttons on flags, and with "Flag as spam" and "Not spam" on messages.',
  classifier_training: () => 'A training of a classifier is already running. Wait until it is finished.',
};

function blocked(action: FlagAction, obstacle: Obstacle): string {
  switch (obstacle) {
    case 'missing_permission':
      return `I may not ${verb(action)} here. Give me the permission ${permission(action)}.`;
    case 'role_too_high':
      return 'This member’s highest role is not below mine. Move my role above it in the server settings.';
    case 'owner':
      return 'This member owns the server: nobody can time them out.';
    case 'not_a_member':
      return 'This person is no longer a member of the server.';
    case 'gone':
      return 'The message or its channel is gone.';
    default:
      return unreachable(obstacle);
  }
}

function verb(action: FlagAction): string {
  return action === 'delete' ? 'delete messages' : 'time members out';
}

function permission(action: FlagAction): string {
  return action === 'delete' ? 'Manage Messages' : 'Timeout Members';
}
