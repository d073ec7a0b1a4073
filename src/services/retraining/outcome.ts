import type { SettledDebt } from './settling.js';
import type { UserError } from '../../errors.js';
import type { GateReason, TrainingReport } from '../../training/report.js';

/** A training that came to its end, and what became of its model. */
export interface FinishedTraining {
  kind: 'promoted' | 'rejected';
  /** Where the model may write. */
  audience: string;
  version: number;
  reason: GateReason;
  report: TrainingReport;
}

export type RetrainOutcome =
  | FinishedTraining
  /** Undefined: until the bot is back. */
  | { kind: 'paused'; until: number | undefined }
  /** Not begun yet, for the guild's quiet hours. */
  | { kind: 'waiting'; until: number }
  | { kind: 'cancelled' };

/** Tells a channel how a training of a guild ended, or what was settled. */
export type AnnounceOutcome = (
  place: { guildId: string; channelId: string },
  outcome: RetrainOutcome | UserError | SettledDebt,
) => void;

export function isFinished(outcome: RetrainOutcome): outcome is FinishedTraining {
  return outcome.kind === 'promoted' || outcome.kind === 'rejected';
}
