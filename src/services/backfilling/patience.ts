import type { Logger } from 'pino';
import { isUserError } from '../../errors.js';

/** Resolves after a while. @throws what `signal` was aborted with, or anything once it is aborted */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** Asks again what an outage left without an answer, after ever longer pauses. */
export function createPatience(parts: { now: () => number; sleep: Sleep; log: Logger }) {
  const { now, sleep, log } = parts;

  /**
   * @param onPause is told when it will be asked again
   * @throws UserError what the question throws; what `signal` was aborted with, at once
   */
  return async <T>(
    question: () => Promise<T>,
    signal: AbortSignal,
    onPause: (retryAt: number) => void,
  ): Promise<T> => {
    for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        return await unlessAborted(question(), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (isUserError(error)) throw error;
        log.warn({ err: error, pauseMs }, 'Discord did not answer; it will be asked again');
      }
      onPause(now() + pauseMs);
      await sleep(pauseMs, signal);
      signal.throwIfAborted();
    }
  };
}

/** What the work comes to, unless the signal is aborted before: then nobody waits for it. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abandon = () => reject(signal.reason as Error);
    if (signal.aborted) abandon();
    signal.addEventListener('abort', abandon, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abandon));
  });
}
