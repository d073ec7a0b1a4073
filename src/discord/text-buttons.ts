import type { Strings } from '../i18n/index.js';
import type { Button, ButtonAction } from './define-command.js';

/** What the buttons on a text do that every command has which has the bot write. */
export const textActions = {
  stop: {
    reply: 'private',
    run: async ({ composing }, id, { guildId, userId, may, strings }) => {
      const by = { guildId, memberId: userId, isModerator: may('moderators') };
      const { stopped, finished } = strings.talking;
      return { content: composing.stop(id, by) ? stopped() : finished() };
    },
  },
  up: voting(1),
  down: voting(-1),
} satisfies Record<string, ButtonAction>;

export function stopButton(id: string, { talking }: Strings): Button {
  return { action: 'stop', argument: id, label: talking.stop(), style: 'danger' };
}

function voting(vote: -1 | 1): ButtonAction {
  return {
    reply: 'private',
    run: async ({ voting }, id, { guildId, channelId, messageId, userId, may, strings }) => {
      const by = { guildId, memberId: userId, isModerator: may('moderators') };
      const outcome = await voting.vote({ id, ...by, vote, channelId, messageId });
      return { content: strings.talking.vote(outcome) };
    },
  };
}
