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
  /** P(c | context) of every order from 1 on: the order n looks at the last n - 1 characters of the context. */
  probabilities(context: string, character: string): number[];
  /** Minus log2 of the probability of a whole text, which begins from nothing, by every order from 1 on. */
  bits(text: string): number[];
}

/** Counts a text. An order of 5 predicts a character from the four before it. */
export function countNgrams(text: string, order: number): Ngram {
  const counts = createCounts(order);
  const contexts = createContexts(order);
  for (const codePoint of codePointsOf(text))
    contexts.move((context, depth) => counts.add(context, depth, codePoint));
  return {
    order,
    probabilities(context, character) {
      const contexts = createContexts(order);
      for (const codePoint of codePointsOf(context))
        contexts.move((at, depth) => counts.find(at, depth, codePoint));
      return counts.predict(contexts.nodes, character.codePointAt(0) ?? 0);
    },
    bits(text) {
      const contexts = createContexts(order);
      const bits = new Array<number>(order).fill(0);
      for (const codePoint of codePointsOf(text)) {
        counts.predict(contexts.nodes, codePoint).forEach((probability, index) => {
          bits[index] -= Math.log2(probability);
        });
        contexts.move((context, depth) => counts.find(context, depth, codePoint));
      }
      return bits;
    },
  };
}

/** Bits per character of a test text by order, and the best of them. */
export function scoreNgrams(train: string, test: string, order = 8): { byOrder: number[]; best: number } {
  const characters = Array.from(codePointsOf(test)).length;
  const byOrder = countNgrams(train, order)
    .bits(test)
    .map((bits) => bits / characters);
  return { byOrder, best: byOrder.indexOf(Math.min(...byOrder)) + 1 };
}

const ROOT = 0;
const UNSEEN = -1;

/** A trie of all strings up to `order` characters: a node stands for a string, its children for what followed. */
function createCounts(order: number) {
  // One map per depth, because a map has room for 2^24 entries only.
  const children = Array.from({ length: order }, () => new Map<number, number>());
  const seen = [0];
  const followed = [0];
  const followers = [0];

  const find = (node: number, depth: number, codePoint: number) =>
    children[depth].get(node * UNICODE + codePoint) ?? UNSEEN;

  return {
    find,
    add(node: number, depth: number, codePoint: number): number {
      let child = find(node, depth, codePoint);
      if (child === UNSEEN) {
        child = seen.push(0) - 1;
        followed.push(0);
        followers.push(0);
        children[depth].set(node * UNICODE + codePoint, child);
        followers[node] += 1;
      }
      seen[child] += 1;
      followed[node] += 1;
      return child;
    },
    /** By every order, with `contexts[k]` the node of the last k characters. */
    predict(contexts: readonly number[], codePoint: number): number[] {
      let probability = 1 / UNICODE;
      return contexts.map((context, depth) => {
        if (context !== UNSEEN && followed[context] > 0) {
          const child = find(context, depth, codePoint);
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
    /** Goes on by one character, where `child` says what node follows a context of this depth. */
    move(child: (context: number, depth: number) => number): void {
      for (let depth = order - 1; depth >= 0; depth--) {
        const next = nodes[depth] === UNSEEN ? UNSEEN : child(nodes[depth], depth);
        if (depth + 1 < order) nodes[depth + 1] = next;
      }
    },
  };
}

function* codePointsOf(text: string): Generator<number> {
  for (const character of text) yield character.codePointAt(0) ?? 0;
}
