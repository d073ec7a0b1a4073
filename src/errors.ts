import type { ErrorKey, ErrorParams } from './i18n/index.js';

/**
 * A problem the person can do something about: shown to them, in their language.
 * Anything that is not a UserError is a bug or an outage: logged, and shown only as a reference id.
 */
export class UserError<K extends ErrorKey = ErrorKey> extends Error {
  readonly key: K;
  readonly params: ErrorParams<K>;

  constructor(key: K, params: ErrorParams<K>) {
    super(key);
    this.name = 'UserError';
    this.key = key;
    this.params = params;
  }
}

/** The error itself, or the UserError behind a failure of the system that a person can mend; else undefined. */
export function toUserError(error: unknown): UserError | undefined {
  if (isUserError(error)) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'SQLITE_FULL' || code === 'ENOSPC' ? new UserError('disk_full', {}) : undefined;
}

/** Like instanceof, with the keys' type kept. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof UserError;
}
