import type { TransferListItem, Worker } from 'node:worker_threads';

/** Questions to one long-lived worker, which is started when it is first needed and again after it died. */
export interface Line<Question extends object, Answer extends { id: number }> {
  /**
   * The question gets an `id`, which its answer bears.
   * @throws what `died` makes of it when the worker throws or vanishes, or the line is closed
   */
  ask(question: Question): Promise<Answer>;
  /** Something that is not answered; the buffers in `transfer` are given away. A closed line drops it. */
  tell(message: object, transfer?: TransferListItem[]): void;
  close(): Promise<void>;
}

const CLOSED = 'the bot is shutting down';

export function openLine<Question extends object, Answer extends { id: number }>(
  start: () => Worker,
  died: (reason: string) => Error,
): Line<Question, Answer> {
  const pending = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  let worker: Worker | undefined;
  let nextId = 0;
  let isClosed = false;

  function running(): Worker {
    return (worker ??= watch(start()));
  }

  function watch(started: Worker): Worker {
    started.on('message', (answer: Answer) => {
      const question = pending.get(answer.id);
      pending.delete(answer.id);
      question?.resolve(answer);
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
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(died(CLOSED));
        const id = nextId++;
        pending.set(id, { resolve, reject });
        running().postMessage({ ...question, id });
      }),

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
