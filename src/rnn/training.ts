import { fitBatch, openReaders, readOn } from './batches.js';
import { CheckpointError, type Checkpoint } from './checkpoint.js';
import { score, SCORING_SIZE } from './evaluation.js';
import { adopt, initialize } from './initial.js';
import {
  TrainingError,
  type Progress,
  type Setback,
  type TrainingOptions,
  type TrainingResult,
} from './training-options.js';
import { decodeRun, encodeRun, fingerprint, startRun } from './training-state.js';

export {
  TrainingError,
  type Progress,
  type Setback,
  type TrainingOptions,
  type TrainingResult,
} from './training-options.js';

const WARM_UP_STEPS = 30;
/** The rate falls along half a cosine to this share of its peak. */
const LOWEST_RATE = 0.02;
/** Scores per budget, at least; a text that is read often is scored once each time, if that costs little. */
const SCORES = 25;
/** Share of the budget kept for the final score, and spent on each one before it. */
const FINAL_SCORE_SHARE = 0.02;
const SCORE_SHARE = 0.0015;
const MIN_SCORED = 5_000;
/** Symbols scored when the speed is not known yet. */
const FIRST_SCORED = 20_000;
/** Symbols learned for each one scored, at least, between two scores. */
const LEARNED_PER_SCORED = 16;
/** How much dearer held-out text is than learned text where dropout is right, and how fast it is set, per score. */
const DESIRED_GAP = 0.1;
const DROPOUT_STEP = 0.1;
/** A loss of so many times that of knowing nothing has exploded. */
const EXPLODED = 5;
/** Scores without progress before going back to the best, and how often that is tried. */
const PATIENCE = 5;
const MAX_SETBACKS = 4;

/**
 * Learns to predict a text, one symbol from those before it: truncated backpropagation with carried state, Adam, a
 * rate that warms up and then falls along a cosine over the time that was given, whatever the machine's speed. When
 * the held-out text stops getting cheaper (or a step is not finite) the run goes back to its best parameters and on
 * with half the rate; after a few such retreats it has converged.
 *
 * A generator, so that its caller can breathe, report, save or stop between steps: to stop, just ask no more.
 * @throws TrainingError when there is no text, or no rate is small enough for finite numbers
 * @throws CheckpointError when `resume` is damaged or belongs to another text
 */
export function* train(options: TrainingOptions): Generator<Progress, TrainingResult> {
  const { kernel, vocabulary, train: text, now, budgetMs, maxSteps = Infinity, progressMs = 100 } = options;
  if (text.length === 0) throw new TrainingError('empty_text', 'there is no text to learn from');
  // Text of nothing but marks has no characters: count it by symbols then.
  const trainCharacters = options.trainCharacters || text.length;
  const characterShare = trainCharacters / text.length;
  const hasHeldOut = options.valid.length > 0 && options.validCharacters !== 0;
  const heldOut = hasHeldOut ? options.valid : text;
  const heldOutCharacters = hasHeldOut ? (options.validCharacters ?? heldOut.length) : trainCharacters;

  const saved = options.resume && decodeRun(options.resume);
  const run = saved?.run ?? startRun(options);
  if (run.text !== fingerprint(options) || run.shape.vocabulary !== vocabulary.size) {
    throw new CheckpointError('the interrupted training belongs to another text');
  }
  const { shape, hyperparameters, seed } = run;
  const readers = openReaders(text.length, fitBatch(text.length, hyperparameters));
  const trainer = kernel.createTrainer(shape, readers);
  const evaluator = kernel.createEvaluator(shape, SCORING_SIZE);
  const best = new Float32Array(trainer.layout.size);
  if (saved) {
    saved.load({ ...tensors(), best });
    run.positions.forEach((position, row) => (readers.positions[row] = position));
  } else {
    initialize(trainer.parameters, trainer.layout, text, seed);
    if (options.from) adopt(trainer.parameters, trainer.layout, options.from);
    best.set(trainer.parameters);
  }

  let lastTick = now();
  let lastYield = run.elapsedMs;
  // When the last step ended: a run saved in the middle of a score takes that score again.
  let settledMs = run.elapsedMs;
  const trainingMs = budgetMs * (1 - FINAL_SCORE_SHARE);
  if (!saved) planScore();

  while (true) {
    if (isScoreDue()) yield* takeScore();
    if (fraction() >= 1 || run.setbacks > MAX_SETBACKS) break;
    learn();
    const due = tick();
    settledMs = run.elapsedMs;
    if (due) yield progress();
  }
  // It never came far: what there is of a model is as good as none.
  const isStillborn = run.step <= (MAX_SETBACKS + 1) * WARM_UP_STEPS;
  if (run.setback === 'diverged' && run.setbacks > MAX_SETBACKS && isStillborn) {
    throw new TrainingError('diverged', 'training diverged again and again: try a smaller network');
  }

  evaluator.load(best);
  const affordable = Math.max(run.scored, symbolsIn(budgetMs * FINAL_SCORE_SHARE));
  const bitsPerCharacter = (yield* scoreHeldOut(affordable)) / Math.LN2;
  const { characters, charactersPerSecond } = progress();
  return {
    checkpoint: checkpointOf(bitsPerCharacter),
    bitsPerCharacter,
    isHeldOut: hasHeldOut,
    steps: run.step,
    characters,
    seconds: run.elapsedMs / 1000,
    charactersPerSecond,
    stopped: run.step >= maxSteps ? 'steps' : fraction() >= 1 ? 'budget' : 'converged',
  };

  function tensors() {
    const { parameters, mean, variance, state } = trainer;
    return { parameters, mean, variance, state };
  }

  /** Share of the run's time or steps that is behind it. */
  function fraction(): number {
    return Math.min(1, Math.max(run.elapsedMs / trainingMs, run.step / maxSteps));
  }

  /** Reads the clock; whether the caller should have control again. */
  function tick(): boolean {
    const time = now();
    run.elapsedMs += time - lastTick;
    lastTick = time;
    if (run.elapsedMs - lastYield < progressMs) return false;
    lastYield = run.elapsedMs;
    return true;
  }

  /** One step of learning. */
  function learn(): void {
    const step = run.step + 1;
    const symbols = readOn(readers, text, seed, step, (row) => trainer.reset(row));
    const nats = trainer.backpropagate(readers.inputs, readers.targets, {
      rate: hyperparameters.dropout * run.dropoutShare,
      weightRate: hyperparameters.weightDropout * run.dropoutShare,
      seed,
      step,
    });
    const { learningRate: peak, clip } = hyperparameters;
    const cosine = LOWEST_RATE + (1 - LOWEST_RATE) * 0.5 * (1 + Math.cos(Math.PI * fraction()));
    const learningRate =
      peak * cosine * Math.min(1, (run.adamStep + 1) / WARM_UP_STEPS) * 0.5 ** run.setbacks;
    const norm = trainer.update({ learningRate, clip, step: run.adamStep + 1 });
    run.step = step;
    run.adamStep += 1;
    run.symbols += symbols;
    run.positions = readers.positions;
    if (Number.isFinite(norm) && nats < EXPLODED * Math.log(shape.vocabulary)) {
      run.trainNats ??= nats;
      run.trainNats += (nats - run.trainNats) / Math.min(step, 50);
    } else {
      retreat('diverged');
    }
  }

  /** Back to the best parameters, on with half the rate. */
  function retreat(reason: Setback): void {
    trainer.parameters.set(best);
    trainer.mean.fill(0);
    trainer.variance.fill(0);
    for (let row = 0; row < readers.batch; row++) trainer.reset(row);
    run.adamStep = 0;
    run.disappointments = 0;
    run.setbacks += 1;
    run.setback = reason;
  }

  function isScoreDue(): boolean {
    // A model that has learned before is the first to beat.
    if (run.step === 0) return options.from !== undefined && run.scored === 0;
    return fraction() >= run.nextScoreFraction || run.symbols >= run.nextScoreSymbols;
  }

  /** More dropout where the held-out text costs much more than the learned one, less where it would only slow learning. */
  function adaptDropout(heldOutNats: number): void {
    if (run.trainNats === undefined) return;
    const gap = (heldOutNats * characterShare) / run.trainNats - 1;
    const change = gap > DESIRED_GAP ? DROPOUT_STEP : -DROPOUT_STEP;
    run.dropoutShare = Math.min(1, Math.max(0, run.dropoutShare + change));
  }

  function planScore(): void {
    run.nextScoreFraction = (Math.floor(fraction() * SCORES + 1e-9) + 1) / SCORES;
    const spacing = LEARNED_PER_SCORED * (run.scored || MIN_SCORED);
    run.nextScoreSymbols = run.symbols + Math.max(text.length, spacing);
  }

  /** Scores the held-out text and keeps the parameters if they are the best. */
  function* takeScore(): Generator<Progress, void> {
    if (run.scored === 0) {
      const affordable = run.step === 0 ? FIRST_SCORED : symbolsIn(budgetMs * SCORE_SHARE);
      run.scored = Math.min(heldOut.length, Math.max(MIN_SCORED, affordable));
    }
    evaluator.load(trainer.parameters);
    const nats = yield* scoreHeldOut(run.scored);
    adaptDropout(nats);
    if (Number.isFinite(nats)) run.lastScore = nats;
    planScore();
    if (nats < (run.bestScore ?? Infinity)) {
      run.bestScore = nats;
      run.disappointments = 0;
      best.set(trainer.parameters);
    } else {
      run.disappointments += 1;
      if (run.disappointments >= PATIENCE) retreat('no_better');
    }
  }

  /** Nats per character of the held-out text's first symbols, by the parameters in the evaluator. */
  function* scoreHeldOut(symbols: number): Generator<Progress, number> {
    const part = heldOut.subarray(0, symbols);
    let nats = 0;
    for (const more of score(evaluator, part)) {
      nats += more;
      if (tick()) yield progress();
    }
    return nats / (heldOutCharacters * (part.length / heldOut.length));
  }

  /** Held-out symbols that can be scored in this time: reading alone is a third of learning. */
  function symbolsIn(ms: number): number {
    const perMs = run.symbols / Math.max(run.elapsedMs, 1e-3);
    return Math.floor(Math.min(heldOut.length, 2 * perMs * ms));
  }

  function progress(): Progress {
    const characters = Math.round(run.symbols * characterShare);
    return {
      step: run.step,
      characters,
      elapsedMs: run.elapsedMs,
      fraction: fraction(),
      trainBits: (run.trainNats ?? Math.log(shape.vocabulary)) / Math.LN2 / characterShare,
      bitsPerCharacter: run.lastScore === undefined ? undefined : run.lastScore / Math.LN2,
      charactersPerSecond: run.elapsedMs > 0 ? characters / (run.elapsedMs / 1000) : 0,
      setbacks: run.setbacks,
      setback: run.setback,
      save: () => encodeRun({ ...run, elapsedMs: settledMs }, { ...tensors(), best }),
      best: () => checkpointOf(run.bestScore === undefined ? undefined : run.bestScore / Math.LN2),
    };
  }

  function checkpointOf(bitsPerCharacter: number | undefined): Checkpoint {
    return {
      shape,
      vocabulary,
      parameters: (run.bestScore === undefined ? trainer.parameters : best).slice(),
      metadata: {
        ...options.metadata,
        ...(bitsPerCharacter === undefined ? {} : { bitsPerCharacter: String(bitsPerCharacter) }),
        sizedForCharacters: String(run.sizedFor.characters),
        sizedForMilliseconds: String(run.sizedFor.milliseconds),
        engine: kernel.engine,
        seed: String(seed),
        steps: String(run.step),
        characters: String(Math.round(run.symbols * characterShare)),
        seconds: String(run.elapsedMs / 1000),
        hyperparameters: JSON.stringify(hyperparameters),
      },
    };
  }
}
