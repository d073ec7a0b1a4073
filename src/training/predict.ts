import { END, isMark, readable, SOMEONE } from '../corpus/transcript.js';
import { type Asking, nextCharacters, type Surprise, surprise } from '../rnn/prediction.js';
import type { Row } from '../rnn/rows.js';
import type { Vocabulary } from '../rnn/vocabulary.js';
import { type Scored, typicality } from './typicality.js';
import type { Prediction } from './writing.js';

/** Next characters told one by one. */
const LIKELIEST = 10;
/** How much of a message counts in how typical it is, in characters: a few long ones would take all the time. */
const MAX_SCORED = 160;
/** What stands before a message: every one is read as if another had just ended, and as anybody's. */
const LEAD = END + SOMEONE;

const isEnd = (codePoint: number) => codePoint === END.codePointAt(0);
const isOtherMark = (codePoint: number) => isMark(codePoint) && !isEnd(codePoint);

/** Reads a text as a message that goes on, and tells what may follow and how much each of its characters surprised. */
export function* predict(
  row: Row,
  vocabulary: Vocabulary,
  text: string,
): Asking<Omit<Prediction, 'typical'>> {
  const characters = charactersOf(text);
  const { bits, logits } = yield* surprise(vocabulary, LEAD, characters);
  const { likeliest, rest } = yield* nextCharacters(row, vocabulary, logits, {
    last: characters.at(-1)?.codePointAt(0) ?? -1,
    count: LIKELIEST,
    leftOut: isOtherMark,
  });
  return {
    next: likeliest.map(({ codePoint, probability }) => {
      const end = isEnd(codePoint);
      return { character: end ? '' : String.fromCodePoint(codePoint), end, probability };
    }),
    rest,
    surprise: characters.map((character, index) => ({ character, bits: bits[index] })),
    bitsPerCharacter: scored(bits).bitsPerCharacter,
  };
}

/** How much a message surprises, as far as it counts. */
export function* scoreMessage(vocabulary: Vocabulary, message: string): Asking<Scored> {
  const characters = charactersOf(message).slice(0, MAX_SCORED);
  const { bits }: Surprise = yield* surprise(vocabulary, LEAD, characters);
  return scored(bits);
}

/** How typical a predicted text is among messages that were scored. */
export function typicalOf({ surprise }: Pick<Prediction, 'surprise'>, messages: readonly Scored[]) {
  return typicality(scored(surprise.slice(0, MAX_SCORED).map(({ bits }) => bits)), messages);
}

function scored(bits: readonly number[]): Scored {
  const total = bits.reduce((sum, each) => sum + each, 0);
  return { characters: bits.length, bitsPerCharacter: total / Math.max(1, bits.length) };
}

/** Code points, as the network sees them but for Hangul, which stays whole. */
function charactersOf(text: string): string[] {
  return [...readable(text).toWellFormed().normalize('NFC')];
}
