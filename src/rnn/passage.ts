import type { Symbols } from './symbols.js';
import { learnVocabulary, type Vocabulary } from './vocabulary.js';

/** A part of a text. */
export interface Piece {
  readonly text: string;
  /** What it counts as when bits are divided by characters. */
  readonly characters: number;
}

/** A text that can be read again and again, from its start, without ever being whole in memory. */
export type Passage = () => Iterable<Piece> | AsyncIterable<Piece>;

/** The vocabulary of a passage, grown from another if one is given. `marks` are in it whether they occur or not. */
export async function vocabularyOf(passage: Passage, marks = '', grown?: Vocabulary): Promise<Vocabulary> {
  const reader = learnVocabulary(grown && { grown });
  reader.push(marks);
  for await (const { text } of passage()) reader.push(text);
  return reader.end();
}

/** The whole passage as symbols. */
export async function encodePassage(
  vocabulary: Vocabulary,
  passage: Passage,
): Promise<{ symbols: Symbols; characters: number }> {
  const encoder = vocabulary.encoder();
  let characters = 0;
  for await (const piece of passage()) {
    encoder.push(piece.text);
    characters += piece.characters;
  }
  return { symbols: encoder.end(), characters };
}
