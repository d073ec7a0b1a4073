import { MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { defineCommand, defineMessageCommand } from '../../src/discord/define-command.js';
import { UserError } from '../../src/errors.js';
import { answeringClient } from '../helpers/client.js';

const isWritten = (content: string) => content !== '';

describe('fair use', () => {
  const limits = { perUser: 2, perChannel: 100, windowSeconds: 60, maxOpen: 2 };

  it('refuses in private who asks too much of the network, before anything is done', async () => {
    let times = 0;
    const write = async () => ({ content: `text ${++times}` });
    const shared = { description: 'Writes', allow: 'everyone', reply: 'public', options: {} } as const;
    const { playground } = await answeringClient(
      [
        defineCommand({ ...shared, name: 'write', writes: true, run: write }),
        defineCommand({ ...shared, name: 'look', run: async () => ({ content: 'done' }) }),
      ],
      undefined,
      limits,
    );
    const { command } = playground.person('Max');
    await command('lounge', 'write').until(isWritten);
    await command('lounge', 'write').until(isWritten);
    const refusal = await command('lounge', 'write').until(isWritten);
    expect(refusal.content).toBe('You have asked for a lot in a short time. Please try again in 60 seconds.');
    expect(refusal.flags).toBe(MessageFlags.Ephemeral);
    expect(times).toBe(2);
    expect((await command('lounge', 'look').until(isWritten)).content).toBe('done');
    await playground.person('Mia').command('lounge', 'write').until(isWritten);
  });

  it('gives a place up when its work has failed, too', async () => {
    const fails = async () => Promise.reject(new UserError('no_model', {}));
    const { playground } = await answeringClient(
      [
        defineMessageCommand({
          name: 'Write on',
          allow: 'everyone',
          reply: 'public',
          writes: true,
          run: fails,
        }),
      ],
      undefined,
      { ...limits, perUser: 100 },
    );
    const { send, use } = playground.person('Max');
    const { id } = send('lounge', 'hello');
    // Two places: without giving up, the third time would find none.
    for (let time = 0; time < 5; time++) {
      const { content } = await use('Write on', 'lounge', id).until(isWritten);
      expect(content).toMatch(/^I have not learned to talk yet/);
    }
  });
});
