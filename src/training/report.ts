/** One look at a training under way. */
export interface CurvePoint {
  /** Milliseconds of training before it, pauses left out. */
  trainedMs: number;
  /** Bits per symbol on the training text, lately. */
  loss: number;
  /** On the held-out text; undefined where it was not measured anew. */
  bitsPerCharacter: number | undefined;
}

/** What a training did and how good its model is: kept with every version. */
export interface TrainingReport {
  seed: number;
  budgetMs: number;
  trainedMs: number;
  /** The version that it went on from; undefined when it began from nothing. */
  from: number | undefined;
  /** What it learned. */
  messages: number;
  characters: number;
  /** All on the same held-out messages; undefined where there was no live model, or too little text for an n-gram. */
  bitsPerCharacter: number;
  liveVersion: number | undefined;
  liveBitsPerCharacter: number | undefined;
  ngramBitsPerCharacter: number | undefined;
  /** Of its samples: the share of characters within copies of 40 or more from one message, of texts that loop. */
  verbatimRate: number;
  loopRate: number;
  samples: string[];
  /** At most about 200 points, in time order. */
  curve: CurvePoint[];
}
