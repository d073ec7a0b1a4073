import { describe, expect, it } from 'vitest';
import spam from '../../commands/spam.js';
import { stringsFor } from '../../src/i18n/index.js';
import type { Services } from '../../src/services/index.js';
import { contextOf } from '../helpers/context.js';
import { incoming, moderation } from '../helpers/moderation.js';

describe('a Korean server', () => {
  it('is welcomed, shown its flags and told what was done in Korean', async () => {
    const { discord, receive, moderating } = await moderation({ locale: 'ko' });
    expect(discord.latest()?.content).toMatch(/^이제 스팸을 감시합니다\./);
    const message = incoming('buy p=0.99');
    await receive(message);
    expect(discord.latest()?.content).toContain('**스팸일 확률 99%**');
    expect(discord.latest()?.buttons?.map(({ label }) => label)).toEqual([
      '스팸 맞음',
      '스팸 아님',
      '삭제',
      '타임아웃',
    ]);
    await moderating.act(message.id, '1', 'delete', '7');
    expect(discord.told[0].message.content).toContain('운영진이 스팸으로 판단했습니다.');
    expect(discord.told[0].message.buttons).toMatchObject([{ label: '이의 제기' }]);
  });

  it('keeps its flags in Korean when a moderator who reads English judges one', async () => {
    const { moderating, receive } = await moderation({ locale: 'ko' });
    const message = incoming('buy p=0.99');
    await receive(message);
    const context = contextOf({ guildId: '1', userId: '7', guildLocale: 'ko' });
    const services = { moderating } as unknown as Services;
    const shown = await spam.buttons['confirm'].run(services, message.id, context);
    expect(shown.content).toContain('<@7> 님이 스팸으로 판정했습니다.');
  });

  it('lets that moderator review in English', async () => {
    const { moderating, receive } = await moderation({ locale: 'ko' });
    await receive(incoming('buy p=0.99'));
    const context = contextOf({ guildId: '1', strings: stringsFor('en'), guildLocale: 'ko' });
    const queue = await spam.buttons['next'].run({ moderating } as unknown as Services, '0', context);
    expect(queue.content).toContain('**Spam? 99 % sure**');
    expect(queue.buttons?.map(({ label }) => label)).toContain('False alarm');
  });
});
