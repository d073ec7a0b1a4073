import type { TrainingReport } from '../../src/training/report.js';

/** The report of a decent first training of a minute. */
export function trainingReport(more: Partial<TrainingReport> = {}): TrainingReport {
  return {
    seed: 1,
    budgetMs: 60_000,
    trainedMs: 60_000,
    from: undefined,
    fresh: 'first',
    messages: 45,
    characters: 945,
    bitsPerCharacter: 2.5,
    liveVersion: undefined,
    liveBitsPerCharacter: undefined,
    ngramBitsPerCharacter: 2.8,
    verbatimRate: 0.1,
    loopRate: 0,
    isMute: false,
    curve: [
      { trainedMs: 10_000, loss: 4, bitsPerCharacter: 3.5 },
      { trainedMs: 50_000, loss: 2.2, bitsPerCharacter: 2.5 },
    ],
    ...more,
  };
}
