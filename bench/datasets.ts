import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTranscriptOrder, readArchiveLine, type ArchivedMessage } from '../src/corpus/archive.js';
import { countCharacters } from '../src/corpus/clean.js';
import { chooseSpeakers, COMMON_MARKS, createTranscriptWriter } from '../src/corpus/transcript-writer.js';

/** A text, and the characters that its bits are divided by. */
export interface Part {
  readonly text: string;
  readonly characters: number;
}

export interface Dataset {
  /** Is learned. */
  readonly train: Part;
  /** Chooses the best checkpoint. */
  readonly valid: Part;
  /** Is scored once, at the end. */
  readonly test: Part;
  /** Symbols that the vocabulary has in any case. */
  readonly marks: string;
  /** The same text as an n-gram learns it, and the same test. */
  readonly baseline: { readonly train: string; readonly test: string };
}

/** By name: how a set is read from its folder and split. */
const readers = {
  /**
   * The first 90 % are learned; the rest chooses the checkpoint and is the test, as in the figures published for this
   * text and as `train` does with one file.
   */
  tinyshakespeare: (data: string) =>
    plainDataset(readText(data, 'tinyshakespeare/input.txt'), { learned: 0.9, before: 0.9 }),
  /** 80 % are learned, the tenth after them chooses, the last tenth is the test. */
  warpeace: (data: string) =>
    plainDataset(readText(data, 'warpeace/warpeace_input.txt'), { learned: 0.8, before: 0.9 }),
  /** Discord messages by time, 80/10/10, as a transcript. */
  meshcore: (data: string) => chatDataset(readMeshcore(data)),
  /** Question TAB answer, a line each, sorted by topic: every tenth line chooses and is the test, the others are learned. */
  songys: (data: string) => songys(readText(data, 'chat_songys_ko/ChatbotData.csv')),
} satisfies Record<string, (data: string) => Dataset>;

export type DatasetName = keyof typeof readers;
export const datasetNames = Object.keys(readers) as DatasetName[];

export function readDataset(data: string, name: DatasetName): Dataset {
  return readers[name](data);
}

function readText(...path: string[]): string {
  return readFileSync(join(...path), 'utf8');
}

/** Splits at shares of the code points: learned, then up to `before` for choosing, then the test. */
function plainDataset(text: string, shares: { learned: number; before: number }): Dataset {
  const characters = Array.from(text);
  const cut = (from: number, to: number) =>
    characters.slice(Math.floor(characters.length * from), Math.floor(characters.length * to)).join('');
  const test = cut(shares.before, 1);
  return {
    train: partOf(cut(0, shares.learned)),
    valid: partOf(shares.before > shares.learned ? cut(shares.learned, shares.before) : test),
    test: partOf(test),
    marks: '',
    baseline: { train: cut(0, shares.learned), test },
  };
}

function chatDataset(messages: ArchivedMessage[]): Dataset {
  const [train, valid, test] = splitInTenths(messages);
  const speakers = speakersIn(train);
  const plain = (part: ArchivedMessage[]) => part.map(({ content }) => `${content}\n`).join('');
  return {
    train: transcript(train, speakers),
    valid: transcript(valid, speakers),
    test: transcript(test, speakers),
    marks: COMMON_MARKS,
    baseline: { train: plain(train), test: plain(test) },
  };
}

/** The messages of the set meshcore, by time. */
export function readMeshcore(data: string): ArchivedMessage[] {
  return readText(data, 'chat_meshcore/general.jsonl')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => readArchiveLine(line) ?? [])
    .toSorted((a, b) => a.timeMs - b.timeMs);
}

/** The authors who get a tag; those who are known keep theirs. */
export function speakersIn(messages: readonly ArchivedMessage[], known?: readonly string[]): string[] {
  const messagesByAuthor = new Map<string, number>();
  for (const { authorId } of messages) {
    messagesByAuthor.set(authorId, (messagesByAuthor.get(authorId) ?? 0) + 1);
  }
  return chooseSpeakers(messagesByAuthor, known);
}

export function transcript(messages: readonly ArchivedMessage[], speakers: readonly string[]): Part {
  const writer = createTranscriptWriter(speakers);
  const pieces = inTranscriptOrder(messages).map((message) => writer.write(message));
  return {
    text: pieces.map(({ text }) => text).join(''),
    characters: pieces.reduce((sum, { characters }) => sum + characters, 0),
  };
}

function songys(csv: string): Dataset {
  const lines = csv
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [question, answer, label] = fieldsOf(line);
      return label === undefined ? [] : [`${question}\t${answer}\n`];
    });
  const train = lines.filter((_, index) => index % 10 !== 0).join('');
  const test = lines.filter((_, index) => index % 10 === 0).join('');
  return {
    train: partOf(train),
    valid: partOf(test),
    test: partOf(test),
    marks: '',
    baseline: { train, test },
  };
}

/** The fields of one CSV line; a field in quotes may hold commas and doubled quotes. */
function fieldsOf(line: string): string[] {
  const fields = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...fields].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare);
}

/** 80 %, 10 %, 10 %. */
function splitInTenths<T>(all: readonly T[]): [T[], T[], T[]] {
  const [end, second] = [Math.floor(all.length * 0.8), Math.floor(all.length * 0.9)];
  return [all.slice(0, end), all.slice(end, second), all.slice(second)];
}

function partOf(text: string): Part {
  return { text, characters: countCharacters(text) };
}
