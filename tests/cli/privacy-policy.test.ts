import { describe, expect, test } from 'vitest';
import { isCliBuilt, runCli } from '../helpers/cli.js';

describe.skipIf(!isCliBuilt)('cli privacy-policy', () => {
  test.each([
    ['en', '# What this bot does with what you write\n\n', 'for 48 hours at most'],
    ['ko', '# 이 봇은 여러분이 쓴 글로 무엇을 하나요\n\n', '길어야 48시간'],
  ])('prints it in %s, as the settings have it', async (locale, title, deadline) => {
    const settings = { ERASURE_DEADLINE_HOURS: '48', PRIVACY_URL: 'https://example.org/privacy' };
    const { code, out } = await runCli(['privacy-policy', '--locale', locale], undefined, settings);
    expect(code).toBe(0);
    expect(out.startsWith(title)).toBe(true);
    expect(out).toContain(deadline);
    expect(out).toContain('https://example.org/privacy');
    expect(out.match(/^## /gm)).toHaveLength(9);
  });

  test('names a setting that is wrong', async () => {
    const { code, err } = await runCli(['privacy-policy'], undefined, { KEEP_LEFT_DAYS: 'x' });
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('KEEP_LEFT_DAYS') as string,
    });
  });
});
