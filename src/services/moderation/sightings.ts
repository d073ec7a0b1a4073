export type Sightings = ReturnType<typeof createSightings>;

export interface Sighting {
  guildId: string;
  authorId: string;
  contentKey: string;
  channelId: string;
  /** Milliseconds. */
  at: number;
}

const WINDOW_MS = 60_000;
/** Beyond this many texts the one that was seen least recently is forgotten. */
const MAX_TEXTS = 10_000;

/** Remembers for a minute who wrote which text where. */
export function createSightings(maxTexts = MAX_TEXTS) {
  const texts = new Map<string, Map<string, number>>();

  return {
    /** In how many other channels this author wrote this text within the last minute. */
    seen({ guildId, authorId, contentKey, channelId, at }: Sighting): number {
      const name = `${guildId}/${authorId}/${contentKey}`;
      const earlier = [...(texts.get(name) ?? [])].filter(([, time]) => at - time <= WINDOW_MS);
      const channels = new Map(earlier).set(channelId, at);
      texts.delete(name);
      texts.set(name, channels);
      if (texts.size > maxTexts) texts.delete(texts.keys().next().value ?? name);
      return channels.size - 1;
    },
  };
}
