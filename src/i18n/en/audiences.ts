import type { AudienceStatus } from '../../services/audiences.js';

export const audienceErrors = {
  version_not_here: ({ version }: { version: number }) =>
    `Version ${version} has learned what not everyone who reads this channel can read, so it writes only where its own readers are.`,
  audience_public: ({ channel }: { channel: string }) =>
    `Everyone can read <#${channel}>, so there is nothing to do: the public model learns from it with \`/corpus collect\`, and writes everywhere.`,
  audience_not_asked: ({ channel }: { channel: string }) =>
    `Those who can read <#${channel}> have no model of their own. An admin can ask for one with \`/corpus audience channel:\`.`,
  audience_channel_missing: () =>
    'Name the channel whose readers are to have no model of their own any more.',
};

export const audiences = {
  added: ({ namedBy, channels, learned }: AudienceStatus) =>
    [
      `There is a model of its own for the readers of <#${namedBy}> now. It learns from the public channels and from those that exactly the same people can read: ${mentions(channels)}.`,
      'It writes only in these. Everywhere else the public model writes, which learns nothing from them.',
      learned.length === 0
        ? `Next: \`/corpus collect\` for each channel that it is to learn from, then \`/retrain for:\` with <#${namedBy}>.`
        : `Next: \`/retrain for:\` with <#${namedBy}>.`,
    ].join('\n'),

  list: ({ audiences }: { audiences: readonly AudienceStatus[] }) =>
    audiences.length === 0
      ? 'There is only the public model, which learns from channels that everyone can read. `/corpus audience channel:` asks for another one for the readers of a channel.'
      : [
          'Beside the public model, which learns only from channels that everyone can read:',
          ...audiences.map(
            ({ namedBy, channels, learned, version }) =>
              `- **for the readers of <#${namedBy}>**: ` +
              (channels.length === 0
                ? 'no channel is theirs alone any more; '
                : `writes in ${mentions(channels)}; learns from ${learned.length === 0 ? 'none of these yet' : mentions(learned)}; `) +
              (version === undefined ? 'no version yet' : `version ${version} is live`),
          ),
        ].join('\n'),

  removed: ({ channel, left }: { channel: string; left: readonly string[] }) =>
    `The readers of <#${channel}> have no model of their own any more: its versions are erased, and the public one writes there.` +
    (left.length === 0 ? '' : ` No longer collected or learned: ${mentions(left)}.`),

  /** What is said first of a training or a model that is not everyone's. */
  whose: ({ channel }: { channel: string }) => `**For the readers of <#${channel}>:**`,
  short: ({ channel }: { channel: string | null }) =>
    channel === null ? 'for readers of once' : `for <#${channel}>`,

  outcome: ({ channel, isShown }: { channel: string; isShown: boolean }) =>
    `-# This model is for the readers of <#${channel}> and writes only where nobody else reads.` +
    (isShown ? '' : ' So nothing that it writes is shown here.'),
};

/** As many as a message holds of the channels. */
const MOST = 15;

function mentions(channels: readonly string[]): string {
  const shown = channels.slice(0, MOST).map((id) => `<#${id}>`);
  const others = channels.length - MOST;
  return shown.join(', ') + (others > 0 ? ` and ${others} more` : '');
}
