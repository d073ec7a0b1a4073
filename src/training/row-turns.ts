import { setImmediate as breathe } from 'node:timers/promises';
import type { Asking } from '../rnn/prediction.js';
import type { Reading, Row, Rows } from '../rnn/rows.js';

/** Symbols of each text between two looks at the port and at the other rows: a few milliseconds at most. */
const STEPS_PER_TURN = 8;

/** Lets rows with texts in them take turns. */
export function createRowTurns() {
  const busy = new Set<Rows>();

  async function takeTurns(): Promise<void> {
    while (busy.size > 0) {
      for (const rows of busy) {
        // Whatever has arrived meanwhile joins in here.
        await breathe();
        for (let step = 0; step < STEPS_PER_TURN && rows.texts > 0; step++) rows.step();
        if (rows.texts === 0) busy.delete(rows);
      }
    }
  }

  function begin(rows: Rows, read: (row: Row) => Reading): () => void {
    const end = rows.begin(read);
    const resting = busy.size === 0;
    busy.add(rows);
    if (resting) void takeTurns();
    return end;
  }

  return {
    /** Begins a text; returns what ends it early. */
    begin,

    /** Reads a text to its result. */
    ask: <Result>(rows: Rows, question: (row: Row) => Asking<Result>): Promise<Result> =>
      new Promise((resolve) => {
        begin(rows, function* (row) {
          resolve(yield* question(row));
        });
      }),
  };
}
