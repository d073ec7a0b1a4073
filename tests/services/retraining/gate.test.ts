import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/services/retraining/gate.js';
import { trainingReport } from '../../helpers/training-report.js';

const first = trainingReport();
const later = trainingReport({ liveVersion: 3, liveBitsPerCharacter: 2.6 });

describe('the gate', () => {
  it('lets the first model pass, even one that loops, or that is worse than counting letters', () => {
    expect(judge(first, undefined)).toEqual({ promoted: true, reason: 'first' });
    expect(judge({ ...first, loopRate: 1, ngramBitsPerCharacter: 1 }, undefined).promoted).toBe(true);
  });

  it('keeps out what is broken, first or not', () => {
    for (const broken of [{ bitsPerCharacter: NaN }, { bitsPerCharacter: Infinity }, { isMute: true }]) {
      expect(judge({ ...first, ...broken }, undefined)).toEqual({ promoted: false, reason: 'broken' });
      expect(judge({ ...later, ...broken }, 3)).toEqual({ promoted: false, reason: 'broken' });
    }
  });

  it('asks later ones to be better than the live one on the same text', () => {
    expect(judge(later, 3)).toEqual({ promoted: true, reason: 'better' });
    expect(judge({ ...later, bitsPerCharacter: 2.6 }, 3)).toEqual({ promoted: false, reason: 'not_better' });
    expect(judge({ ...later, liveBitsPerCharacter: undefined }, 3)).toEqual({
      promoted: true,
      reason: 'untested',
    });
  });

  it('keeps out later ones that copy or loop in more than half of what they write', () => {
    expect(judge({ ...later, verbatimRate: 0.51 }, 3)).toEqual({ promoted: false, reason: 'copies' });
    expect(judge({ ...later, loopRate: 0.51 }, 3)).toEqual({ promoted: false, reason: 'loops' });
    expect(judge({ ...later, verbatimRate: 0.5, loopRate: 0.5 }, 3).promoted).toBe(true);
  });

  it('keeps the promise that what deleted messages taught goes, whatever that costs', () => {
    const without = { ...later, bitsPerCharacter: 2.9, fresh: 'changed' as const };
    expect(judge(without, 3)).toEqual({ promoted: true, reason: 'changed' });
    expect(judge({ ...without, liveBitsPerCharacter: undefined }, 3).reason).toBe('changed');
    expect(judge({ ...without, bitsPerCharacter: 2.5 }, 3)).toEqual({ promoted: true, reason: 'better' });
    expect(judge({ ...without, verbatimRate: 0.51 }, 3).reason).toBe('copies');
    expect(judge({ ...without, loopRate: 0.51 }, 3).reason).toBe('loops');
    expect(judge({ ...without, isMute: true }, 3).reason).toBe('broken');
    expect(judge({ ...without, fresh: 'asked' }, 3)).toEqual({ promoted: false, reason: 'not_better' });
  });

  it('takes a damaged live one for none', () => {
    const after = { ...later, liveBitsPerCharacter: undefined, fresh: 'damaged' as const };
    expect(judge({ ...after, loopRate: 1 }, 3)).toEqual({ promoted: true, reason: 'live_damaged' });
    expect(judge({ ...after, isMute: true }, 3).reason).toBe('broken');
  });

  it('leaves the choice to people when another version went live in the meantime', () => {
    expect(judge(later, 2)).toEqual({ promoted: false, reason: 'live_changed' });
  });
});
