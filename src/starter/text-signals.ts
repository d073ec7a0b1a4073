import type { Task } from '../classifier/tasks.js';
import { signalsOfText } from '../corpus/signals.js';
import { unreachable } from '../unreachable.js';
import { feelingSignals } from './sentiment.js';

/** What a text alone signals to the bot's classifiers of a task. */
export function textSignals(task: Task, text: string): string[] {
  switch (task) {
    case 'spam':
      return signalsOfText(text);
    case 'sentiment':
      return feelingSignals(text);
    default:
      return unreachable(task);
  }
}
