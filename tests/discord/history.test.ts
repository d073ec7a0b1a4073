import { describe, expect, it } from 'vitest';
import { createHistory } from '../../src/discord/history.js';
import { ApiProblem } from '../../src/playground/index.js';
import { connectedClient } from '../helpers/client.js';
import { hasOpenApi, violations } from '../helpers/openapi.js';
import { smallWorld } from '../helpers/world.js';

const MINUTE_MS = 60_000;

describe("a channel's past", () => {
  it('is in the channel and its public threads, active or archived', async () => {
    const { places, named, max, playground, clock, exchanges } = await set();
    const active = max.startThread('general', 'active', 'one').id;
    const archived: string[] = [];
    for (let index = 0; index < 120; index++) {
      clock.now += index % 40 === 0 ? MINUTE_MS : 0;
      archived.push(max.startThread('general', `archived ${index}`, 'one').id);
      playground.guild.threads.archive(archived[index]);
    }
    max.startThread('general', 'private', 'one', { isPrivate: true });
    max.startThread('lounge', 'of another channel', 'one');
    expect(await places('general')).toEqual(new Set([named('general'), active, ...archived]));
    // Since then nothing was said in the active one and in the first 40.
    expect((await places('general', clock.now - MINUTE_MS)).size).toBe(81);
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
  });

  it('is in the posts of a forum, and in the chat of a voice channel', async () => {
    const { places, named, max, history, playground } = await set();
    const post = max.startThread('ideas', 'an idea', 'what if').id;
    max.send(post, 'why not');
    playground.guild.threads.archive(post);
    expect(await places('ideas')).toEqual(new Set([post]));
    const page = await history.page(post, undefined, 100);
    expect(page).toMatchObject([
      { content: 'why not', channelId: named('ideas'), threadId: post, fromPerson: true },
      { content: 'what if', id: post },
    ]);
    max.send('voices', 'can you hear me?');
    expect(await places('voices')).toEqual(new Set([named('voices')]));
    expect(await history.page(named('voices'), undefined, 100)).toMatchObject([
      { content: 'can you hear me?', threadId: undefined },
    ]);
  });

  it('comes page by page, without what is not told of old messages', async () => {
    const { history, named } = await set();
    const first = await history.page(named('general'), undefined, 100);
    const second = await history.page(named('general'), first.at(-1)?.id, 100);
    expect([first.length, second.length]).toEqual([100, 50]);
    const born = Date.UTC(2024, 0, 1);
    expect(second[0]).toMatchObject({ mentions: 0, authorCreatedAt: born, authorRoleIds: [] });
  });

  it('has a message or has it not, and does not tell where it may not be read', async () => {
    const { history, named, max, playground, exchanges } = await set();
    const { id } = max.send('general', 'hello');
    const has = () => history.has(named('general'), id);
    expect(await has()).toBe(true);
    max.remove('general', [id]);
    expect(await has()).toBe(false);
    if (hasOpenApi) expect(violations(exchanges)).toEqual([]);
    playground.failNext('/messages/', new ApiProblem(403, 50_001, 'Missing Access'));
    await expect(has()).rejects.toMatchObject({ key: 'channel_not_readable' });
  });

  it('is refused for what is gone or closed; anything else is an outage', async () => {
    const { history, named, max, playground } = await set();
    const { id } = max.startThread('general', 'soon gone', 'one');
    playground.guild.threads.remove(id);
    const gone = { key: 'channel_gone', params: { channel: id } };
    await expect
      .poll(() => history.page(id, undefined, 1).catch((error: unknown) => error))
      .toMatchObject(gone);
    await expect(history.places('1', 0)).rejects.toMatchObject({ key: 'channel_gone' });
    playground.failNext('/messages', new ApiProblem(403, 50_001, 'Missing Access'));
    const page = () => history.page(named('general'), undefined, 1);
    await expect(page()).rejects.toMatchObject({ key: 'channel_not_readable' });
    for (let tries = 0; tries < 4; tries++) playground.failNext('/messages', new ApiProblem(500, 0, 'Oops'));
    await expect(page()).rejects.toMatchObject({ status: 500 });
    playground.failNext('/messages', new ApiProblem(429, 0, 'Slow down', undefined, 0));
    expect(await page()).toHaveLength(1);
  });
});

async function set() {
  const world = smallWorld();
  const more = [
    { name: 'ideas', topic: 'A forum', kind: 'forum' },
    { name: 'voices', topic: 'Spoken', kind: 'voice' },
  ] as const;
  const connected = await connectedClient({ ...world, channels: [...world.channels, ...more] });
  const { client, playground } = connected;
  const history = createHistory(client);
  const named = (name: string) => playground.guild.channelNamed(name).id;
  const places = async (channel: string, since = 0) => new Set(await history.places(named(channel), since));
  return { ...connected, history, named, places, max: playground.person('Max') };
}
