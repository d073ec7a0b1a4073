import { createHash } from 'node:crypto';
import { normalize } from './normalize.js';

/** A digest, in hexadecimal, that is the same for texts that differ only in disguise, case or spaces. */
export function contentKey(text: string): string {
  const plain = normalize(text).text.toLowerCase().replace(/\s+/g, ' ').trim();
  return createHash('sha256').update(plain).digest('hex');
}
