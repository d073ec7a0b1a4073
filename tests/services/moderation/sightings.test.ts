import { describe, expect, it } from 'vitest';
import { createSightings } from '../../../src/services/moderation/sightings.js';

const text = { guildId: '1', authorId: '100', contentKey: 'a' };

describe('sightings', () => {
  it('are the other channels of the last minute in which an author wrote the same', () => {
    const sightings = createSightings();
    expect(sightings.seen({ ...text, channelId: '10', at: 0 })).toBe(0);
    expect(sightings.seen({ ...text, channelId: '10', at: 1_000 })).toBe(0);
    expect(sightings.seen({ ...text, channelId: '11', at: 60_000 })).toBe(1);
    expect(sightings.seen({ ...text, channelId: '12', at: 61_001 })).toBe(1); // the first channel was last seen 60,001 ms before
  });

  it('are told apart by author, text and server', () => {
    const sightings = createSightings();
    sightings.seen({ ...text, channelId: '10', at: 0 });
    expect(sightings.seen({ ...text, authorId: '101', channelId: '11', at: 0 })).toBe(0);
    expect(sightings.seen({ ...text, contentKey: 'b', channelId: '11', at: 0 })).toBe(0);
    expect(sightings.seen({ ...text, guildId: '2', channelId: '11', at: 0 })).toBe(0);
  });

  it('of the text that was seen least recently are forgotten first', () => {
    const sightings = createSightings(2);
    const see = (contentKey: string, channelId: string) =>
      sightings.seen({ ...text, contentKey, channelId, at: 0 });
    see('a', '10');
    see('b', '10');
    see('a', '11');
    see('c', '10'); // b goes
    expect(see('a', '12')).toBe(2);
    expect(see('b', '12')).toBe(0);
  });
});
