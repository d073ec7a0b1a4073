import type { Pictures } from '../pictures/pictures-client.js';
import type { Collecting } from './collecting.js';
import type { Continuing } from './continuing.js';
import type { Feeling } from './feeling.js';
import type { Models } from './models.js';
import type { Moderating } from './moderating.js';
import type { DescribeOutcome } from './outcome-message.js';
import type { Retraining } from './retraining.js';

/** What a command may use. */
export interface Services {
  collecting: Collecting;
  continuing: Continuing;
  describeOutcome: DescribeOutcome;
  feeling: Feeling;
  pictures: Pictures;
  models: Models;
  moderating: Moderating;
  retraining: Retraining;
}
