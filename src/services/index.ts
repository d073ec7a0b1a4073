import type { Pictures } from '../pictures/pictures-client.js';
import type { Audiences } from './audiences.js';
import type { Backfilling } from './backfilling/backfilling.js';
import type { Collecting } from './collecting.js';
import type { CorpusStatuses } from './corpus-status.js';
import type { Composing } from './talking/composing.js';
import type { Continuing } from './talking/continuing.js';
import type { Feeling } from './feeling/feeling.js';
import type { Importing } from './importing.js';
import type { Imitating } from './talking/imitating.js';
import type { Predicting } from './talking/predicting.js';
import type { Privacy } from './privacy/privacy.js';
import type { Replying } from './talking/replying.js';
import type { Models } from './retraining/models.js';
import type { Moderating } from './moderation/moderating.js';
import type { DescribeOutcome } from './retraining/outcome-message.js';
import type { Retraining } from './retraining/retraining.js';
import type { TalkSettings } from './talking/settings.js';
import type { Voting } from './talking/voting.js';

/** What a command may use. */
export interface Services {
  audiences: Audiences;
  backfilling: Backfilling;
  collecting: Collecting;
  corpusStatuses: CorpusStatuses;
  composing: Composing;
  continuing: Continuing;
  describeOutcome: DescribeOutcome;
  feeling: Feeling;
  imitating: Imitating;
  importing: Importing;
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
