import { describe, expect, it } from 'vitest';
import { createWaitingLine } from '../../../src/services/moderation/waiting-line.js';

describe('a waiting line', () => {
  it('gives what came first, and gives up the oldest when it is full', () => {
    const line = createWaitingLine<number>(3);
    expect([1, 2, 3, 4, 5].map((item) => line.push(item))).toEqual([undefined, undefined, undefined, 1, 2]);
    expect(line.length).toBe(3);
    expect(line.take(2)).toEqual([3, 4]);
    expect(line.push(6)).toBeUndefined();
    expect(line.take(9)).toEqual([5, 6]);
    expect(line.take(9)).toEqual([]);
  });
});
