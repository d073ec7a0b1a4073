/**
 * A transcript is one string: messages in time order, place by place, with structure written as marks.
 * Marks are code points of plane 16 (private use), which cleaning removes from every message, so that
 * nobody can type one.
 *
 *     PLACE [REPLY] speaker text END [REPLY] speaker text END ... PLACE ...
 */
const FIRST_MARK = 0x10_0000;

export const PLACE = mark(0);
export const END = mark(1);
export const REPLY = mark(2);
/** The speaker tag of everybody who has no tag of their own. */
export const SOMEONE = mark(3);
const FIRST_SPEAKER = 16;

export interface TranscriptMessage {
  /** Channel or thread. */
  place: string;
  authorId: string;
  content: string;
  isReply: boolean;
}

export function isMark(codePoint: number): boolean {
  return codePoint >= FIRST_MARK;
}

/** The tag of the speaker at this index in the list of frequent speakers. */
export function speakerTag(index: number): string {
  return mark(FIRST_SPEAKER + index);
}

/** One message as it stands in the transcript; `previousPlace` is undefined at the beginning. */
export function transcribe(
  message: TranscriptMessage,
  previousPlace: string | undefined,
  tags: ReadonlyMap<string, string>,
): string {
  const place = message.place === previousPlace ? '' : PLACE;
  const reply = message.isReply ? REPLY : '';
  return `${place}${reply}${tags.get(message.authorId) ?? SOMEONE}${message.content}${END}`;
}

/**
 * A transcript that begins with a prompt, each line of which is a message of somebody's; the last one goes on. It begins
 * as if another message had just ended, which is familiar, while a new place is rare: a network trained for two minutes
 * began none of 24 messages with a capital letter there, and all of them here.
 */
export function beginning(prompt: string): string {
  return `${END}${SOMEONE}${readable(prompt).replaceAll('\n', END + SOMEONE)}`;
}

/** A message as it stands in a conversation; nobody in particular may have written it. */
export interface Utterance {
  authorId: string | undefined;
  content: string;
  isReply: boolean;
}

/**
 * A transcript of one place, oldest message first; the last one goes on. Of a long one only the newest messages that
 * have at most `maxCharacters` together, besides the last.
 */
export function conversation(
  before: readonly Utterance[],
  last: Utterance,
  tags: ReadonlyMap<string, string>,
  maxCharacters: number,
): string {
  const tagOf = (authorId = '') => tags.get(authorId) ?? SOMEONE;
  const utter = ({ authorId, content, isReply }: Utterance) =>
    `${isReply ? REPLY : ''}${tagOf(authorId)}${readable(content)}`;
  const spoken = [utter(last)];
  let left = maxCharacters;
  for (const utterance of before.toReversed()) {
    left -= utterance.content.length;
    if (left < 0 && spoken.length > 1) break;
    spoken.unshift(utter(utterance));
  }
  return END + spoken.join(END);
}

/** What a person sees of a transcript: the end of a message is a line break, other marks are nothing. */
export function readable(transcript: string): string {
  return transcript.replaceAll(END, '\n').replace(/[\u{100000}-\u{10FFFF}]/gu, '');
}

function mark(offset: number): string {
  return String.fromCodePoint(FIRST_MARK + offset);
}
