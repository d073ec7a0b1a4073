import type { Migration } from 'kysely';
import * as corpus from './0001_corpus.js';
import * as moderation from './0002_moderation.js';
import * as talking from './0003_talking.js';
import * as training from './0004_training.js';
import * as consent from './0005_consent.js';
import * as counting from './0006_counting.js';

/** Every migration in order. Forward only; a shipped file never changes. */
export const migrations: Record<string, Migration> = {
  '0001_corpus': corpus,
  '0002_moderation': moderation,
  '0003_talking': talking,
  '0004_training': training,
  '0005_consent': consent,
  '0006_counting': counting,
};
