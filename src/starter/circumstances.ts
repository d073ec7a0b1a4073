import type { Circumstances } from '../corpus/signals.js';
import { pick } from './grammar.js';

const DAY_MS = 86_400_000;

/** How spam and chat come: by new accounts and in copies more often where it is spam, but neither always nor never. */
const HABITS = {
  spam: { day: 0.2, week: 0.18, month: 0.12, copies: 0.35, file: 0.08, mentions: 0.2 },
  ham: { day: 0.03, week: 0.05, month: 0.07, copies: 0.02, file: 0.08, mentions: 0.15 },
} as const;
const FILES = {
  spam: [
    'image.png',
    'claim_free_nitro.png',
    'setup.exe',
    'photo.jpg.scr',
    'giveaway-winners.png',
    'game_beta.zip',
    'IMG_2041.jpg',
    'crypto_profit.png',
  ],
  ham: [
    'image.png',
    'IMG_1930.jpg',
    'unknown.png',
    'log.txt',
    'my_setup.jpg',
    'Screenshot_2024-03-01.png',
    'notes.pdf',
    'clip.mp4',
    'tool-1.2.zip',
    'cat.jpg',
  ],
} as const;

export function drawCircumstances(
  content: string,
  label: 'ham' | 'spam',
  random: () => number,
): Circumstances {
  const habits = HABITS[label];
  const named = content.includes('@everyone') || content.includes('@here') ? 1 : 0;
  return {
    content,
    attachments: random() < habits.file ? [pick(FILES[label], random)] : [],
    mentions:
      named +
      (random() < habits.mentions ? pick(label === 'spam' ? [1, 2, 6, 12] : [1, 1, 1, 2], random) : 0),
    accountAgeMs: drawAge(habits, random),
    copies: random() < habits.copies ? pick(label === 'spam' ? [1, 2, 3, 5, 8] : [1, 1, 2], random) : 0,
  };
}

function drawAge(habits: { day: number; week: number; month: number }, random: () => number): number {
  const at = random();
  const within = random();
  if (at < habits.day) return within * DAY_MS;
  if (at < habits.day + habits.week) return (1 + 6 * within) * DAY_MS;
  if (at < habits.day + habits.week + habits.month) return (7 + 23 * within) * DAY_MS;
  return (30 + 2_000 * within) * DAY_MS;
}
