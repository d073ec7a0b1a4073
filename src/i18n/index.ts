import type { UserError } from '../errors.js';
import { en } from './en/index.js';
import { ko } from './ko/index.js';

export type Strings = typeof en;
export type ErrorKey = keyof Strings['errors'];
export type ErrorParams<K extends ErrorKey> =
  Parameters<Strings['errors'][K]> extends [infer P] ? P : Record<never, never>;

export const LOCALES = ['en', 'ko'] as const;
export type Locale = (typeof LOCALES)[number];

const byLocale: Record<Locale, Strings> = { en, ko };

/** Everything that a reader of this language reads. */
export function stringsFor(locale: Locale): Strings {
  return byLocale[locale];
}

/** Ours for one of Discord's locales, such as `ko` or `en-GB`; English for those that we lack, and for none. */
export function localeOf(discordLocale: string | null | undefined): Locale {
  return LOCALES.find((locale) => discordLocale?.split('-')[0] === locale) ?? 'en';
}

/** The sentence that a person reads for an error; in English where no reader is known, as in logs. */
export function describeError(error: UserError, { errors }: Strings = en): string {
  const text = errors[error.key] as (params: unknown) => string;
  return text(error.params);
}
