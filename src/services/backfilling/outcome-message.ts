import { isUserError, type UserError } from '../../errors.js';
import { describeError, type Locale, stringsFor } from '../../i18n/index.js';
import type { BackfillOutcome } from './backfilling.js';

/** Describes how a backfill ended, in a guild's language. */
export function describeBackfill(
  _place: object,
  outcome: BackfillOutcome | UserError,
  locale: Locale,
): { content: string } {
  const strings = stringsFor(locale);
  const content = isUserError(outcome) ? describeError(outcome, strings) : strings.backfill.outcome(outcome);
  return { content };
}
