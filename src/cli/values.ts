import { InvalidArgumentError } from 'commander';

/** Parses a whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= min && value <= max)) {
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** Parses a number from `min` to `max`. */
export function numberWithin(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (!(value >= min && value <= max)) {
      throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`);
    }
    return value;
  };
}

export const MAX_SEED = 2 ** 32 - 1;

/** An id as Discord gives them to servers, channels and people. */
export function discordId(text: string): string {
  if (!/^\d{1,20}$/.test(text)) {
    throw new InvalidArgumentError('an id is a row of digits: Copy ID in Discord, in its developer mode.');
  }
  return text;
}
