import type { Migration } from 'kysely';
import * as corpus from './0001_corpus.js';

/** Every migration in order. Forward only; a shipped file never changes. */
export const migrations: Record<string, Migration> = {
  '0001_corpus': corpus,
};
