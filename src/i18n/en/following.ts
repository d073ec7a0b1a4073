export const followingErrors = {
  channel_not_public: ({ channel }: { channel: string }) =>
    `Not everyone in this server can read <#${channel}>, or it is age-restricted: what is said there must not be learned for all. ` +
    'To learn it for those alone who can read it, ask for a model of their own first, with `/corpus audience channel:`.',
};

export const following = {
  otherReaders: ({ channels }: { channels: readonly string[] }) =>
    `I no longer collect ${channels.map((id) => `<#${id}>`).join(', ')}: other people can read there than when I began. ` +
    'What I stored from there is no longer learned, and the next training forgets it. To go on, use `/corpus collect` again.',
};
