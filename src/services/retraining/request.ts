import type { TrainingProgress } from '../../training/protocol.js';
import type { Readers } from '../readers.js';
import type { Place } from './turns.js';

/** Whose model is to be trained, and how. */
export interface RetrainRequest extends Readers {
  /** Where the outcome is announced if nobody waits for it any more, and who asked; null for the schedule. */
  channelId: string | null;
  userId?: string | null;
  minutes?: number | undefined;
  /** From nothing, even where the live model would do to go on from. */
  fresh?: boolean | undefined;
  /** Is told who trains before, whenever that changes. */
  onWait?: (ahead: readonly Place[]) => void;
  onBegin?: () => void;
  onProgress?: (progress: TrainingProgress) => void;
}
