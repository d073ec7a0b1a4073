import { readFileSync } from 'node:fs';
import { cleanMessage, countCharacters } from '../src/corpus/clean.js';
import { END, PLACE, REPLY, SOMEONE, speakerTag, transcribe } from '../src/corpus/transcript.js';
import type { Part } from './datasets.js';

/** One line of a chat archive: running number, channel, ISO time, author, text, number of the message replied to. */
interface ArchivedMessage {
  id: number;
  ch: string;
  t: string;
  u: string;
  x: string;
  re?: number;
}

/** The archive's messages as the corpus keeps them: cleaned, in time order. */
export function readChat(path: string): ArchivedMessage[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ArchivedMessage)
    .flatMap((message) => {
      const x = cleanMessage(message.x);
      return x === undefined ? [] : [{ ...message, x }];
    })
    .sort((a, b) => (a.t < b.t ? -1 : a.t > b.t ? 1 : a.id - b.id));
}

/** The structure that a vocabulary must know whether or not the text has it. */
export const MARKS = PLACE + END + REPLY + SOMEONE;

// As src/training/read-corpus.ts writes its transcripts.
const MIN_MESSAGES_FOR_TAG = 50;
const MAX_TAGS = 64;
const UNTAGGED_EVERY = 8;
const NO_TAGS: ReadonlyMap<string, string> = new Map();

/** Speaker tags of those who wrote much, the most talkative first. */
export function tagsOf(messages: readonly ArchivedMessage[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { u } of messages) counts.set(u, (counts.get(u) ?? 0) + 1);
  const speakers = [...counts].filter(([, count]) => count >= MIN_MESSAGES_FOR_TAG);
  speakers.sort(([, a], [, b]) => b - a);
  return new Map(speakers.slice(0, MAX_TAGS).map(([author], index) => [author, speakerTag(index)]));
}

/** Messages as a transcript. Marks cost bits, but only the messages' characters and a line break each count. */
export function transcriptOf(messages: readonly ArchivedMessage[], tags: ReadonlyMap<string, string>): Part {
  const pieces = messages.map(({ ch: place, u: authorId, x: content, re }, index) =>
    transcribe(
      { place, authorId, content, isReply: re !== undefined },
      index === 0 ? undefined : messages[index - 1].ch,
      index % UNTAGGED_EVERY === 0 ? NO_TAGS : tags,
    ),
  );
  return {
    text: pieces.join(''),
    characters: messages.reduce((sum, { x }) => sum + countCharacters(x) + 1, 0),
  };
}

/** The same messages without any structure, a line break after each. */
export function plainTextOf(messages: readonly ArchivedMessage[]): string {
  return messages.map(({ x }) => `${x}\n`).join('');
}
