import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPlayground } from '../../src/playground/index.js';
import { startBot } from '../helpers/bot.js';
import { temporaryDatabase } from '../helpers/store.js';
import { smallWorld } from '../helpers/world.js';

describe('a start that cannot succeed says why in plain words and ends with code 1', () => {
  it('settings: all problems at once', async () => {
    const bot = startBot({ TRAINING_PERMISSION: 'maybe', RETRAIN_MINUTES: '0' });
    expect(await bot.exited).toBe(1);
    expect(bot.log()).toContain('TRAINING_PERMISSION must be granted or none');
    expect(bot.log()).toContain('RETRAIN_MINUTES must be a number from 0.05 to 1440');
  });

  it('a wrong token', async () => {
    const { settings } = await discord();
    const bot = startBot({ ...settings, DISCORD_TOKEN: 'not-the-token' });
    expect(await bot.exited).toBe(1);
    expect(bot.log()).toMatch(/engine (native|wasm)/);
    expect(bot.log()).toContain('Discord refused the token');
    expect(bot.log()).not.toContain('not-the-token');
  });

  it('a missing intent', async () => {
    const { settings } = await discord({ messageContentIntent: false });
    const bot = startBot(settings);
    expect(await bot.exited).toBe(1);
    expect(bot.log()).toContain('Discord refused the Message Content intent');
  });

  it('Discord out of reach', async () => {
    const { settings, playground } = await discord();
    await playground.close();
    const bot = startBot(settings);
    expect(await bot.exited).toBe(1);
    expect(bot.log()).toContain('Discord cannot be reached (ECONNREFUSED)');
  });

  it('a database that is none', async () => {
    const { settings } = await discord();
    mkdirSync(settings.DATABASE_PATH);
    const bot = startBot(settings);
    expect(await bot.exited).toBe(1);
    expect(bot.log()).toContain(`The database ${settings.DATABASE_PATH} cannot be used`);
  });

  it("a taken port for the playground's page", async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const bot = startBot({ PLAYGROUND_PORT: String(port), DATABASE_PATH: temporaryDatabase() });
    expect(await bot.exited).toBe(1);
    expect(bot.log()).toContain(`The port ${port} is taken`);
  });
});

async function discord(options: { messageContentIntent?: boolean } = {}) {
  const playground = await startPlayground({ world: smallWorld(), now: () => Date.now(), ...options });
  onTestFinished(() => playground.close().catch(() => {}));
  const DATABASE_PATH = temporaryDatabase();
  return {
    playground,
    settings: { DISCORD_TOKEN: playground.token, DISCORD_API_URL: playground.apiUrl, DATABASE_PATH },
  };
}
