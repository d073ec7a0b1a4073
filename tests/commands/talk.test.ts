import { MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import talkCommand from '../../commands/talk.js';
import { stringsFor } from '../../src/i18n/index.js';
import type { Services } from '../../src/services/index.js';
import { talkStatus } from '../../src/services/talking/talk-status.js';
import { contextOf } from '../helpers/context.js';
import { isWritten, talkingClient } from '../helpers/talking-client.js';
import { talkingSet } from '../helpers/talking.js';

describe('/talk', () => {
  it('is for those whom each part of it allows', async () => {
    const { person, ask } = await talkingClient();
    const asked = async (who: string, command: string, options = {}) =>
      (await person(who).command('lounge', command, options, 'unchecked').until(isWritten)).content;
    expect(await asked('Max', 'talk block', { word: 'x' })).toContain('Manage Messages');
    expect(await asked('Mia', 'talk chance', { percent: 5 })).toContain('Manage Server');
    expect(await asked('Mia', 'talk verbatim', { characters: 50 })).toContain('Manage Server');
    expect(await asked('Max', 'talk quiet', { minutes: 61 })).toContain('1 to 60 minutes');
    expect((await ask('Mia', 'talk quiet', { minutes: 61 })).content).toContain('Quiet in');
  });

  it('changes what status shows; blocked words only to moderators', async () => {
    const { ask, lounge, person } = await talkingClient();
    expect((await ask('Max', 'talk status')).content).toBe(
      [
        '**Unasked:** not here. Managers can change that with `/talk chance`.',
        '**Copies:** at most 40 characters in a row of one message',
        '**Votes:** none yet',
      ].join('\n'),
    );
    await ask('Ada', 'talk chance', { percent: 2.5 });
    await ask('Ada', 'talk verbatim', { unlimited: true });
    expect((await ask('Ada', 'talk verbatim')).content).toContain('one of the two');
    await ask('Mia', 'talk block', { word: 'Some *thing*' });
    const offered = await person('Mia').suggest('lounge', 'talk unblock', { word: 'THING' }, 'word');
    expect(offered.map(({ value }) => value)).toEqual(['some *thing*']);
    const status = await ask('Mia', 'talk status');
    expect(status).toMatchObject({ flags: MessageFlags.Ephemeral });
    expect(status.content).toContain(`<#${lounge}>: 2.5 % of the messages answered by chance`);
    expect(status.content).toContain('**Copies:** any number of characters');
    expect(status.content).toContain('**Blocked:** some \\*thing\\*');
    expect((await ask('Max', 'talk status')).content).not.toContain('thing');
    await ask('Mia', 'talk unblock', { word: 'Some *thing*' });
    expect((await ask('Mia', 'talk status')).content).toContain('**Blocked:** nothing');
  });

  it('shows what is set elsewhere only to moderators', async () => {
    const { ask, talk, guildId, lounge, playground } = await talkingClient();
    const secret = playground.guild.channelNamed('moderators').id;
    await talk.setChance(guildId, secret, 7);
    expect((await ask('Max', 'talk status')).content).not.toContain(secret);
    const { content } = await ask('Mia', 'talk status');
    expect(content).toContain(`<#${secret}>: 7 %`);
    await talk.setChance(guildId, lounge, 3);
    expect((await ask('Max', 'talk status')).content).toContain(`<#${lounge}>: 3 %`);
  });

  it('has a status that fits, with all that is blocked beside it, whatever there is', async () => {
    const { ask, talk, store, guildId } = await talkingClient();
    const votes = { guild_id: guildId, member_id: '1', vote: 1, created_at: 0 } as const;
    for (let number = 1; number <= 100; number++) {
      const channelId = String(10n ** 19n + BigInt(number));
      await talk.setChance(guildId, channelId, 49.12345678901234);
      await talk.quiet(guildId, { channelId }, 60, true);
      await talk.block(guildId, `${'*'.repeat(90)} ${number}`, '8');
      await store.feedback.put({ ...votes, generation_id: String(number), model_version: number });
    }
    const { content, attachments } = await ask('Mia', 'talk status');
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect(content).toContain('and 92 more places');
    expect(content.match(/Version \d+/g)).toEqual([100, 99, 98, 97, 96].map((each) => `Version ${each}`));
    expect(content).toContain('**Blocked:** 100 words, see the list below');
    expect(attachments).toMatchObject([{ filename: 'blocked.txt' }]);
    const status = talkStatus(talk.status(guildId), await store.feedback.byVersion(guildId), []);
    const korean = stringsFor('ko').talking.talk.status(status);
    expect(korean.length).toBeLessThanOrEqual(2_000 - 500);
  });

  it('tells the truth about a thread whose channel is quiet', async () => {
    const { talk } = await talkingSet();
    const services = { talk } as object as Services;
    const inThread = contextOf({ guildId: '1', channelId: '11', parentId: '10' });
    const quiet = async (minutes: number, context = inThread) => {
      if (talkCommand.actions.kind !== 'subcommands') throw new Error('/talk has subcommands');
      return (await talkCommand.actions.subcommands['quiet'].run(services, { minutes }, context)).content;
    };
    await quiet(60, contextOf({ guildId: '1', channelId: '10' }));
    expect(await quiet(0)).toMatch(/^All of <#10> is quiet until .*, this thread as well/);
    expect(talk.quietUntil({ channelId: '10', threadId: '11' })).toBeDefined();
    await quiet(0, contextOf({ guildId: '1', channelId: '10' }));
    await quiet(5);
    expect(await quiet(0)).toBe('I answer in <#11> again.');
  });

  it('gives back what was taken back', async () => {
    const { ask, store, guildId } = await talkingClient();
    for (const [index, content_key] of ['a', 'b', 'c'].entries()) {
      await store.feedback.takeBack({ guild_id: guildId, content_key, moderator_id: '8', created_at: index });
    }
    const forgiven = await ask('Mia', 'talk forgive');
    expect(forgiven).toMatchObject({ flags: MessageFlags.Ephemeral });
    expect(forgiven.content).toBe('I may say the text again that was taken back last.');
    expect((await ask('Mia', 'talk forgive', { count: 9 })).content).toContain('the 2 texts');
    expect(await store.feedback.takenBack(guildId, 10)).toEqual([]);
  });
});
