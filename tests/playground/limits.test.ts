import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { connected, prepared, textChannel } from '../helpers/discord-client.js';

const letters = (count: number) => 'x'.repeat(count);
const card = (title: string, description: string) => ({ title, description });
const button = (custom_id: string, label: string) => ({
  type: 2 as const,
  style: 2 as const,
  custom_id,
  label,
});

describe('what Discord would not take, the playground does not', () => {
  it.each([
    ['content', { content: letters(2_001) }],
    ["a card's title", { embeds: [card(letters(257), '')] }],
    ["a card's description", { embeds: [card('', letters(4_097))] }],
    ["a field's value", { embeds: [{ fields: [{ name: 'x', value: letters(1_025) }] }] }],
    ['fields', { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'x', value: 'x' })) }] }],
    ['all cards together', { embeds: [card('', letters(4_000)), card('', letters(2_001))] }],
    ["a button's id", { components: [{ type: 1 as const, components: [button(letters(101), 'x')] }] }],
    ["a button's label", { components: [{ type: 1 as const, components: [button('x', letters(81))] }] }],
    [
      'buttons in a row',
      {
        components: [
          { type: 1 as const, components: Array.from({ length: 6 }, (_, id) => button(`${id}`, 'x')) },
        ],
      },
    ],
  ])('too much of %s', async (_what, message) => {
    const { client, playground } = await connected();
    const channel = await textChannel(client, playground.guild.channelNamed('lounge').id);
    await expect(channel.send(message)).rejects.toMatchObject({ code: 50_035 });
  });

  it('what just fits', async () => {
    const { client, playground } = await connected();
    const channel = await textChannel(client, playground.guild.channelNamed('lounge').id);
    const content = letters(2_000);
    await channel.send({ content, embeds: [card(letters(256), letters(4_096))] });
    await channel.send({ components: [{ type: 1, components: [button(letters(100), letters(80))] }] });
  });
});

describe("the page's socket", () => {
  it.each(['no JSON', 'null', '{"type":"send","channelId":"42","content":"hello"}'])(
    'hangs up on %s, and the playground goes on',
    async (frame) => {
      const { playground } = await prepared();
      const origin = playground.url.slice(0, -1);
      const open = () => new WebSocket(`${playground.url.replace('http', 'ws')}page`, { origin });
      const socket = open();
      await once(socket, 'open');
      socket.send(frame);
      await once(socket, 'close');
      const next = open();
      await once(next, 'message');
      next.close();
    },
  );
});
