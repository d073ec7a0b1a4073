/** One look at a training under way. */
export interface CurvePoint {
  /** Milliseconds of training before it, pauses left out. */
  trainedMs: number;
  /** Bits per character on the training text, lately. */
  loss: number;
  /** On the held-out text; undefined where it was not measured anew. */
  bitsPerCharacter: number | undefined;
}

/** Why a training began from nothing; `damaged`: the live model cannot be read. */
export type FreshReason = 'first' | 'asked' | 'changed' | 'outgrown' | 'unreadable' | 'damaged';

/** Why a new model went live or did not: the key of a sentence. */
export type GateReason =
  | 'first'
  | 'better'
  | 'untested'
  | 'changed'
  | 'live_damaged'
  | 'not_better'
  | 'copies'
  | 'loops'
  | 'broken'
  | 'live_changed';

/** What a training did and how good its model is. */
export interface TrainingReport {
  seed: number;
  budgetMs: number;
  trainedMs: number;
  /** The version that it went on from; undefined when it began from nothing. */
  from: number | undefined;
  fresh: FreshReason | undefined;
  /** What it learned: the held-out messages are not among them. A message counts as its characters and a line break. */
  messages: number;
  characters: number;
  /**
   * Messages that it could have learned and did not: copies of earlier ones, beyond one person's share, flagged as spam,
   * and without a word of their own; absent of versions from before that was counted.
   */
  leftOut?: Readonly<Record<'copies' | 'share' | 'spam' | 'empty', number>>;
  /** This one and the other two on the same held-out messages; where none are held out, on those that it learned. */
  bitsPerCharacter: number;
  /** The one that was live when the training began. */
  liveVersion: number | undefined;
  /** Undefined also where the live model has learned some of the held-out messages, so that it is not to be measured by them. */
  liveBitsPerCharacter: number | undefined;
  /**
   * Of the order, up to 6, that the held-out messages like best, which favours it. It has counted the newest 2 million
   * characters at most: of a larger corpus all would serve it better, by 0.03 bits where 4 million were there.
   */
  ngramBitsPerCharacter: number | undefined;
  /** Of its samples: the share of characters within copies of 40 or more from one message, of texts that loop. */
  verbatimRate: number;
  loopRate: number;
  /** Whether all of its samples are empty. */
  isMute: boolean;
  /** At most about 200 points, in time order. */
  curve: CurvePoint[];
}

/** A report as it is kept with a version; the gate's word is absent of versions from before it was kept. */
export type FiledReport = TrainingReport & { gate?: GateReason };
