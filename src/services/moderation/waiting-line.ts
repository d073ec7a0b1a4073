/** A queue that holds at most `limit` items and gives up the oldest for a new one. */
export function createWaitingLine<T>(limit: number) {
  let items: T[] = [];
  let head = 0;

  /** Moves what is left to the front, rarely: so every item is moved about once, however long the line is. */
  function tidy(): void {
    if (head <= items.length / 2) return;
    items = items.slice(head);
    head = 0;
  }

  return {
    get length() {
      return items.length - head;
    },

    /** Adds an item at the end; returns the oldest one if it had to go. */
    push(item: T): T | undefined {
      items.push(item);
      if (items.length - head <= limit) return undefined;
      const oldest = items[head++];
      tidy();
      return oldest;
    },

    /** Takes up to `count` items from the front. */
    take(count: number): T[] {
      const taken = items.slice(head, head + count);
      head += taken.length;
      tidy();
      return taken;
    },
  };
}
