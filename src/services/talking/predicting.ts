import { cleanMessage } from '../../corpus/clean.js';
import { UserError } from '../../errors.js';
import type { Sampler } from '../../training/sampling-client.js';
import type { Prediction } from '../../training/writing.js';
import type { Readers } from '../readers.js';
import type { Composing } from './composing.js';
import type { TalkSettings } from './settings.js';

export interface Foretold extends Prediction {
  /** What was read: the text as the corpus would keep it. */
  text: string;
  version: number;
}

export type Predicting = ReturnType<typeof createPredicting>;

/** Tells what the network expects after a text, and how surprised it was by it. */
export function createPredicting(parts: {
  composing: Composing;
  sampler: Pick<Sampler, 'predict'>;
  settings: Pick<TalkSettings, 'blocked'>;
}) {
  const { composing, sampler, settings } = parts;
  return {
    /** @throws UserError nothing_to_predict, no_model, guard_refused, sampling_died */
    async predict(readers: Readers, typed: string): Promise<Foretold> {
      const text = cleanMessage(typed);
      if (text === undefined) throw new UserError('nothing_to_predict', {});
      const { guildId } = readers;
      const version = await composing.live(readers);
      const blocked = settings.blocked(guildId);
      return { ...(await sampler.predict({ guildId, version, text, blocked })), text, version };
    },
  };
}
