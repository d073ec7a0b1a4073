import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOBODY } from '../../src/corpus/nobody.js';
import { createSelection, sharesWithin } from '../../src/corpus/selection.js';

const said = (id: string, content: string, authorId = '1') => ({ id, authorId, content });

describe('a selection', () => {
  it('leaves out spam, what says nothing, and all but the first of a long text, and counts them', () => {
    const { choose, leftOut, messagesBy, charactersBy } = createSelection({ spam: new Set(['2', '3']) });
    const pasted = 'Buy   my wonderful things, there are forty of them at least';
    expect(choose(said('1', '**hello** <@5>'))).toBe('hello @someone');
    expect(choose(said('2', pasted))).toBeUndefined(); // spam is no first
    expect(choose(said('3', 'short'))).toBeUndefined();
    expect(choose(said('4', 'https://example.com'))).toBeUndefined();
    expect(choose(said('5', pasted, '2'))).toBe(pasted);
    expect(choose(said('6', pasted.toUpperCase().replace(/ +/g, '\n'), '3'))).toBeUndefined();
    expect([choose(said('7', 'lol')), choose(said('8', 'lol'))]).toEqual(['lol', 'lol']);
    expect(leftOut).toEqual({ spam: 2, empty: 1, copies: 1, share: 0 });
    expect([...messagesBy]).toEqual([['1', 3], ['2', 1]]); // prettier-ignore
    expect([...charactersBy]).toEqual([['1', 15 + 4 + 4], ['2', pasted.length + 1]]); // prettier-ignore
  });

  it('tells hundreds of thousands of long texts apart', () => {
    const { choose, leftOut } = createSelection({ spam: new Set() });
    for (let index = 0; index < 200_000; index++)
      choose(said('', `${index} is what somebody has counted up to`));
    expect(leftOut.copies).toBe(0);
  });

  it('thins out one person evenly over time, each time alike', () => {
    const thin = () => {
      const { choose } = createSelection({ spam: new Set(), shares: new Map([['1', 0.25]]) });
      return Array.from({ length: 8_000 }, (_, index) =>
        choose(
          said(String(1_000_000_000_000_000_000n + BigInt(index) * 4_194_304n), 'hi', index % 2 ? '1' : '2'),
        ),
      );
    };
    const chosen = thin();
    expect(thin()).toEqual(chosen);
    for (let from = 0; from < 8_000; from += 2_000) {
      const kept = (parity: number) =>
        chosen.slice(from, from + 2_000).filter((text, index) => index % 2 === parity && text !== undefined);
      expect(kept(0)).toHaveLength(1_000);
      expect(Math.abs(kept(1).length - 250)).toBeLessThan(60); // four standard deviations: sqrt(1000 * 1/4 * 3/4) is 14
    }
  });
});

describe('shares', () => {
  it('bring whoever has more than the given share down to it', () => {
    const shares = sharesWithin(0.5, new Map([['a', 900], ['b', 60], ['c', 40]]), 0); // prettier-ignore
    expect([...shares]).toEqual([['a', 100 / 900]]); // 100 of 100 + 60 + 40
  });

  it('leave a small whole as it is, and one that becomes small no smaller than that', () => {
    expect(sharesWithin(0.5, new Map([['a', 900], ['b', 60]]), 1_000).size).toBe(0); // prettier-ignore
    expect([...sharesWithin(0.5, new Map([['a', 900], ['b', 60]]), 500)]).toEqual([['a', 440 / 900]]); // prettier-ignore
    expect(sharesWithin(0.5, new Map()).size).toBe(0);
  });

  it('leave alone what nobody knows who wrote, and count it with the rest', () => {
    const shares = sharesWithin(0.25, new Map([[NOBODY, 9_000], ['a', 6_000], ['b', 1_000]]), 0); // prettier-ignore
    expect([...shares]).toEqual([['a', 10_000 / 3 / 6_000]]); // a quarter of 10,000 / 3 + 9,000 + 1,000
    expect([...sharesWithin(0.25, new Map([[NOBODY, 300], ['a', 6_000]]), 0)]).toEqual([['a', 100 / 6_000]]); // prettier-ignore
    expect(sharesWithin(0.25, new Map([[NOBODY, 900_000]])).size).toBe(0);
  });

  it('leave nobody more than the share, nor cut anybody who had no more', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(amounts, fc.double({ min: 0.3, max: 1, noNaN: true }), (list, share) => {
        const charactersBy = new Map(list.map((amount, index) => [String(index), amount]));
        const shares = sharesWithin(share, charactersBy, 0);
        const kept = [...charactersBy].map(([author, amount]) => amount * (shares.get(author) ?? 1));
        const whole = kept.reduce((sum, amount) => sum + amount, 0);
        for (const amount of kept) expect(amount).toBeLessThanOrEqual(share * whole * (1 + 1e-9));
        for (const author of shares.keys()) expect(kept[Number(author)]).toBeCloseTo(Math.max(...kept), 6);
      }),
    );
  });
});
