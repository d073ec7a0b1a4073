/** What is said to those who have to wait. */
export const fairUse = {
  queued: ({ seconds }: { seconds: number }) =>
    `Many are asking at once. Your turn comes in about ${wait(seconds)} …`,
};

export const fairUseErrors = {
  busy: ({ seconds }: { seconds: number }) =>
    `Too many people are asking me at once. Please try again in about ${wait(seconds)}.`,
  user_cooldown: ({ seconds }: { seconds: number }) =>
    `You have asked for a lot in a short time. Please try again in ${wait(seconds)}.`,
  channel_cooldown: ({ seconds }: { seconds: number }) =>
    `This channel has asked for a lot in a short time. Please try again in ${wait(seconds)}, or in another channel.`,
};

function wait(seconds: number): string {
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
