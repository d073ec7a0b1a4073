import { describe, expect, it } from 'vitest';
import { outcomeAnnouncer } from '../../src/discord/announcements.js';
import { createOpenWork } from '../../src/discord/open-work.js';
import { connectedClient, silent } from '../helpers/client.js';

describe('the outcome of a training', () => {
  it('is told in its channel before the bot stops, and nothing fails where that is gone', async () => {
    const { client, playground } = await connectedClient();
    const work = createOpenWork();
    const describeOutcome = async () => ({ content: 'Version 2 is live' });
    const announce = outcomeAnnouncer(client, 'retrain', describeOutcome, work.keep, silent);
    const channelId = playground.guild.channelNamed('lounge').id;
    announce({ guildId: playground.guild.id, channelId }, { kind: 'cancelled' });
    announce({ guildId: playground.guild.id, channelId: '1' }, { kind: 'cancelled' });
    await work.settled(10_000);
    expect(playground.guild.messagesIn(channelId).at(-1)?.content).toBe('Version 2 is live');
  });
});
