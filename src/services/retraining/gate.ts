import type { TrainingReport } from '../../training/report.js';

/** Why a new model goes live or does not: the key of a sentence. */
export type GateReason =
  'first' | 'better' | 'untested' | 'not_better' | 'copies' | 'loops' | 'broken' | 'live_changed';

export interface Judgement {
  promoted: boolean;
  reason: GateReason;
}

/** A model that copies or loops in more of what it writes than this is a parrot, however well it predicts. */
export const MAX_VERBATIM_RATE = 0.5;
export const MAX_LOOP_RATE = 0.5;

/**
 * The gate: whether a new model goes live. A guild's first one does unless it is broken; a later one must beat the live
 * one on the same held-out text, and neither copy nor loop most of the time.
 * @param liveVersion the version that is live now, which need not be the one that was live when the training began
 */
export function judge(report: TrainingReport, liveVersion: number | undefined): Judgement {
  const { bitsPerCharacter, liveBitsPerCharacter, verbatimRate, loopRate, samples } = report;
  const isMute = samples.every((sample) => sample.trim() === '');
  if (!Number.isFinite(bitsPerCharacter) || isMute) return refused('broken');
  if (liveVersion === undefined) return { promoted: true, reason: 'first' };
  if (report.liveVersion !== liveVersion) return refused('live_changed');
  if (verbatimRate > MAX_VERBATIM_RATE) return refused('copies');
  if (loopRate > MAX_LOOP_RATE) return refused('loops');
  if (liveBitsPerCharacter === undefined) return { promoted: true, reason: 'untested' };
  return bitsPerCharacter < liveBitsPerCharacter
    ? { promoted: true, reason: 'better' }
    : refused('not_better');
}

function refused(reason: GateReason): Judgement {
  return { promoted: false, reason };
}
