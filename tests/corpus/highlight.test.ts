import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, highlight } from '../../src/corpus/highlight.js';

/** Weights that give each of these words, wherever it stands, this share in all. */
function weigh(text: string, shares: Record<string, number>): Float32Array {
  const weights = new Float32Array(text.length);
  for (const [word, share] of Object.entries(shares)) {
    weights.fill(share / word.length, text.indexOf(word), text.indexOf(word) + word.length);
  }
  return weights;
}

function mark(text: string, shares: Record<string, number>, limit = 2_000): string {
  return highlight(text, weigh(text, shares), limit);
}

/** What a reader sees: marks that nothing escapes are gone. */
function withoutMarks(markdown: string): string {
  return markdown.replace(/\\[^]|\*\*|__/g, (found) => (found.startsWith('\\') ? found : ''));
}

describe('highlight', () => {
  it('marks by strength: from 60 % of the strongest word on underlined, below 15 % not at all', () => {
    const text = 'one two three four and a good many other words that weigh nothing';
    expect(mark(text, { one: 1, three: 0.5, four: -1, many: 0.14, words: 0.7 })).toBe(
      '__**one**__ two **three** four and a good many other __**words**__ that weigh nothing',
    );
  });

  it('marks the whole word of which a fragment weighed', () => {
    expect(mark('a free gift, go to https://evil.example/x now please', { evil: 1 })).toBe(
      'a free gift, go to __**https\\:\\/\\/evil.example\\/x**__ now please',
    );
  });

  it('finds words where a script has no spaces', () => {
    expect(mark('今日はとても楽しい一日でした', { 楽しい: 1 })).toBe('今日はとても__**楽しい**__一日でした');
  });

  it('merges neighbours, as strong as the stronger, but not across lines', () => {
    const rest = 'and then some more that is long enough';
    expect(mark(`so very bad\nbad ${rest}`, { very: 0.3, 'bad\nbad': 2 })).toBe(
      `so __**very bad**__\n__**bad**__ ${rest}`,
    );
  });

  it('covers at most a third of the text, the strongest word first', () => {
    expect(mark('aaaa bbbb cccc dd', { aaaa: 3, bbbb: 2, cccc: 2.5 })).toBe('__**aaaa**__ bbbb cccc dd');
    expect(mark('I hate you', { hate: 1, I: 0.5 })).toBe('I __**hate**__ you');
  });

  it('lets nothing of the text format, link or ping', () => {
    expect(escapeMarkdown('# *a* __b__ ~~c~~ ||d|| `e` <@1> @here :x: [f](https://g) \\')).toBe(
      '\\# \\*a\\* \\_\\_b\\_\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\` \\<\\@1\\> \\@here \\:x\\: \\[f](https\\:\\/\\/g) \\\\',
    );
    expect(escapeMarkdown('1. first\n-# small\nv1.2')).toBe('1\\. first\n\\-\\# small\nv1.2');
  });

  it('leaves alone what nothing weighs', () => {
    expect(highlight('nothing', [], 2_000)).toBe('nothing');
    expect(highlight('', [], 2_000)).toBe('');
  });

  it('cuts between graphemes, and closes its marks', () => {
    expect(mark('hello', { hello: 1 }, 12)).toBe('__**hel**__…'); // 4 + 3 + 4 + 1
    expect(mark('a*b', {}, 3)).toBe('a…'); // \* would need a fourth unit
    expect(mark('ab👨‍👩‍👧', {}, 10)).toBe('ab👨‍👩‍👧'); // 2 + 8 units
    expect(mark('ab👨‍👩‍👧c', {}, 10)).toBe('ab…');
  });

  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        ' ',
        '\n',
        '*',
        '_',
        '\\',
        'a',
        'word',
        '1.',
        '😀',
        '👨‍👩‍👧',
        '한',
        '語',
        'e\u0301',
        '\ud800',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  });
  const weights = fc.array(fc.float({ noDefaultInfinity: true }));

  it('without its marks is the escaped text', () => {
    fc.assert(
      fc.property(text, weights, (original, given) => {
        const marked = highlight(original, given, Infinity);
        expect(withoutMarks(marked)).toBe(escapeMarkdown(original));
      }),
    );
  });

  it('is never longer than the limit, and cut is a beginning in whole graphemes', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(text, weights, fc.integer({ min: 1, max: 40 }), (original, given, limit) => {
        const marked = highlight(original, given, limit);
        expect(marked.length).toBeLessThanOrEqual(limit);
        const read = withoutMarks(marked).replace(/\\([^])/g, '$1');
        if (read === original) return;
        const beginning = read.slice(0, -1);
        expect(read.endsWith('…') && original.startsWith(beginning)).toBe(true);
        const ends = Array.from(graphemes.segment(original), ({ index }) => index);
        expect(ends).toContain(beginning.length);
      }),
    );
  });

  it('marks a third or a single word, and never a part of a grapheme', () => {
    fc.assert(
      fc.property(text, weights, (original, given) => {
        const runs = highlight(original, given, Infinity).split(
          /(?<!(?<!\\)(?:\\\\)*\\)(?:__\*\*|\*\*__|\*\*)/,
        );
        const inside = runs.filter((_, index) => index % 2 === 1).map((run) => run.replace(/\\([^])/g, '$1'));
        const units = inside.join('').length;
        expect(units <= original.length / 3 || inside.length === 1).toBe(true);
        expect(inside.every((run) => run === run.trim())).toBe(true);
      }),
    );
  });
});
