/** Texts end to end in memory, each followed by a zero, read by place. */
export interface Texts {
  /** Keeps a text without zeros and returns the place of its first unit, which is never 0. */
  append(units: Uint16Array): number;
  /** The UTF-16 unit at a place: one place further is one unit further, and 0 lies between texts. */
  unitAt(place: number): number;
  readonly bytes: number;
}

/** Units of a chunk: memory grows by chunks, so that nothing is ever moved. */
const CHUNK = 1 << 20;
const INSIDE = CHUNK - 1;
/** Places from here on hold two bytes a unit; below, one byte does. */
const WIDE = 2 ** 31;

export function createTexts(): Texts {
  // The first unit of either stays zero: before the first text, too, is nothing.
  const narrow = [new Uint8Array(CHUNK)];
  const wide = [new Uint16Array(CHUNK)];
  let narrowEnd = 1;
  let wideEnd = 1;

  return {
    append(units) {
      if (units.every((unit) => unit < 256)) {
        const place = narrowEnd;
        narrowEnd += units.length + 1;
        while (narrow.length * CHUNK < narrowEnd) narrow.push(new Uint8Array(CHUNK));
        for (let at = 0; at < units.length; at++)
          narrow[(place + at) >>> 20][(place + at) & INSIDE] = units[at];
        return place;
      }
      const place = wideEnd;
      wideEnd += units.length + 1;
      while (wide.length * CHUNK < wideEnd) wide.push(new Uint16Array(CHUNK));
      for (let at = 0; at < units.length; at++) wide[(place + at) >>> 20][(place + at) & INSIDE] = units[at];
      return WIDE + place;
    },
    unitAt(place) {
      return place < WIDE
        ? narrow[place >>> 20][place & INSIDE]
        : wide[(place - WIDE) >>> 20][place & INSIDE];
    },
    get bytes() {
      return narrow.length * CHUNK + wide.length * CHUNK * 2;
    },
  };
}
