import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../../src/i18n/index.js';
import { judgementMessage } from '../../../src/services/feeling/judgement-message.js';
import type { Judgement } from '../../../src/services/feeling/feeling.js';

const en = stringsFor('en');
const judgement: Judgement = {
  label: 'positive',
  probabilities: { negative: 0.05, neutral: 0.2, positive: 0.75 },
  weights: new Float32Array(),
  unsure: false,
  version: 3,
};

describe('the message of a judgement', () => {
  it('has the label, a bar for each, and the text with what mattered marked', () => {
    const weights = Float32Array.from('so very good of you', (_, index) => (index > 7 && index < 12 ? 1 : 0));
    expect(judgementMessage('so very good of you', { ...judgement, weights }, en)).toBe(
      [
        '**Positive**, 75 % sure',
        '```',
        'negative █░░░░░░░░░░░░░░░░░░░   5 %', // 0.05 * 20 = 1
        'neutral  ████░░░░░░░░░░░░░░░░  20 %',
        'positive ███████████████░░░░░  75 %',
        '```',
        'What speaks for positive is marked:',
        '> so very __**good**__ of you',
      ].join('\n'),
    );
  });

  it('says when it is unsure, and when the starter judged', () => {
    const text = judgementMessage('hm', { ...judgement, unsure: true, version: 0 }, en);
    expect(text).toMatch(/^\*\*Unsure\*\*, perhaps positive\n/);
    expect(text).toContain('No answer is likelier than the others together');
    expect(text).toContain('has not learned from this server');
  });

  it('quotes every line, and nothing of the text formats or pings', () => {
    const text = judgementMessage('# one\n@everyone <@1>', judgement, en);
    expect(text.endsWith('\n> \\# one\n> \\@everyone \\<\\@1\\>')).toBe(true);
  });

  it('never exceeds what Discord takes', () => {
    const unit = fc.constantFrom('a', '\n', '*', ' ', '👨‍👩‍👧', '한');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 4_000, size: 'max' }), (text) => {
        const weights = Float32Array.from({ length: text.length }, (_, index) => index % 7);
        expect(
          judgementMessage(text, { ...judgement, weights, unsure: true, version: 0 }, en).length,
        ).toBeLessThanOrEqual(2_000);
      }),
      { numRuns: 30 },
    );
  });
});
