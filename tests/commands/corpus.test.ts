import { describe, expect, it } from 'vitest';
import corpus from '../../commands/corpus.js';
import type { Context } from '../../src/discord/define-command.js';
import { UserError } from '../../src/errors.js';
import { stringsFor } from '../../src/i18n/index.js';
import type { BackfillOutcome } from '../../src/services/backfilling/backfilling.js';
import type { Services } from '../../src/services/index.js';

describe('/corpus collect', () => {
  const outcome = { channelId: '10', read: 1_234, stored: 777 };

  it('says that the channel is on, and what came of its past', async () => {
    expect(await answer(async () => ({ ...outcome, kind: 'done' }))).toBe(
      'Collecting from <#10> now. 777 messages of its history taken in.',
    );
    const cancelled = await answer(async () => ({ ...outcome, kind: 'cancelled' }));
    expect(cancelled).toContain('Collecting from <#10> now. I stopped reading the past');
    const closed = await answer(() =>
      Promise.reject(new UserError('channel_not_readable', { channel: '10' })),
    );
    expect(closed).toMatch(/^Collecting from <#10> now\. .*<#10>/);
    await expect(answer(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  });

  it('answers everyone, so that its button still stands in the server when it takes long', () => {
    expect(collect()).toMatchObject({ reply: 'public' });
  });
});

async function answer(recent: () => Promise<BackfillOutcome>): Promise<string> {
  const services = { collecting: { collect: async () => {} }, backfilling: { recent } };
  const context = { guildId: '1', strings: stringsFor('en') } as Partial<Context> as Context;
  const channel = { id: '10', guildId: '1', readable: true, audience: 'public' };
  const { content } = await collect().run(services as object as Services, { channel }, context);
  return content;
}

function collect() {
  if (corpus.actions.kind !== 'subcommands') throw new Error('expected subcommands');
  return corpus.actions.subcommands.collect;
}
