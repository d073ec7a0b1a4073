import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countCharacters } from '../src/corpus/clean.js';
import { hash } from '../src/rnn/random.js';
import { MARKS, plainTextOf, readChat, tagsOf, transcriptOf } from './chat.js';

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
   * The first 90 % are learned and the rest is the test. The checkpoint is chosen on the end of those 90 %, not on the
   * test, so that the score is of text that decided nothing.
   */
  tinyshakespeare: (data: string) =>
    plainDataset(readText(data, 'tinyshakespeare/input.txt'), { learned: 0.855, before: 0.9, baseline: 0.9 }),
  /** 80 % are learned, the tenth after them chooses, the last tenth is the test. */
  warpeace: (data: string) =>
    plainDataset(readText(data, 'warpeace/warpeace_input.txt'), { learned: 0.8, before: 0.9, baseline: 0.8 }),
  /** Discord messages by time, 80/10/10, as a transcript. */
  meshcore: (data: string) => chatDataset(join(data, 'chat_meshcore/general.jsonl')),
  /** Question TAB answer, a line each; the lines are drawn 80/10/10, because they are sorted by topic. */
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
function plainDataset(text: string, shares: { learned: number; before: number; baseline: number }): Dataset {
  const characters = Array.from(text);
  const cut = (from: number, to: number) =>
    characters.slice(Math.floor(characters.length * from), Math.floor(characters.length * to)).join('');
  const test = cut(shares.before, 1);
  return {
    train: partOf(cut(0, shares.learned)),
    valid: partOf(cut(shares.learned, shares.before)),
    test: partOf(test),
    marks: '',
    baseline: { train: cut(0, shares.baseline), test },
  };
}

function chatDataset(path: string): Dataset {
  const [train, valid, test] = splitInTenths(readChat(path));
  const tags = tagsOf(train);
  return {
    train: transcriptOf(train, tags),
    valid: transcriptOf(valid, tags),
    test: transcriptOf(test, tags),
    marks: MARKS,
    baseline: { train: plainTextOf(train), test: plainTextOf(test) },
  };
}

const SHUFFLE_SEED = 1;

function songys(csv: string): Dataset {
  const lines = csv
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [question, answer, label] = fieldsOf(line);
      return label === undefined ? [] : [`${question}\t${answer}\n`];
    })
    .map((line, index) => ({ line, turn: hash(SHUFFLE_SEED, index) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ line }) => line);
  const [train, valid, test] = splitInTenths(lines).map((part) => part.join(''));
  return {
    train: partOf(train),
    valid: partOf(valid),
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
