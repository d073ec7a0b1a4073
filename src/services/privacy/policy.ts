/** What the privacy policy says of how this bot is run. */
export interface PolicyFacts {
  /** How long a model may know what has left the corpus. */
  deadlineHours: number;
  /** How long the data of a server is kept that the bot has left. */
  keepLeftDays: number;
  /** Whether texts in the database are encrypted. */
  isSealed: boolean;
  /** The page of whoever runs the bot. */
  url: string | undefined;
}

export function policyFacts(settings: {
  readonly erasureDeadlineHours: number;
  readonly keepLeftDays: number;
  readonly corpusKey: Uint8Array | undefined;
  readonly privacyUrl: string | undefined;
}): PolicyFacts {
  return {
    deadlineHours: settings.erasureDeadlineHours,
    keepLeftDays: settings.keepLeftDays,
    isSealed: settings.corpusKey !== undefined,
    url: settings.privacyUrl,
  };
}
