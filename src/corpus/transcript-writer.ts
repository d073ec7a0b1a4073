import { countCharacters } from './clean.js';
import { NOBODY } from './nobody.js';
import { END, PLACE, REPLY, SOMEONE, speakerTag, transcribe, type TranscriptMessage } from './transcript.js';

/** The marks that a transcript of any speakers may have. */
export const COMMON_MARKS = PLACE + END + REPLY + SOMEONE;

/** Who wrote at least this many messages gets a speaker tag, the most talkative first. */
const MIN_MESSAGES_FOR_TAG = 50;
const MAX_TAGS = 64;
/** Every so many messages a frequent speaker's tag is left out, so that SOMEONE learns to speak like everybody. */
const UNTAGGED_EVERY = 8;
const NO_TAGS: ReadonlyMap<string, string> = new Map();

/**
 * The authors who get a tag of their own, in the order of their tags; equals go by their ids.
 * @param known those who have one already, and keep it
 */
export function chooseSpeakers(
  messagesByAuthor: ReadonlyMap<string, number>,
  known: readonly string[] = [],
): string[] {
  const added = [...messagesByAuthor]
    .filter(([authorId, messages]) => messages >= MIN_MESSAGES_FOR_TAG && !known.includes(authorId))
    .filter(([authorId]) => authorId !== NOBODY)
    .sort(([a, messagesA], [b, messagesB]) => messagesB - messagesA || (a < b ? -1 : 1))
    .map(([authorId]) => authorId);
  return [...known, ...added].slice(0, MAX_TAGS);
}

/** Writes a transcript message by message. The same messages and speakers give the same transcript. */
export function createTranscriptWriter(speakers: readonly string[]) {
  const tags = new Map(speakers.map((id, index) => [id, speakerTag(index)]));
  let written = 0;
  let previousPlace: string | undefined;
  return {
    /** The message's piece; it counts as its own code points and a line break: marks cost, but do not count. */
    write(message: TranscriptMessage): { text: string; characters: number } {
      const untagged = written % UNTAGGED_EVERY === 0;
      const text = transcribe(message, previousPlace, untagged ? NO_TAGS : tags);
      written += 1;
      previousPlace = message.place;
      return { text, characters: countCharacters(message.content) + 1 };
    },
  };
}
