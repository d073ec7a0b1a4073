import type { Network } from './checkpoint.js';
import type { Kernel } from './kernel/kernel.js';
import { rowsOfState } from './kernel/layout.js';

/** A text as the network sees it: symbols to read come out, the logits of what follows each go in. */
export type Reading = Generator<number, void, Float32Array>;

/** What the network has in mind at some place of a text. */
export type Bookmark = readonly Float32Array[];

/** Where a text is being read, for one that goes back in it. To be used only while the text has its turn. */
export interface Row {
  bookmark(): Bookmark;
  /** The next symbol will be read as if it stood after the bookmark. */
  goTo(bookmark: Bookmark): void;
}

/** Reads several texts with one network at once, each as if it were alone. */
export interface Rows {
  /** Texts begun and not ended. */
  readonly texts: number;
  /**
   * Begins a text. When all rows are taken it waits its turn.
   * @returns ends it early, wherever it is; not from within its reading, which can simply return
   */
  begin(read: (row: Row) => Reading): () => void;
  /** Takes every text one symbol further. */
  step(): void;
}

interface Text {
  row: number;
  reading: Reading;
}

/** As many texts at once as there are rows; a row costs little while no text is in it. */
export function createRows(kernel: Kernel, { shape, parameters }: Network, rows: number): Rows {
  const stepper = kernel.createStepper(shape, parameters, rows);
  const ids = new Int32Array(rows); // what each row reads next
  const texts: Text[] = []; // by row, without gaps
  const waiting: Text[] = [];
  const vectorsOf = Array.from({ length: rows }, (_, row) => rowsOfState(shape, rows, row));

  function enter(text: Text): void {
    text.row = texts.push(text) - 1;
    stepper.reset(text.row);
    const { done, value } = text.reading.next();
    if (done === true) texts.pop();
    else ids[text.row] = value;
  }

  /** The last row moves into the one that becomes free. */
  function leave({ row: free }: Text): void {
    const last = texts.pop();
    if (last === undefined || last.row === free) return;
    texts[free] = last;
    ids[free] = ids[last.row];
    vectorsOf[last.row].forEach(([start, end], vector) =>
      stepper.state.copyWithin(vectorsOf[free][vector][0], start, end),
    );
    last.row = free;
  }

  return {
    get texts() {
      return texts.length + waiting.length;
    },
    begin(read) {
      const row: Row = {
        bookmark: () => vectorsOf[text.row].map(([start, end]) => stepper.state.slice(start, end)),
        goTo: (bookmark) =>
          vectorsOf[text.row].forEach(([start], vector) => stepper.state.set(bookmark[vector], start)),
      };
      const text: Text = { row: -1, reading: read(row) };
      waiting.push(text);
      return () => {
        // One that has a row leaves it at its next turn.
        text.reading.return();
        const place = waiting.indexOf(text);
        if (place >= 0) waiting.splice(place, 1);
      };
    },
    step() {
      for (const text of waiting.splice(0, rows - texts.length)) enter(text);
      if (texts.length === 0) return;
      const logits = stepper.step(ids.subarray(0, texts.length));
      const V = shape.vocabulary;
      // From the last row on, so that a row that moves has had its turn.
      for (let row = texts.length - 1; row >= 0; row--) {
        const { done, value } = texts[row].reading.next(logits.subarray(row * V, (row + 1) * V));
        if (done === true) leave(texts[row]);
        else ids[row] = value;
      }
    },
  };
}
