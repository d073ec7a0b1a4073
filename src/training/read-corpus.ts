import { createHash } from 'node:crypto';
import { countCharacters } from '../corpus/clean.js';
import { createSelection, type LeftOut, sharesWithin } from '../corpus/selection.js';
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
  /** Streams what is learned, place by place, each in time order. */
  learned: () => AsyncIterable<LearnedMessage>;
  /** What was stored and yet is not learned, nor held out. */
  leftOut: Readonly<LeftOut>;
}

/** A message that is learned, in its learned form. */
export interface LearnedMessage extends TranscriptMessage {
  timeMs: number;
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
 * streams by three times, to see who wrote how much, for the vocabulary and for the symbols: a message that changes in
 * between is spelled with what symbols there are.
 * @param maxSpeakerShare of what is learned, that one person's messages may have
 */
export async function readCorpus(
  store: Store,
  guildId: string,
  audience: string,
  until: number,
  { kept, learnedUntil: liveLearnedUntil = -1 }: Before = {},
  maxSpeakerShare = 1,
): Promise<Corpus> {
  const { characters } = await store.messages.totals(guildId, audience, until);
  const share = Math.min(HELD_OUT, MAX_HELD_OUT / Math.max(1, characters));
  const newest = (await store.messages.timeAt(guildId, audience, until, 1 - share)) ?? until;
  const heldOutFrom = liveLearnedUntil < until ? Math.max(newest, liveLearnedUntil + 1) : newest;
  const isSplit = (await store.messages.totals(guildId, audience, heldOutFrom - 1)).messages > 0;
  // A corpus of a single moment has no time order to split by.
  const learnedUntil = isSplit ? heldOutFrom - 1 : until;
  const rows = (from?: number, to = learnedUntil) => store.messages.inOrder(guildId, audience, to, from);

  const spam = await store.flags.suspected(guildId);
  const everybody = createSelection({ spam });
  for await (const row of rows()) everybody.choose(candidateOf(row));
  const speakers = chooseSpeakers(everybody.messagesBy, kept?.speakers);
  const shares = sharesWithin(maxSpeakerShare, everybody.charactersBy);
  const learned = () => chosen(rows(), createSelection({ spam, shares }));

  const vocabulary = await vocabularyOf(transcript(learned, speakers), COMMON_MARKS, kept?.vocabulary);
  const digest = createDigest(spam);
  const seen = new Set<number>();
  const selection = createSelection({ spam, shares, seen });
  let trainMessages = 0;
  let learnedReplies = 0;
  const train = await encodePassage(
    vocabulary,
    transcript(
      () => chosen(rows(), selection, digest.add),
      speakers,
      ({ isReply }) => {
        trainMessages += 1;
        if (isReply) learnedReplies += 1;
      },
    ),
  );

  const heldOut: LearnedMessage[] = [];
  // What was learned is nothing new, unless both parts are the same.
  const unseen = createSelection({ spam, seen: isSplit ? seen : new Set() });
  for await (const message of chosen(rows(heldOutFrom, until), unseen)) heldOut.push(message);
  const heldOutFor = (speakers: readonly string[]) => {
    const writer = createTranscriptWriter(speakers);
    return heldOut.map((message) => writer.write(message).text).join('');
  };
  return {
    vocabulary,
    train: train.symbols,
    trainMessages,
    trainCharacters: train.characters,
    heldOut: vocabulary.encode(heldOutFor(speakers)),
    isNewToLive: heldOutFrom > liveLearnedUntil,
    heldOutCharacters: heldOut.reduce((sum, { content }) => sum + countCharacters(content) + 1, 0),
    heldOutFor,
    speakers,
    learnedUntil,
    learnedDigest: digest.end(),
    learnedReplies,
    learned,
    leftOut: selection.leftOut,
  };
}

/**
 * The digest of an audience's messages up to a moment, as `learnedDigest` tells it of those a model has learned: where
 * the two differ, a message was edited, deleted, added late or flagged as spam, or its channel is no longer collected. It
 * is of all that may be learned, so that another choice among it does not change it.
 */
export async function digestOf(
  store: Store,
  guildId: string,
  audience: string,
  until: number,
): Promise<string> {
  const digest = createDigest(await store.flags.suspected(guildId));
  for await (const row of store.messages.inOrder(guildId, audience, until)) digest.add(row);
  return digest.end();
}

function createDigest(spam: ReadonlySet<string>) {
  const hash = createHash('sha256');
  return {
    add: ({ id, content }: MessageRow): void => {
      if (!spam.has(id)) hash.update(`${id} ${content.length} ${content}`);
    },
    end: () => hash.digest('hex'),
  };
}

/** The messages that a selection chooses. */
async function* chosen(
  rows: AsyncIterable<MessageRow>,
  selection: ReturnType<typeof createSelection>,
  see: (row: MessageRow) => void = () => {},
): AsyncGenerator<LearnedMessage> {
  for await (const row of rows) {
    see(row);
    const content = selection.choose(candidateOf(row));
    if (content === undefined) continue;
    yield {
      place: row.thread_id ?? row.channel_id,
      authorId: row.author_id,
      content,
      isReply: row.reply_to_id !== null,
      timeMs: row.created_at,
    };
  }
}

function candidateOf({ id, author_id, content }: MessageRow) {
  return { id, authorId: author_id, content };
}

function transcript(
  messages: () => AsyncIterable<TranscriptMessage>,
  speakers: readonly string[],
  see: (message: TranscriptMessage) => void = () => {},
): Passage {
  return async function* () {
    const writer = createTranscriptWriter(speakers);
    for await (const message of messages()) {
      see(message);
      yield writer.write(message);
    }
  };
}
