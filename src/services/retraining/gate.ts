import type { GateReason, TrainingReport } from '../../training/report.js';

export interface Judgement {
  promoted: boolean;
  reason: GateReason;
}

/** A model that copies or loops in more of what it writes than this is a parrot, however well it predicts. */
export const MAX_VERBATIM_RATE = 0.5;
export const MAX_LOOP_RATE = 0.5;

/**
 * The gate: whether a new model goes live. A guild's first one does unless it is broken, and so does the one that comes
 * after a damaged one. A later one must neither copy nor loop most of the time, and beat the live one on the same
 * held-out text: unless that one has learned what must go, for a promise counts more than bits.
 * @param liveVersion the version that is live now, which need not be the one that was live when the training began
 */
export function judge(report: TrainingReport, liveVersion: number | undefined): Judgement {
  const { bitsPerCharacter, liveBitsPerCharacter, verbatimRate, loopRate, isMute, fresh } = report;
  if (!Number.isFinite(bitsPerCharacter) || isMute) return refused('broken');
  if (liveVersion === undefined) return promoted('first');
  if (report.liveVersion !== liveVersion) return refused('live_changed');
  if (fresh === 'damaged') return promoted('live_damaged');
  if (verbatimRate > MAX_VERBATIM_RATE) return refused('copies');
  if (loopRate > MAX_LOOP_RATE) return refused('loops');
  if (liveBitsPerCharacter !== undefined && bitsPerCharacter < liveBitsPerCharacter)
    return promoted('better');
  if (fresh === 'changed') return promoted('changed');
  return liveBitsPerCharacter === undefined ? promoted('untested') : refused('not_better');
}

function promoted(reason: GateReason): Judgement {
  return { promoted: true, reason };
}

function refused(reason: GateReason): Judgement {
  return { promoted: false, reason };
}
