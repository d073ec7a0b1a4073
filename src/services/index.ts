import type { Pictures } from '../pictures/pictures-client.js';
import type { Collecting } from './collecting.js';
import type { Composing } from './composing.js';
import type { Continuing } from './continuing.js';
import type { Feeling } from './feeling.js';
import type { Imitating } from './imitating.js';
import type { Moderating } from './moderating.js';
import type { Predicting } from './predicting.js';
import type { Privacy } from './privacy.js';
import type { Replying } from './replying.js';
import type { Retraining } from './retraining.js';
import type { TalkSettings } from './talk-settings.js';
import type { Voting } from './voting.js';

/** What a command may use. */
export interface Services {
  collecting: Collecting;
  composing: Composing;
  continuing: Continuing;
  feeling: Feeling;
  imitating: Imitating;
  pictures: Pictures;
  moderating: Moderating;
  predicting: Predicting;
  privacy: Privacy;
  replying: Replying;
  retraining: Retraining;
  talk: TalkSettings;
  voting: Voting;
}
