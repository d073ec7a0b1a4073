import type { TransferListItem, Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { UserError } from '../errors.js';

interface Numbered {
  type: string;
  id: number;
}

/** What a worker answers that could not answer. */
type Failed = Numbered & { type: 'failed'; reason: string };

/** An answer that others follow. */
type AnyPart = Numbered & { type: 'part' };

/** What may happen between a question and its last answer. */
export interface Meanwhile<Part> {
  onPart?: ((part: Part) => void) | undefined;
  /** When it aborts, the worker is told `{ type: 'stop', id }`: its last answer is still waited for. */
  signal?: AbortSignal | undefined;
}

/** Questions to one long-lived worker, which is started when it is first needed and again after it died. */
export interface Line<Question extends object, Answer extends Numbered, Part extends AnyPart = never> {
  /**
   * The question gets an `id`, which its answers bear.
   * @throws what `died` makes when the worker could not answer, throws or vanishes, and UserError shutting_down when the
   *   line is closed
   */
  ask(question: Question, meanwhile?: Meanwhile<Part>): Promise<Answer>;
  /** Something that is not answered; the buffers in `transfer` are given away. A closed line drops it. */
  tell(message: object, transfer?: TransferListItem[]): void;
  close(): Promise<void>;
}

interface Pending<Answer, Part> {
  onPart: ((part: Part) => void) | undefined;
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/** @param died what its askers are told; what happened to the worker is logged, for it means nothing to them */
export function openLine<Question extends object, Answer extends Numbered, Part extends AnyPart = never>(
  start: () => Worker,
  died: () => Error,
  log: Logger,
): Line<Question, Answer, Part> {
  const pending = new Map<number, Pending<Answer, Part>>();
  let worker: Worker | undefined;
  let nextId = 0;
  let isClosed = false;

  function running(): Worker {
    return (worker ??= watch(start()));
  }

  function watch(started: Worker): Worker {
    started.on('message', (answer: Answer | Part | Failed) => {
      const question = pending.get(answer.id);
      if (answer.type === 'part') return question?.onPart?.(answer as Part);
      pending.delete(answer.id);
      if (answer.type !== 'failed') return question?.resolve(answer as Answer);
      const problem = died();
      log.error({ problem: problem.message, reason: (answer as Failed).reason }, 'a worker could not answer');
      question?.reject(problem);
    });
    started.once('error', (err: unknown) => bury(started, { err }));
    started.once('exit', (code) => bury(started, { code }));
    return started;
  }

  /** Tells of the first that is heard of a worker's death. */
  function bury(dead: Worker, cause: { err: unknown } | { code: number }): void {
    if (worker !== dead) return;
    log.error({ problem: died().message, ...cause }, 'a worker ended by itself');
    abandon(died);
  }

  function abandon(why: () => Error): void {
    worker = undefined;
    for (const { reject } of pending.values()) reject(why());
    pending.clear();
  }

  return {
    async ask(question, { onPart, signal } = {}) {
      if (isClosed) throw closed();
      const id = nextId++;
      const answered = new Promise<Answer>((resolve, reject) => pending.set(id, { onPart, resolve, reject }));
      const asked = running();
      const stop = () => asked.postMessage({ type: 'stop', id });
      asked.postMessage({ ...question, id });
      if (signal?.aborted === true) stop();
      signal?.addEventListener('abort', stop);
      try {
        return await answered;
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    },

    tell(message, transfer) {
      if (!isClosed) running().postMessage(message, transfer);
    },

    async close() {
      isClosed = true;
      const closing = worker;
      abandon(closed);
      await closing?.terminate();
    },
  };
}

function closed(): UserError {
  return new UserError('shutting_down', {});
}
