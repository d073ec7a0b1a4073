import { LABELS } from '../../classifier/tasks.js';
import { highlight } from '../../corpus/highlight.js';
import type { Strings } from '../../i18n/index.js';
import type { Judgement } from './feeling.js';

/** What Discord takes in one message, in UTF-16 units. */
const MESSAGE_LIMIT = 2_000;
/** Begins a quoted line. */
const BREAK = '\n> ';

/** A judgement as a person reads it: the answer, all probabilities, what to think of it, and the text with what mattered marked. */
export function judgementMessage(text: string, judgement: Judgement, { feeling }: Strings): string {
  const { judged, unsure, starter, marked } = feeling.sentiment;
  const { probabilities, version } = judgement;
  const before = [
    judged(judgement),
    '```',
    ...LABELS.sentiment.map((label) => feeling.sentiment.bar(label, probabilities[label])),
    '```',
    ...(judgement.unsure ? [unsure()] : []),
    ...(version === 0 ? [starter()] : []),
    marked(judgement.label),
  ].join('\n');
  const breaks = text.split('\n').length;
  const left = MESSAGE_LIMIT - before.length - breaks * BREAK.length;
  return left > 0
    ? before + BREAK + highlight(text, judgement.weights, left).replaceAll('\n', BREAK)
    : before;
}
