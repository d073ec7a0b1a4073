/** All that the page knows. Frames from the server change it; the parts of the page draw it. */
export const state = {
  connected: false,
  guild: undefined,
  people: new Map(),
  you: undefined,
  /** The language of the person's Discord, such as 'ko'. */
  locale: 'en-US',
  channels: [],
  roles: [],
  /** The channel of the bot and the person one speaks as. */
  direct: undefined,
  commands: [],
  botOnline: true,
  botId: undefined,
  openChannelId: undefined,
  /** What is loaded of each channel that was opened since the last 'hello'. */
  logs: new Map(),
  unread: new Set(),
  /** By message, the custom ids of its pressed buttons that the bot has not answered. */
  pending: new Map(),
  /** The channel that is shown: one of the guild, or the direct one. */
  get open() {
    return [...this.channels, this.direct].find((channel) => channel?.id === this.openChannelId);
  },
};
