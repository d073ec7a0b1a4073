import { type Dice, roll } from '../rnn/random.js';
import { ngramsOf } from './ngrams.js';
import type { Input } from './tasks.js';

// N rows of the table, C classes.

/** The expert that counts: a linear classifier over runs of characters, blind to their order. */
export interface Table {
  readonly rarity: Float32Array; // (N), 0 for what too few messages had
  readonly weights: Float32Array; // (N, C)
  readonly bias: Float32Array; // (C)
}

/** A message as the table sees it: rows, and how much of each. */
interface Features {
  readonly rows: Uint32Array;
  readonly amounts: Float32Array;
}

/**
 * The largest table, and the smallest: at least twice as many rows as there are runs worth a weight, and never so few that
 * runs it does not know would often fall on rows of those it does.
 */
const MAX_BITS = 20;
const MIN_BITS = 18;
/** A run that fewer messages had is left out: it would only be learned by heart. */
const MIN_MESSAGES = 2;
/** Beside runs whose squares add up to 1. */
const SIGNAL_AMOUNT = 0.3;
const RATE = 0.05;
const BIAS_RATE = 0.01;

/**
 * Learns the table: multinomial logistic regression by AdaGrad (Duchi et al. 2011) on runs weighted by how often a message has
 * them (logarithmic) and by how few messages do, each message scaled to length 1.
 * @param labels (examples), from 0 to below `classes`
 * @param importances (examples), what each one's loss is multiplied by
 */
export function learnTable(
  examples: readonly Input[],
  labels: ArrayLike<number>,
  importances: ArrayLike<number>,
  classes: number,
  { epochs, seed }: { epochs: number; seed: number },
): Table {
  const rarity = rarityOf(examples);
  const table = {
    rarity,
    weights: new Float32Array(rarity.length * classes),
    bias: new Float32Array(classes),
  };
  const features = examples.map((example) => featuresOf(example, table));
  const squares = new Float32Array(table.weights.length).fill(1e-8);
  const order = Uint32Array.from(examples, (_, index) => index);
  const dice: Dice = { state: seed };
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, dice);
    for (const index of order) learn(table, squares, features[index], labels[index], importances[index]);
  }
  return table;
}

/** The table's logits (C) for a message. */
export function consult(table: Table, input: Input): Float32Array {
  return logitsOf(table, featuresOf(input, table));
}

function learn(
  { weights, bias }: Table,
  squares: Float32Array,
  features: Features,
  label: number,
  importance: number,
): void {
  const C = bias.length;
  const errors = softmax(logitsOf({ weights, bias }, features));
  errors[label] -= 1;
  for (let c = 0; c < C; c++) errors[c] *= importance;
  const { rows, amounts } = features;
  for (let c = 0; c < C; c++) {
    bias[c] -= BIAS_RATE * errors[c];
    for (let feature = 0; feature < rows.length; feature++) {
      const at = rows[feature] * C + c;
      const gradient = errors[c] * amounts[feature];
      squares[at] += gradient * gradient;
      weights[at] -= (RATE * gradient) / Math.sqrt(squares[at]);
    }
  }
}

function logitsOf(
  { weights, bias }: Pick<Table, 'weights' | 'bias'>,
  { rows, amounts }: Features,
): Float32Array {
  const C = bias.length;
  const logits = bias.slice();
  for (let feature = 0; feature < rows.length; feature++) {
    const at = rows[feature] * C;
    for (let c = 0; c < C; c++) logits[c] += weights[at + c] * amounts[feature];
  }
  return logits;
}

/** In place. */
export function softmax(logits: Float32Array): Float32Array {
  const top = logits.reduce((a, b) => Math.max(a, b));
  let total = 0;
  for (let c = 0; c < logits.length; c++) total += logits[c] = Math.exp(logits[c] - top);
  for (let c = 0; c < logits.length; c++) logits[c] /= total;
  return logits;
}

function featuresOf(input: Input, { rarity }: Pick<Table, 'rarity'>): Features {
  const { runs, signals } = ngramsOf(input);
  const shift = 32 - Math.log2(rarity.length);
  const rows = new Uint32Array(runs.length + signals.length);
  const amounts = new Float32Array(rows.length);
  let count = 0;
  let squares = 0;
  for (let at = 0; at < runs.length;) {
    const row = runs[at] >>> shift;
    const start = at;
    while (at < runs.length && runs[at] >>> shift === row) at += 1;
    if (rarity[row] === 0) continue;
    const amount = (1 + Math.log(at - start)) * rarity[row];
    squares += amount * amount;
    rows[count] = row;
    amounts[count++] = amount;
  }
  const scale = 1 / Math.sqrt(squares || 1);
  for (let feature = 0; feature < count; feature++) amounts[feature] *= scale;
  for (const signal of signals) {
    const row = signal >>> shift;
    if (rarity[row] === 0) continue;
    rows[count] = row;
    amounts[count++] = SIGNAL_AMOUNT;
  }
  return { rows: rows.subarray(0, count), amounts: amounts.subarray(0, count) };
}

/** 1 + ln((1 + M) / (1 + m)) for a row that m of M messages have, in a table as large as they fill. */
function rarityOf(examples: readonly Input[]): Float32Array {
  const messages = new Uint32Array(1 << MAX_BITS);
  for (const example of examples) {
    const { runs, signals } = ngramsOf(example);
    let last = -1;
    for (const run of [...runs, ...signals]) {
      const row = run >>> (32 - MAX_BITS);
      if (row !== last) messages[row] += 1;
      last = row;
    }
  }
  const used = messages.reduce((count, seen) => count + (seen >= MIN_MESSAGES ? 1 : 0), 0);
  const bits = Math.min(MAX_BITS, Math.max(MIN_BITS, Math.ceil(Math.log2(2 * used + 1))));
  const folded = new Uint32Array(1 << bits);
  messages.forEach((seen, row) => {
    if (seen >= MIN_MESSAGES) folded[row >>> (MAX_BITS - bits)] += seen;
  });
  return Float32Array.from(folded, (seen) =>
    seen === 0 ? 0 : 1 + Math.log((1 + examples.length) / (1 + Math.min(seen, examples.length))),
  );
}

function shuffle(order: Uint32Array, dice: Dice): void {
  for (let left = order.length - 1; left > 0; left--) {
    const other = Math.floor(roll(dice) * (left + 1));
    [order[left], order[other]] = [order[other], order[left]];
  }
}
