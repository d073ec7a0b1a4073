import type { Collecting } from './collecting.js';
import type { Continuing } from './continuing.js';
import type { Retraining } from './retraining.js';

/** What a command may use. */
export interface Services {
  collecting: Collecting;
  continuing: Continuing;
  retraining: Retraining;
}
