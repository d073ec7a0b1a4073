/** A stretch of at least this many UTF-16 units that an original has too is a copy. */
const COPY = 40;

/** Texts that a model wrote, compared with originals that go by one after the other: only the texts are in memory. */
export interface Copies {
  /** Compares the texts with one more original. Takes a few nanoseconds a character. */
  compare(original: string): void;
  /** The share of the texts' characters that stand within copies from one original; 0 of no text. */
  share(): number;
}

/** Base of the rolling hash, and what a unit counts when it has come to the end of the window. */
const BASE = 0x01000193;
const LAST = Array.from({ length: COPY - 1 }).reduce<number>((power) => Math.imul(power, BASE), 1);
const FILTER_BITS = 20;

export function createCopies(texts: readonly string[]): Copies {
  const windows = new Set<string>();
  const copied = new Set<string>();
  // Most strings of an original are none of the windows: that is known by their hash, without cutting them out.
  const mayBeWindow = new Uint8Array(1 << FILTER_BITS);
  for (const text of texts) {
    rollOver(text, (start, bucket) => {
      windows.add(text.slice(start, start + COPY));
      mayBeWindow[bucket] = 1;
    });
  }

  return {
    compare(original) {
      rollOver(original, (start, bucket) => {
        if (mayBeWindow[bucket] === 0) return;
        const string = original.slice(start, start + COPY);
        if (windows.has(string)) copied.add(string);
      });
    },
    share() {
      const characters = texts.reduce((sum, text) => sum + text.length, 0);
      return texts.reduce((sum, text) => sum + copiedUnits(text, copied), 0) / Math.max(1, characters);
    },
  };
}

/** Names every string of the length of a copy by its start and by a bucket, which equal strings share. */
function rollOver(text: string, see: (start: number, bucket: number) => void): void {
  let hash = 0;
  for (let end = 0; end < text.length; end++) {
    const start = end - COPY;
    if (start >= 0) hash = (hash - Math.imul(text.charCodeAt(start), LAST)) | 0;
    hash = (Math.imul(hash, BASE) + text.charCodeAt(end)) | 0;
    if (start >= -1) see(start + 1, Math.imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS));
  }
}

/** Units within copies, which may overlap. */
function copiedUnits(text: string, copied: ReadonlySet<string>): number {
  let units = 0;
  let until = 0;
  for (let start = 0; start + COPY <= text.length; start++) {
    if (!copied.has(text.slice(start, start + COPY))) continue;
    units += start + COPY - Math.max(start, until);
    until = start + COPY;
  }
  return units;
}
