import { softmax } from './table.js';

// C classes.

/** How the experts' opinions become one: logits = reader · ln p(reader) + table · logits(table) + bias. */
export interface Mixture {
  readonly reader: number;
  readonly table: number;
  readonly bias: Float32Array; // (C)
}

/** What both experts say of one message. */
export interface Opinions {
  /** Natural logarithms of the reader's probabilities (C). */
  readonly reader: Float32Array;
  /** The table's logits (C). */
  readonly table: Float32Array;
}

/** Where there is little to learn from, the mixture stays near this: a network that had few texts is too sure of itself. */
const START = { reader: 0.1, table: 0.9 };
const PRIOR = 10;
const ITERATIONS = 300;
const RATE = 0.1;

/** Probabilities (C), calibrated as the mixture was. */
export function mixOpinions({ reader, table, bias }: Mixture, opinions: Opinions): Float32Array {
  return softmax(bias.map((own, c) => own + reader * opinions.reader[c] + table * opinions.table[c]));
}

/**
 * Learns the mixture on messages that neither expert has learned: stacking (Wolpert 1992) and temperature scaling
 * (Guo et al. 2017) in one, by gradient descent with Adam on the mean loss and a quadratic pull to the start.
 * @param labels (opinions), from 0
 */
export function learnMixture(
  opinions: readonly Opinions[],
  labels: ArrayLike<number>,
  classes: number,
): Mixture {
  const start = [START.reader, START.table, ...new Float64Array(classes)];
  const weights = Float64Array.from(start);
  const mean = new Float64Array(weights.length);
  const square = new Float64Array(weights.length);
  for (let step = 1; step <= ITERATIONS; step++) {
    const gradients = gradientsOf(mixtureOf(weights), opinions, labels);
    gradients.forEach((sum, index) => {
      const pull = PRIOR * (weights[index] - start[index]);
      const gradient = (sum + pull) / (opinions.length + 1);
      mean[index] += 0.1 * (gradient - mean[index]);
      square[index] += 0.001 * (gradient * gradient - square[index]);
      const unbiased =
        mean[index] / (1 - 0.9 ** step) / (Math.sqrt(square[index] / (1 - 0.999 ** step)) + 1e-9);
      weights[index] -= RATE * (1 - step / (ITERATIONS + 1)) * unbiased;
    });
  }
  return mixtureOf(weights);
}

function mixtureOf(weights: Float64Array): Mixture {
  return { reader: weights[0], table: weights[1], bias: Float32Array.from(weights.subarray(2)) };
}

/** Summed over the messages: of both weights, then of each class's bias. */
function gradientsOf(
  mixture: Mixture,
  opinions: readonly Opinions[],
  labels: ArrayLike<number>,
): Float64Array {
  const gradients = new Float64Array(2 + mixture.bias.length);
  opinions.forEach((each, index) => {
    const errors = mixOpinions(mixture, each);
    errors[labels[index]] -= 1;
    errors.forEach((error, c) => {
      gradients[0] += error * each.reader[c];
      gradients[1] += error * each.table[c];
      gradients[2 + c] += error;
    });
  });
  return gradients;
}
