/**
 * The n-gram that the network has to beat: interpolated Witten-Bell smoothing (Witten and Bell 1991, method C) over
 * code points. A context h that was seen n times, followed by d different characters, predicts
 *
 *     P(c | h) = (count(h c) + d · P(c | h without its oldest character)) / (n + d)
 *
 * and below the empty context stands the uniform distribution over all of Unicode, which pays for characters that
 * training never saw.
 */
const UNICODE = 0x110000;

export interface Ngram {
  readonly order: number;
  /** Counts the next piece of the text to learn; a code point is never cut in two. */
  learn(piece: string): void;
  /** P(c | context) of every order from 1 on: the order n looks at the last n - 1 characters of the context. */
  probabilities(context: string, character: string): number[];
  /** Minus log2 of the probability of a whole text, which begins from nothing, by every order from 1 on. */
  bits(text: string): number[];
}

/** An order of 5 predicts a character from the four before it. */
export function createNgram(order: number): Ngram {
  const counts = createCounts();
  const learned = createContexts(order);
  return {
    order,
    learn(piece) {
      forEachCodePoint(piece, (codePoint) => learned.move((context) => counts.add(context, codePoint)));
    },
    probabilities(context, character) {
      const contexts = createContexts(order);
      forEachCodePoint(context, (codePoint) => contexts.move((at) => counts.find(at, codePoint)));
      return counts.predict(contexts.nodes, character.codePointAt(0) ?? 0);
    },
    bits(text) {
      const contexts = createContexts(order);
      const bits = new Array<number>(order).fill(0);
      forEachCodePoint(text, (codePoint) => {
        counts.predict(contexts.nodes, codePoint).forEach((probability, index) => {
          bits[index] -= Math.log2(probability);
        });
        contexts.move((context) => counts.find(context, codePoint));
      });
      return bits;
    },
  };
}

/** Bits per character of a test text by order, and the best of them. */
export function scoreNgrams(train: string, test: string, order = 8): { byOrder: number[]; best: number } {
  const characters = [...test].length;
  const ngram = createNgram(order);
  ngram.learn(train);
  const byOrder = ngram.bits(test).map((bits) => bits / characters);
  return { byOrder, best: byOrder.indexOf(Math.min(...byOrder)) + 1 };
}

const ROOT = 0;
const UNSEEN = -1;
const FIRST_CAPACITY = 1 << 10;

/**
 * A trie of all strings up to an order: a node stands for a string, its children for what followed. Flat arrays, because
 * millions of nodes would fill a worker's heap as a map: some 28 bytes each, and as much again before the arrays grow.
 */
function createCounts() {
  let capacity = FIRST_CAPACITY;
  let nodes = 1;
  const column = () => new Int32Array(capacity);
  let parents = column();
  let codePoints = column();
  let seen = column();
  let followed = column();
  let followers = column();
  // Children are found by hash, in the first slot from there on that is theirs; 0 is free, for nobody looks for the root.
  let slots = new Int32Array(2 * capacity);

  function slotOf(parent: number, codePoint: number): number {
    const mask = slots.length - 1;
    let mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(codePoint, 0x85ebca6b);
    mixed ^= mixed >>> 15;
    for (let slot = Math.imul(mixed, 0xc2b2ae35) & mask; ; slot = (slot + 1) & mask) {
      const node = slots[slot];
      if (node === 0 || (parents[node] === parent && codePoints[node] === codePoint)) return slot;
    }
  }

  function grow(): void {
    capacity *= 2;
    const widened = (narrow: Int32Array) => {
      const wide = column();
      wide.set(narrow);
      return wide;
    };
    parents = widened(parents);
    codePoints = widened(codePoints);
    seen = widened(seen);
    followed = widened(followed);
    followers = widened(followers);
    slots = new Int32Array(2 * capacity);
    for (let node = 1; node < nodes; node++) slots[slotOf(parents[node], codePoints[node])] = node;
  }

  const find = (node: number, codePoint: number) => slots[slotOf(node, codePoint)] || UNSEEN;

  return {
    find,
    add(node: number, codePoint: number): number {
      const slot = slotOf(node, codePoint);
      const child = slots[slot] || nodes;
      if (child === nodes) {
        slots[slot] = child;
        parents[child] = node;
        codePoints[child] = codePoint;
        followers[node] += 1;
        nodes += 1;
      }
      seen[child] += 1;
      followed[node] += 1;
      if (nodes === capacity) grow();
      return child;
    },
    /** By every order, with `contexts[k]` the node of the last k characters. */
    predict(contexts: readonly number[], codePoint: number): number[] {
      let probability = 1 / UNICODE;
      return contexts.map((context) => {
        if (context !== UNSEEN && followed[context] > 0) {
          const child = find(context, codePoint);
          const count = child === UNSEEN ? 0 : seen[child];
          const escape = followers[context];
          probability = (count + escape * probability) / (followed[context] + escape);
        }
        return probability;
      });
    },
  };
}

/** The nodes of the last 0, 1, ... order - 1 characters while a text goes by. */
function createContexts(order: number) {
  const nodes = [ROOT, ...new Array<number>(order - 1).fill(UNSEEN)];
  return {
    nodes,
    /** Goes on by one character, where `child` says what node follows a context. */
    move(child: (context: number) => number): void {
      for (let depth = order - 1; depth >= 0; depth--) {
        const next = nodes[depth] === UNSEEN ? UNSEEN : child(nodes[depth]);
        if (depth + 1 < order) nodes[depth + 1] = next;
      }
    },
  };
}

function forEachCodePoint(text: string, see: (codePoint: number) => void): void {
  for (let at = 0; at < text.length; at++) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at += 1;
    see(codePoint);
  }
}
