import { describe, expect, it } from 'vitest';
import { followConnection } from '../../src/discord/connection.js';
import { connectedClient } from '../helpers/client.js';

describe('a connection that breaks', () => {
  it('is resumed, or renewed where Discord has forgotten it', { timeout: 30_000 }, async () => {
    const { client, playground } = await connectedClient();
    const told: string[] = [];
    const following = {
      lost: () => void told.push('lost'),
      listening: async () => void told.push('listening'),
      renewed: async () => void told.push('renewed'),
    };
    followConnection(client, following, (error) => told.push(String(error)));
    playground.disconnectBot();
    await expect.poll(() => told, { timeout: 10_000 }).toEqual(['lost', 'listening']);
    playground.disconnectBot({ forgetting: true });
    await expect.poll(() => told.at(-1), { timeout: 15_000 }).toBe('renewed');
    expect(told.slice(2, -1)).toContain('lost');
    expect(told).not.toContain('Error');
  });
});
