import { createHash } from 'node:crypto';
import { chooseSpeakers, COMMON_MARKS, createTranscriptWriter } from '../corpus/transcript-writer.js';
import type { TranscriptMessage } from '../corpus/transcript.js';
import { encodePassage, type Passage, vocabularyOf } from '../rnn/passage.js';
import type { Symbols } from '../rnn/symbols.js';
import type { Vocabulary } from '../rnn/vocabulary.js';
import type { MessageRow } from '../store/schema.js';
import type { Store } from '../store/open.js';

export interface Corpus {
  vocabulary: Vocabulary;
  train: Symbols;
  trainMessages: number;
  /** Code points of the messages and one line break each; marks of speakers and places cost, but do not count. */
  trainCharacters: number;
  /** The newest part, by time: what no training may see. */
  heldOut: Symbols;
  heldOutCharacters: number;
  /** Whether the live model has learned none of the held-out part. */
  isNewToLive: boolean;
  /** The held-out part as a model sees it that knows these speakers. */
  heldOutFor: (speakers: readonly string[]) => string;
  /** Authors with a tag of their own, in the order of their tags. */
  speakers: string[];
  /** The newest message that is learned, in milliseconds, and the digest of all that are. */
  learnedUntil: number;
  learnedDigest: string;
  /** How many of them answer another message: without any, the mark of a reply means nothing. */
  learnedReplies: number;
}

/** The newest share of the messages is held out, of a large corpus no more than about this many characters. */
const HELD_OUT = 0.1;
const MAX_HELD_OUT = 50_000;

/** What earlier models leave for this corpus. */
export interface Before {
  /** A model to go on from: its symbols and speakers keep their places, so that what it has learned still fits. */
  kept?: { vocabulary: Vocabulary; speakers: readonly string[] } | undefined;
  /** The newest message that the live model has learned: what is held out comes after, as long as there is any. */
  learnedUntil?: number | undefined;
}

/**
 * Reads a guild's corpus for an audience up to a moment and splits it by time. The same messages give the same corpus. What is learned
 * streams by twice, for the vocabulary and for the symbols: a message that changes in between is spelled with what
 * symbols there are.
 */
export async function readCorpus(
  store: Store,
  guildId: string,
  audience: string,
  until: number,
  { kept, learnedUntil: liveLearnedUntil = -1 }: Before = {},
): Promise<Corpus> {
  const { characters } = await store.messages.totals(guildId, audience, until);
  const share = Math.min(HELD_OUT, MAX_HELD_OUT / Math.max(1, characters));
  const newest = (await store.messages.timeAt(guildId, audience, until, 1 - share)) ?? until;
  const heldOutFrom = liveLearnedUntil < until ? Math.max(newest, liveLearnedUntil + 1) : newest;
  const messagesByAuthor = await store.messages.countsByAuthor(guildId, audience, heldOutFrom - 1);
  const speakers = chooseSpeakers(messagesByAuthor, kept?.speakers);

  // A corpus of a single moment has no time order to split by.
  const learnedUntil = messagesByAuthor.size > 0 ? heldOutFrom - 1 : until;
  const learned = transcript(() => store.messages.inOrder(guildId, audience, learnedUntil), speakers);
  const vocabulary = await vocabularyOf(learned, COMMON_MARKS, kept?.vocabulary);
  const digest = createDigest();
  let trainMessages = 0;
  let learnedReplies = 0;
  const see = (row: MessageRow) => {
    digest.add(row);
    trainMessages += 1;
    if (row.reply_to_id !== null) learnedReplies += 1;
  };
  const train = await encodePassage(
    vocabulary,
    transcript(() => store.messages.inOrder(guildId, audience, learnedUntil), speakers, see),
  );

  const rows: MessageRow[] = [];
  for await (const row of store.messages.inOrder(guildId, audience, until, heldOutFrom)) rows.push(row);
  const heldOutFor = (speakers: readonly string[]) => {
    const writer = createTranscriptWriter(speakers);
    return rows.map((row) => writer.write(messageOf(row)).text).join('');
  };
  return {
    vocabulary,
    train: train.symbols,
    trainMessages,
    trainCharacters: train.characters,
    heldOut: vocabulary.encode(heldOutFor(speakers)),
    isNewToLive: heldOutFrom > liveLearnedUntil,
    heldOutCharacters: rows.reduce((sum, { characters }) => sum + characters + 1, 0),
    heldOutFor,
    speakers,
    learnedUntil,
    learnedDigest: digest.end(),
    learnedReplies,
  };
}

/**
 * The digest of an audience's messages up to a moment, as `learnedDigest` tells it of those a model has learned: where the two
 * differ, a message was edited, deleted, added late, or its channel is no longer collected.
 */
export async function digestOf(
  store: Store,
  guildId: string,
  audience: string,
  until: number,
): Promise<string> {
  const digest = createDigest();
  for await (const row of store.messages.inOrder(guildId, audience, until)) digest.add(row);
  return digest.end();
}

function createDigest() {
  const hash = createHash('sha256');
  return {
    add: ({ id, content }: MessageRow) => void hash.update(`${id} ${content.length} ${content}`),
    end: () => hash.digest('hex'),
  };
}

function transcript(
  rows: () => AsyncIterable<MessageRow>,
  speakers: readonly string[],
  see: (row: MessageRow) => void = () => {},
): Passage {
  return async function* () {
    const writer = createTranscriptWriter(speakers);
    for await (const row of rows()) {
      see(row);
      yield writer.write(messageOf(row));
    }
  };
}

function messageOf(row: MessageRow): TranscriptMessage {
  return {
    place: row.thread_id ?? row.channel_id,
    authorId: row.author_id,
    content: row.content,
    isReply: row.reply_to_id !== null,
  };
}
