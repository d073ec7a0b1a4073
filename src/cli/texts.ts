import {
  type ArchivedMessage,
  ArchiveError,
  inTranscriptOrder,
  readArchiveLine,
  splitByTime,
} from '../corpus/archive.js';
import { countCharacters } from '../corpus/clean.js';
import { chooseSpeakers, COMMON_MARKS, createTranscriptWriter } from '../corpus/transcript-writer.js';
import { encodePassage, type Passage } from '../rnn/passage.js';
import type { Vocabulary } from '../rnn/vocabulary.js';
import { CliError } from './failure.js';
import { cutAt, readLines, readText, type TextFile } from './text-files.js';

/** What `train` reads. */
export interface Corpus {
  learned: Passage;
  heldOut: Passage;
  /** What the vocabulary must have besides. */
  marks: string;
  /** Of an archive: the authors with a tag of their own, in the order of their tags. */
  speakers?: string[];
}

/** Share of a text, from its start, or of an archive's messages, by time, that is learned unless --valid is given. */
const LEARNED = 0.9;

export const ARCHIVE_HELP = `
A text is a UTF-8 file, or a chat when its name ends in .jsonl: one message a
line, each a JSON object with
  text, content or x              what was written
  time, timestamp or t            when: ISO 8601, or milliseconds since 1970
  author or u, channel or ch      by whom and where, if known
  reply, reply_to or re           what it replies to, if anything`;

/**
 * The text to learn and the text to score on: `validPath`, or the later part of the first.
 * @param known speakers who have a tag already
 */
export async function openCorpus(
  path: string,
  validPath: string | undefined,
  known: readonly string[] = [],
): Promise<Corpus> {
  const file = { path, option: '--text' };
  const valid = validPath === undefined ? undefined : { path: validPath, option: '--valid' };
  if (isArchive(file)) return openArchive(file, valid, known);
  const cut = await cutAt(file, valid === undefined ? LEARNED : 1);
  return {
    learned: plain(file, 0, cut),
    heldOut: valid === undefined ? plain(file, cut) : await openText(valid, []),
    marks: '',
  };
}

/** A whole file as a passage; in an archive, these speakers have tags. */
export async function openText(file: TextFile, speakers: readonly string[]): Promise<Passage> {
  if (!isArchive(file)) return plain(file);
  return transcript(await readArchive(file), speakers);
}

async function openArchive(
  file: TextFile,
  valid: TextFile | undefined,
  known: readonly string[],
): Promise<Corpus> {
  const messages = await readArchive(file);
  const [older, newer] = valid === undefined ? splitByTime(messages, LEARNED) : [messages, []];
  const messagesByAuthor = new Map<string, number>();
  for (const { authorId } of older) messagesByAuthor.set(authorId, (messagesByAuthor.get(authorId) ?? 0) + 1);
  // Whoever has no name is not one person.
  messagesByAuthor.delete('');
  const speakers = chooseSpeakers(messagesByAuthor, known);
  return {
    learned: transcript(older, speakers),
    heldOut: valid === undefined ? transcript(newer, speakers) : await openText(valid, speakers),
    marks: COMMON_MARKS,
    speakers,
  };
}

/** The symbols of a passage, and its characters. */
export async function encode(vocabulary: Vocabulary, passage: Passage) {
  try {
    return await encodePassage(vocabulary, passage);
  } catch (error) {
    // What V8 throws where an array cannot be had.
    if (error instanceof RangeError) throw new CliError('the text does not fit in memory: give a part of it');
    throw error;
  }
}

function isArchive({ path }: TextFile): boolean {
  return path.toLowerCase().endsWith('.jsonl');
}

function plain(file: TextFile, start = 0, end = Infinity): Passage {
  return async function* () {
    let isEmpty = true;
    for await (const text of readText(file, start, end)) {
      if (text !== '') isEmpty = false;
      yield { text, characters: countCharacters(text) };
    }
    if (isEmpty && start === 0) {
      throw new CliError(`${file.path} is empty: ${file.option} needs a file with text in it`);
    }
  };
}

function transcript(messages: readonly ArchivedMessage[], speakers: readonly string[]): Passage {
  const ordered = inTranscriptOrder(messages);
  return function* () {
    const writer = createTranscriptWriter(speakers);
    for (const message of ordered) yield writer.write(message);
  };
}

/** All messages of an archive that are worth learning. */
async function readArchive(file: TextFile): Promise<ArchivedMessage[]> {
  const messages: ArchivedMessage[] = [];
  // The same few names come in every line: keep one string of each.
  const names = new Map<string, string>();
  const known = (name: string) => names.get(name) ?? (names.set(name, name), name);
  for await (const [line, number] of readLines(file)) {
    try {
      const message = readArchiveLine(line);
      if (message === undefined) continue;
      messages.push({ ...message, place: known(message.place), authorId: known(message.authorId) });
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      throw new CliError(`${file.path}:${number}: ${error.message}`);
    }
  }
  if (messages.length === 0) {
    throw new CliError(`${file.path} has no messages with text in them: ${file.option} needs some`);
  }
  return messages;
}
