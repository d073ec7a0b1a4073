import type { UserError } from '../errors.js';
import { en } from './en.js';

export type Strings = typeof en;
export type ErrorKey = keyof Strings['errors'];
export type ErrorParams<K extends ErrorKey> =
  Parameters<Strings['errors'][K]> extends [infer P] ? P : Record<never, never>;

/** The strings of one locale. English is the only one so far. */
export const strings: Strings = en;

/** The sentence that a person reads for an error. */
export function describeError(error: UserError): string {
  const text = strings.errors[error.key] as (params: unknown) => string;
  return text(error.params);
}
