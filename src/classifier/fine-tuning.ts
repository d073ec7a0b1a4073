import type { Network } from '../rnn/checkpoint.js';
import { initialize } from '../rnn/initial.js';
import type { Classifier, Kernel } from '../rnn/kernel/kernel.js';
import { offsetsOf, type Shape } from '../rnn/kernel/layout.js';
import { type Dice, roll } from '../rnn/random.js';
import type { Symbols } from '../rnn/symbols.js';
import { MAX_SYMBOLS_READ, pack, readAll } from './reader.js';

/** Texts and the index of each one's label. */
export interface Lesson {
  readonly texts: readonly Symbols[];
  readonly labels: readonly number[];
}

export interface FineTuningOptions {
  readonly kernel: Kernel;
  /** The language model to start from; its vocabulary wrote the texts. */
  readonly trunk: Network;
  readonly classes: number;
  readonly learned: Lesson;
  /** Never learned: says when the network is at its best. */
  readonly heldOut: Lesson;
  readonly budgetMs: number;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  readonly seed: number;
}

/** Share of the run's time that has gone, 0 to 1, and nats per text, lately. */
export interface FineTuningProgress {
  readonly fraction: number;
  readonly loss: number | undefined;
}

const BATCH = 32;
const PEAK_RATE = 0.001;
const LOWEST_RATE = 0.02;
const WARM_UP_STEPS = 50;
/** Share of the time in which only the head learns, so that its first guesses do not shake the trunk. */
const FROZEN_SHARE = 0.05;
const DROPOUT = 0.3;
const WEIGHT_DROPOUT = 0.1;
/** How often the held-out texts are scored. */
const SCORES = 12;
/** Scores in a row without progress that end the run. */
const PATIENCE = 5;
/** Passes over the texts, at most: beyond them a small set is only learned by heart. */
const MAX_PASSES = 40;
/** Batches whose texts are sorted by length together: similar lengths waste few steps, and the order stays random. */
const SORTED_BATCHES = 64;

/**
 * Turns a language model into a classifier: its head is put in place of the output layer and learns alone first, then
 * the whole network does (gradual unfreezing, Howard and Ruder 2018). The parameters of the best held-out loss are kept.
 * A generator, so that its caller can breathe, report or stop between steps.
 */
export function* fineTune(options: FineTuningOptions): Generator<FineTuningProgress, Network> {
  const { kernel, trunk, classes, learned, heldOut, budgetMs, now, seed } = options;
  const shape: Shape = { ...trunk.shape, classes };
  const network = kernel.createClassifier(shape, { batch: BATCH, steps: MAX_SYMBOLS_READ });
  let frozen = graft(network, trunk, seed);
  const best = { nats: Infinity, parameters: network.parameters.slice() };
  const started = now();
  const dice: Dice = { state: seed };
  let batches: number[][] = [];
  let step = 0;
  let adamStep = 0;
  let passes = 0;
  let scored = 0;
  let disappointments = 0;
  let loss: number | undefined;

  const fraction = () => Math.min(1, Math.max((now() - started) / budgetMs, passes / MAX_PASSES));
  for (let done = fraction(); done < 1 && disappointments < PATIENCE; done = fraction()) {
    if (done >= (scored + 1) / SCORES) score();
    if (batches.length === 0) {
      batches = inBatches(learned.texts, dice);
      passes += 1;
    }
    const nats = learn(batches.pop() ?? [], done);
    loss ??= nats;
    loss += (nats - loss) / Math.min(step, 100);
    yield { fraction: done, loss };
  }
  score();
  yield { fraction: 1, loss };
  return { shape, vocabulary: trunk.vocabulary, parameters: best.parameters };

  function learn(rows: number[], done: number): number {
    step += 1;
    const labels = new Int32Array(BATCH).fill(-1);
    rows.forEach((index, row) => (labels[row] = learned.labels[index]));
    const texts = pack(
      rows.map((index) => learned.texts[index]),
      BATCH,
    );
    const dropout = { rate: DROPOUT, weightRate: WEIGHT_DROPOUT, seed, step };
    const nats = network.backpropagate(texts, labels, dropout);
    const cosine = LOWEST_RATE + (1 - LOWEST_RATE) * 0.5 * (1 + Math.cos(Math.PI * done));
    if (frozen > 0 && done >= FROZEN_SHARE) unfreeze();
    adamStep += 1;
    const learningRate = PEAK_RATE * cosine * Math.min(1, adamStep / WARM_UP_STEPS);
    network.update({ learningRate, clip: 1, step: adamStep, frozen });
    return nats;
  }

  /** Adam starts anew: the trunk has no moments yet, and with the head's count of steps its first ones would be giant. */
  function unfreeze(): void {
    frozen = 0;
    adamStep = 0;
    network.mean.fill(0);
    network.variance.fill(0);
  }

  function score(): void {
    scored += 1;
    network.load();
    const nats = meanLoss(readAll(network, heldOut.texts), heldOut.labels);
    // With nothing to score on, every score is the best: the last state is kept.
    if (nats <= best.nats) {
      best.nats = nats;
      best.parameters.set(network.parameters);
      disappointments = 0;
    } else {
      disappointments += 1;
    }
  }
}

/** The trunk's layers under a head that knows nothing; returns where the head begins. */
function graft(network: Classifier, trunk: Network, seed: number): number {
  const { parameters, layout } = network;
  initialize(parameters, layout, new Uint16Array(), seed);
  const head = offsetsOf(layout).outputWeights;
  parameters.set(trunk.parameters.subarray(0, head));
  return head;
}

/** Every text once, in a random order of batches of similar length. */
function inBatches(texts: readonly Symbols[], dice: Dice): number[][] {
  const order = shuffled(
    texts.map((_, index) => index),
    dice,
  );
  const batches: number[][] = [];
  for (let start = 0; start < order.length; start += BATCH * SORTED_BATCHES) {
    const block = order.slice(start, start + BATCH * SORTED_BATCHES);
    block.sort((a, b) => texts[a].length - texts[b].length);
    for (let at = 0; at < block.length; at += BATCH) batches.push(block.slice(at, at + BATCH));
  }
  return shuffled(batches, dice);
}

function shuffled<T>(list: T[], dice: Dice): T[] {
  for (let left = list.length - 1; left > 0; left--) {
    const other = Math.floor(roll(dice) * (left + 1));
    [list[left], list[other]] = [list[other], list[left]];
  }
  return list;
}

function meanLoss(answers: readonly Float32Array[], labels: readonly number[]): number {
  const nats = answers.reduce(
    (sum, answer, index) => sum - Math.log(Math.max(1e-9, answer[labels[index]])),
    0,
  );
  return nats / Math.max(1, answers.length);
}
