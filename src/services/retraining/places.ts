import type { TrainingProgress } from '../../training/protocol.js';
import type { TrainingRun } from '../../training/training-client.js';
import { nameOf, type Readers } from '../readers.js';
import type { RetrainOutcome } from './outcome.js';

export type Ending = 'restart' | 'quiet' | 'cancel';

/** A training of this process that is in line or under way. */
export interface TrainingPlace {
  /** Whose model is trained. */
  readonly readers: Readers;
  /** Aborted when it is to leave the line. */
  readonly leaving: AbortController;
  run: TrainingRun | undefined;
  progress: TrainingProgress | undefined;
  /** Why it is to end early. */
  ending: Ending | undefined;
  /** What came of it; undefined when it failed. */
  readonly ended: Promise<RetrainOutcome | undefined>;
}

export type TrainingPlaces = ReturnType<typeof createTrainingPlaces>;

/** At most one training of each model that is in line or under way. */
export function createTrainingPlaces() {
  const places = new Map<string, TrainingPlace>();
  let closed = false;

  function endSoon(place: TrainingPlace, why: Ending): void {
    // Who cancels does not want it to go on after a pause that is already under way.
    if (place.ending === undefined || why === 'cancel') place.ending = why;
    place.leaving.abort(new Error('the training leaves the line'));
    place.run?.stop();
  }

  return {
    of: (readers: Readers): TrainingPlace | undefined => places.get(nameOf(readers)),
    all: (): TrainingPlace[] => [...places.values()],
    endSoon,
    isClosed: () => closed,

    /**
     * Does something in a model's place; undefined when that is taken, or nothing may begin any more.
     */
    hold(
      readers: Readers,
      work: (place: TrainingPlace) => Promise<RetrainOutcome>,
    ): Promise<RetrainOutcome> | undefined {
      const name = nameOf(readers);
      if (closed || places.has(name)) return undefined;
      let end: (outcome: RetrainOutcome | undefined) => void = () => {};
      const ended = new Promise<RetrainOutcome | undefined>((resolve) => (end = resolve));
      const leaving = new AbortController();
      const unbegun = { run: undefined, progress: undefined, ending: undefined };
      const place: TrainingPlace = { readers, leaving, ended, ...unbegun };
      places.set(name, place);
      const outcome = work(place).finally(() => places.delete(name));
      outcome.then(end, () => end(undefined));
      return outcome;
    },

    /** Ends what is there, and lets nothing new begin. */
    async close(): Promise<void> {
      closed = true;
      const left = [...places.values()];
      for (const place of left) endSoon(place, 'restart');
      await Promise.all(left.map(({ ended }) => ended));
    },
  };
}
