import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { isUserError } from '../src/errors.js';
import { describeError } from '../src/i18n/index.js';

describe('readConfig', () => {
  it('needs nothing: without a token there is no Discord, and training is not permitted', () => {
    const config = readConfig({});
    expect(config.discord).toBeUndefined();
    expect(config.trainingPermitted).toBe(false);
    expect(config.databasePath).toBe('data/charlatan.sqlite');
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('treats an empty value as absent', () => {
    expect(readConfig({ DISCORD_TOKEN: '', RETRAIN_MINUTES: ' ' })).toEqual(readConfig({}));
  });

  it('takes the API address with or without its version', () => {
    for (const url of ['http://127.0.0.1:9/api', 'http://127.0.0.1:9/api/', 'http://127.0.0.1:9/api/v10']) {
      const { discord } = readConfig({ DISCORD_TOKEN: 'abc', DISCORD_API_URL: url });
      expect(discord?.apiUrl).toBe('http://127.0.0.1:9/api');
    }
  });

  it('leaves the engine to the machine, and one core to the connection', () => {
    expect(readConfig({}).engine).toBeUndefined();
    expect(readConfig({}).trainThreads).toBe(Math.max(1, availableParallelism() - 1));
    expect(readConfig({ ENGINE: 'wasm', TRAIN_THREADS: '3' })).toMatchObject({
      engine: 'wasm',
      trainThreads: 3,
    });
  });

  it('switches periodic retraining off', () => {
    expect(readConfig({ RETRAIN_CRON: 'off' }).retrainCron).toBeUndefined();
    expect(readConfig({}).retrainCron).toBe('0 4 * * *');
  });

  it('reports every problem at once, by name, with what would be right', () => {
    const problems = problemsOf({
      DISCORD_API_URL: 'discord',
      TRAINING_PERMISSION: 'yes',
      RETRAIN_CRON: 'nightly',
      RETRAIN_MINUTES: 'ten',
      HISTORY_MESSAGES: '1.5',
      TRAIN_THREADS: '0',
      ENGINE: 'steam',
      LOG_LEVEL: 'loud',
    });
    expect(problems).toContain('DISCORD_API_URL must be an http(s) address');
    expect(problems).toContain('TRAINING_PERMISSION must be granted or none');
    expect(problems).toContain('RETRAIN_CRON must be a cron pattern such as "0 4 * * *", or off');
    expect(problems).toContain('RETRAIN_MINUTES must be a number from 0.05 to 1440');
    expect(problems).toContain('HISTORY_MESSAGES must be a whole number from 0 to 1000000');
    expect(problems).toContain('TRAIN_THREADS must be a whole number from 1 to 1024');
    expect(problems).toContain('ENGINE must be native, wasm or js');
    expect(problems).toContain('LOG_LEVEL must be debug, info, warn, error or silent');
  });
});

function problemsOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (isUserError(error)) return describeError(error);
  }
  throw new Error('expected a UserError');
}
