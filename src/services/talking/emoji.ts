/** How a guild's own emoji are written in a message, by name: `<:kek:123>`. */
export type EmojiOf = (guildId: string) => ReadonlyMap<string, string>;

/** Code, in which nothing is shown as an emoji, or a name between colons; no time of day, and nothing that was made plain. */
const NAME = /(`+)[^`](?:[^]*?[^`])?\1(?!`)|(?<![\\\d]):(\w{2,32}):/g;

/**
 * A text as it is shown in a guild: the names of its own emoji as these. Of one that would have more than `room` UTF-16
 * units by that, the last ones stay names.
 * @param given its first units are not the network's own, and stay as they are
 */
export function withEmoji(text: string, emoji: ReadonlyMap<string, string>, room: number, given = 0): string {
  if (emoji.size === 0) return text;
  let left = room - text.length;
  return text.replace(NAME, (match, _ticks: string | undefined, name: string | undefined, at: number) => {
    const shown = emoji.get(name ?? '');
    if (shown === undefined || at < given || shown.length - match.length > left) return match;
    left -= shown.length - match.length;
    return shown;
  });
}
