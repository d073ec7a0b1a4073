import { createHash } from 'node:crypto';
import { normalize } from './normalize.js';

/** So many characters at the beginning of a longer text stand for all of it: as many as make a copy. */
const BEGINNING = 40;
/** Of which a disguise may have made more. In UTF-16 units. */
const MOST_UNITS = 10 * BEGINNING;

/** A digest, in hexadecimal, that is the same for texts that differ only in disguise, case or spaces. */
export function contentKey(text: string): string {
  return digest(plain(text));
}

/**
 * The keys under which a text that was taken back is kept, and by any of which it is known again: its own, and, if it is
 * longer than that, its beginning's, so that it is not said again with another end.
 * @param complete whether the text is all there; of one still being written only the beginning counts
 */
export function takenBackKeys(text: string, complete = true): string[] {
  const beginning = [...plain(text.slice(0, MOST_UNITS))];
  const keys = complete ? [contentKey(text)] : [];
  if (beginning.length > BEGINNING) keys.push(digest(beginning.slice(0, BEGINNING).join('')));
  return keys;
}

function plain(text: string): string {
  return normalize(text).text.toLowerCase().replace(/\s+/g, ' ').trim();
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
