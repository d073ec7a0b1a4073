import type { Task } from '../../classifier/tasks.js';

/** Who wants to train what. */
export interface Place {
  /** Empty for what belongs to no guild. */
  readonly guildId: string;
  readonly what: 'model' | Task;
  /** Of a model: who reads what it writes. */
  readonly audience?: string;
  /** How much of it is done, 0 to 1; undefined while it waits. */
  readonly fraction: number | undefined;
}

export interface Waiting {
  /** Leaves the line; `take` then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Is told who is ahead, the one that trains first, whenever that changes noticeably. */
  onWait?: (ahead: readonly Place[]) => void;
}

/** How much further the one that trains must be for those behind it to hear of it. */
const NOTICEABLE = 0.05;

interface Entry {
  place: { -readonly [K in keyof Place]: Place[K] };
  onWait: (ahead: readonly Place[]) => void;
  begin: () => void;
}

export type Turns = ReturnType<typeof createTurns>;

/** A line of trainings: one at a time in the whole process, first come, first served. */
export function createTurns() {
  const entries: Entry[] = [];

  function tellThoseBehind(): void {
    entries.forEach(({ onWait }, index) => {
      if (index > 0) onWait(entries.slice(0, index).map(({ place }) => ({ ...place })));
    });
  }

  function leave(entry: Entry): void {
    entries.splice(entries.indexOf(entry), 1);
    entries[0]?.begin();
    tellThoseBehind();
  }

  return {
    /** Does the work when everybody who came before is done; the work says how far it is. */
    async take<T>(
      who: Omit<Place, 'fraction'>,
      work: (report: (fraction: number) => void) => Promise<T>,
      { signal, onWait = () => {} }: Waiting = {},
    ): Promise<T> {
      let begin = () => {};
      const turn = new Promise<void>((resolve, reject) => {
        begin = resolve;
        signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
      const entry: Entry = { place: { ...who, fraction: undefined }, onWait, begin };
      const report = (fraction: number) => {
        const before = entry.place.fraction ?? 0;
        entry.place.fraction = fraction;
        if (Math.floor(fraction / NOTICEABLE) !== Math.floor(before / NOTICEABLE)) tellThoseBehind();
      };
      entries.push(entry);
      try {
        signal?.throwIfAborted();
        if (entries[0] === entry) begin();
        else onWait(entries.slice(0, -1).map(({ place }) => ({ ...place })));
        await turn;
        entry.place.fraction = 0;
        return await work(report);
      } finally {
        leave(entry);
      }
    },

    /** Everybody in the line, the one that trains first. */
    line: (): readonly Place[] => entries.map(({ place }) => ({ ...place })),
  };
}
