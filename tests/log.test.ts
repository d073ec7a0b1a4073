import { expect, it } from 'vitest';
import { createLog } from '../src/log.js';

it('never lets a secret into a line, wherever it came from', () => {
  const lines: string[] = [];
  const log = createLog('info', ['top-secret-token'], (line) => lines.push(line));
  log.info({ nested: { url: 'https://x/top-secret-token' } }, 'with top-secret-token in the text');
  log.error({ err: new Error('bad top-secret-token') }, 'failed');
  expect(lines.join('')).toContain('[secret]');
  expect(lines.join('')).not.toContain('top-secret-token');
});
