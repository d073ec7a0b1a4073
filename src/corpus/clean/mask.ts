import { edited } from '../edits.js';
import { findMailboxes, findNumbers } from './contacts.js';
import { findSecrets } from './secrets.js';

/**
 * The text without what nobody should find in a database or hear from a model: addresses of mailboxes, telephone and
 * card numbers, and secrets, each with a word in its place.
 */
export function mask(text: string): string {
  for (let masked = text; ;) {
    const edits = [...findSecrets(masked), ...findMailboxes(masked), ...findNumbers(masked)];
    if (edits.length === 0) return masked;
    // What stands beside a word that was put in may be more of the same.
    masked = edited(masked, 0, edits);
  }
}
