import { describe, expect, it } from 'vitest';
import { readGuildMessages } from '../../src/training/guild-messages.js';
import { message, temporaryDatabase, temporaryStore } from '../helpers/store.js';

const said = (about: string) => `this is what somebody said some time ago about ${about}`;

async function filled(guilds: string[]) {
  const path = temporaryDatabase();
  const store = await temporaryStore(path);
  const say = (id: string, guild_id: string, content: string) =>
    store.messages.add([message(id, Number(id), { guild_id, channel_id: `10${guild_id}`, content })]);
  for (const guildId of guilds) {
    await store.channels.setCollecting({ id: `10${guildId}`, guildId }, true, 0);
    await say(guildId, guildId, said(`guild ${guildId}`));
  }
  return { path, say };
}

describe('what could be copied', () => {
  it('is what was said in the same server', async () => {
    const { path } = await filled(['1', '2']);
    const messages = readGuildMessages(path, () => 0);
    expect((await messages.verbatim('1')).longestRun(said('guild 1'))).toBe(said('guild 1').length);
    expect((await messages.verbatim('2')).longestRun(said('guild 1'))).toBe(said('guild ').length);
    expect((await messages.verbatim('3')).longestRun(said('guild 1'))).toBe(0);
  });

  it('is read once for all who ask, and again after a minute', async () => {
    const { path, say } = await filled(['1']);
    const clock = { now: 0 };
    const messages = readGuildMessages(path, () => clock.now);
    const [first, second] = await Promise.all([messages.verbatim('1'), messages.verbatim('1')]);
    expect(second).toBe(first);
    expect(first.messages).toBe(1);
    await say('9', '1', said('something new'));
    clock.now = 59_999;
    expect((await messages.verbatim('1')).messages).toBe(1);
    clock.now = 60_000;
    expect((await messages.verbatim('1')).messages).toBe(2);
    expect(await messages.verbatim('1')).toBe(first);
  });

  it('is dropped of the server that was silent longest, when there is no room for all', async () => {
    const { path } = await filled(['1', '2', '3']);
    const { bytes } = await readGuildMessages(path, () => 0).verbatim('1');
    const messages = readGuildMessages(path, () => 0, bytes * 2);
    const first = await messages.verbatim('1');
    const second = await messages.verbatim('2');
    expect(await messages.verbatim('1')).toBe(first);
    await messages.verbatim('3');
    expect(await messages.verbatim('1')).toBe(first);
    expect(await messages.verbatim('2')).not.toBe(second);
  });
});
