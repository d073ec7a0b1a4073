import type { Pictures } from '../pictures/pictures-client.js';
import type { Collecting } from './collecting.js';
import type { Composing } from './composing.js';
import type { Continuing } from './continuing.js';
import type { Feeling } from './feeling.js';
import type { Imitating } from './imitating.js';
import type { Predicting } from './predicting.js';
import type { Privacy } from './privacy.js';
import type { Replying } from './replying.js';
import type { Models } from './models.js';
import type { Moderating } from './moderating.js';
import type { DescribeOutcome } from './outcome-message.js';
import type { Retraining } from './retraining.js';
import type { TalkSettings } from './talk-settings.js';
import type { Voting } from './voting.js';

/** What a command may use. */
export interface Services {
  collecting: Collecting;
  composing: Composing;
  continuing: Continuing;
  describeOutcome: DescribeOutcome;
  feeling: Feeling;
  imitating: Imitating;
  pictures: Pictures;
  models: Models;
  moderating: Moderating;
  predicting: Predicting;
  privacy: Privacy;
  replying: Replying;
  retraining: Retraining;
  talk: TalkSettings;
  voting: Voting;
}
