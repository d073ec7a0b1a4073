import type { TransferListItem, Worker } from 'node:worker_threads';

interface Numbered {
  type: string;
  id: number;
}

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
   * @throws what `died` makes of it when the worker throws or vanishes, or the line is closed
   */
  ask(question: Question, meanwhile?: Meanwhile<Part>): Promise<Answer>;
  /** Something that is not answered; the buffers in `transfer` are given away. A closed line drops it. */
  tell(message: object, transfer?: TransferListItem[]): void;
  close(): Promise<void>;
}

const CLOSED = 'the bot is shutting down';

interface Pending<Answer, Part> {
  onPart: ((part: Part) => void) | undefined;
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

export function openLine<Question extends object, Answer extends Numbered, Part extends AnyPart = never>(
  start: () => Worker,
  died: (reason: string) => Error,
): Line<Question, Answer, Part> {
  const pending = new Map<number, Pending<Answer, Part>>();
  let worker: Worker | undefined;
  let nextId = 0;
  let isClosed = false;

  function running(): Worker {
    return (worker ??= watch(start()));
  }

  function watch(started: Worker): Worker {
    started.on('message', (answer: Answer | Part) => {
      const question = pending.get(answer.id);
      if (answer.type === 'part') return question?.onPart?.(answer as Part);
      pending.delete(answer.id);
      question?.resolve(answer as Answer);
    });
    started.once('error', (error: unknown) =>
      abandon(started, error instanceof Error ? error.message : String(error)),
    );
    started.once('exit', () => abandon(started, 'its worker ended'));
    return started;
  }

  function abandon(dead: Worker, reason: string): void {
    if (worker !== dead) return;
    worker = undefined;
    for (const { reject } of pending.values()) reject(died(reason));
    pending.clear();
  }

  return {
    async ask(question, { onPart, signal } = {}) {
      if (isClosed) throw died(CLOSED);
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
      if (closing !== undefined) abandon(closing, CLOSED);
      await closing?.terminate();
    },
  };
}
