import { constants, getPriority, setPriority } from 'node:os';

/**
 * Makes the thread that calls this, and those it starts from then on, give way to the others: an answer in the chat is
 * worth more than a faster training.
 */
export function lowerPriority(): void {
  // Only Linux has priorities of threads; elsewhere the connection to Discord would give way as well.
  if (process.platform !== 'linux') return;
  const low = constants.priority.PRIORITY_BELOW_NORMAL;
  try {
    // Larger numbers are lower priorities, and the whole bot may have been started with one.
    if (getPriority() < low) setPriority(low);
  } catch {
    // A sandbox may forbid it. The training works all the same.
  }
}
