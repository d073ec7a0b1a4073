import type { Input, ModelName } from '../classifier/tasks.js';

export interface Classifying {
  /** Probabilities (inputs, labels in LABELS[task] order), calibrated. Batches well: hand in as many as there are. */
  classify(model: ModelName, inputs: readonly Input[]): Promise<Float32Array[]>;
  /** The same for one, with each UTF-16 unit's share in the given label's score: positive speaks for it. */
  explain(
    model: ModelName,
    input: Input,
    label: string,
  ): Promise<{ probabilities: Float32Array; weights: Float32Array }>;
  close(): Promise<void>;
}
