import { describe, expect, it } from 'vitest';
import { type ButtonAction, defineCommand } from '../../src/discord/define-command.js';
import { UserError } from '../../src/errors.js';
import { answeringClient } from '../helpers/client.js';

describe('a button whose work fails after a while', () => {
  it('says in its message why it failed once that shows something else', async () => {
    const { pressed, message, fail } = await failing();
    const failed = pressed.until(({ content }) => content.includes('I no longer remember'));
    fail();
    expect((await failed).id).toBe(message.id);
  });

  it('says it by a new message when that took longer than a token lives', async () => {
    const { pressed, message, fail, clock } = await failing();
    const failed = pressed.until(({ content }) => content.includes('I no longer remember'));
    clock.now += 16 * 60_000;
    fail();
    expect((await failed).id).not.toBe(message.id);
    expect((await failed).flags).toBe(0);
    await pressed.until(({ id, content }) => id === message.id && content.includes('I no longer remember'));
  });
});

/** A pressed button whose long work has shown how far it is, and fails when it is told to. */
async function failing() {
  let fail = () => {};
  const failed = new Promise<void>((resolve) => (fail = resolve));
  const next: ButtonAction = {
    reply: 'update',
    async run(_services, _argument, { show }) {
      show({ content: 'half', stage: '50 %' });
      await failed;
      throw new UserError('generation_gone', {});
    },
  };
  const press = defineCommand({
    name: 'press',
    description: 'Has a button',
    allow: 'everyone',
    reply: 'public',
    options: {},
    buttons: { next },
    run: async () => ({ content: 'first', buttons: [{ action: 'next', argument: '', label: 'next' }] }),
  });
  const { playground, clock } = await answeringClient([press]);
  const { command, click } = playground.person('Mia');
  const message = await command('lounge', 'press').until((content) => content === 'first');
  const half = playground.until(({ content }) => content === 'half');
  click('lounge', message.id, 'next');
  await half;
  return { pressed: playground, message, fail: () => fail(), clock };
}
