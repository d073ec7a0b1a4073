import { describe, expect, it } from 'vitest';
import { createGuild } from '../../src/playground/guild.js';
import { sotuWorld } from '../../src/playground/sotu.js';

describe("the playground's world", () => {
  it('has an admin, a member, a president and a moderator to speak as, and a channel that the member does not see', () => {
    const { people, channels } = sotuWorld();
    expect(people.filter(({ switchable }) => switchable).map(({ name }) => name)).toEqual([
      'Ada (admin)',
      'Max (member)',
      'Franklin D Roosevelt',
      'Mia (moderator)',
    ]);
    expect(channels.filter(({ moderatorsOnly }) => moderatorsOnly).map(({ name }) => name)).toEqual([
      'moderators',
    ]);
  });

  it('is written as people type', () => {
    const text = sotuWorld()
      .messages.map(({ content }) => content)
      .join('');
    expect(text.match(/[‘’“”—–]/g)).toBeNull();
    expect(text).toContain("America's");
  });

  it('keeps the ids of channels and people as they were before there was moderation: databases remember them', () => {
    const world = { ...sotuWorld(), messages: [] };
    const before = {
      ...world,
      people: world.people.filter(({ moderator }) => !moderator),
      channels: world.channels.filter(({ moderatorsOnly }) => !moderatorsOnly),
    };
    const [old, now] = [before, world].map((each) => createGuild(each, () => 0));
    expect([...now.channels.keys()].slice(0, -1)).toEqual([...old.channels.keys()]);
    expect([...now.members.keys()].slice(0, -1)).toEqual([...old.members.keys()]);
  });
});
