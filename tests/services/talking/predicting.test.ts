import { expect, it } from 'vitest';
import { createPredicting } from '../../../src/services/talking/predicting.js';
import type { PredictRequest } from '../../../src/training/writing.js';
import { PREDICTION, talkingSet } from '../../helpers/talking.js';
import { everyone } from '../../helpers/readers.js';

it('a prediction is asked of the live model, for the text as it is kept, with the words that are blocked here', async () => {
  const { composing, promote, talk } = await talkingSet();
  await promote();
  await talk.block('1', 'Fool', '300');
  const asked: PredictRequest[] = [];
  const sampler = {
    predict: async (request: PredictRequest) => {
      asked.push(request);
      return PREDICTION;
    },
  };
  const predicting = createPredicting({ composing, sampler, settings: talk });
  expect(await predicting.predict(everyone('1'), ' th ')).toEqual({ ...PREDICTION, text: 'th', version: 1 });
  expect(asked).toEqual([{ guildId: '1', version: 1, text: 'th', blocked: ['fool'] }]);
  await expect(predicting.predict(everyone('1'), ' ')).rejects.toMatchObject({ key: 'nothing_to_predict' });
});
