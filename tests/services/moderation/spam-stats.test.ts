import { describe, expect, it } from 'vitest';
import { incoming, moderation, report } from '../../helpers/moderation.js';

describe('the statistics of spam', () => {
  it('tell flags and verdicts, and per version what held-out verdicts and moderators said', async () => {
    const { store, moderating, receive } = await moderation();
    await store.classifiers.putStarter('spam', new Uint8Array([0]), { ...report(0.5), heldOut: 0 }, 1);
    const messages = ['one', 'two', 'three'].map((word) => incoming(`${word} p=0.95`));
    await receive(...messages);
    await moderating.judge(messages[0].id, '1', 'confirmed', '7');
    await moderating.judge(messages[1].id, '1', 'false_alarm', '7');
    await store.classifiers.promote({
      guildId: '1',
      task: 'spam',
      model: new Uint8Array([1]),
      report: report(0.75),
      createdAt: 2,
    });
    await moderating.callSpam(incoming('missed'), '7');
    const stats = await moderating.stats('1');
    expect(stats.isPaused).toBe(false); // nothing happens by itself
    expect(stats).toMatchObject({ open: 1, disputed: 0, confirmed: 2, falseAlarms: 1, verdicts: 3 });
    expect(stats.versions).toMatchObject([
      { version: 0, verdicts: 0, confirmed: 1, falseAlarms: 1, missed: 0 },
      { version: 1, verdicts: 10, precision: 0.75, recall: 0.75, confirmed: 0, falseAlarms: 0, missed: 1 },
    ]);
  });
});
