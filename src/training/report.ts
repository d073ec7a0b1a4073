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
  /** What it learned: the held-out messages are not among them. A message counts as its characters and a line break. */
  messages: number;
  characters: number;
  /** All on the same held-out messages; undefined where there was no live model, or nothing held out. */
  bitsPerCharacter: number;
  liveVersion: number | undefined;
  liveBitsPerCharacter: number | undefined;
  /**
   * Of the order, up to 6, that the held-out messages like best, which favours it. It has counted the newest 2 million
   * characters at most (of a budget below 40 seconds, 50 a millisecond): of a larger corpus all would serve it better,
   * by 0.03 bits where 4 million were there.
   */
  ngramBitsPerCharacter: number | undefined;
  /** Of its samples: the share of characters within copies of 40 or more from one message, of texts that loop. */
  verbatimRate: number;
  loopRate: number;
  /** The first three, of fixed seeds, as the network wrote them: what may be shown is for others to say. */
  samples: string[];
  /** At most about 200 points, in time order. */
  curve: CurvePoint[];
}
