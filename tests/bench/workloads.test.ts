import { describe, expect, test } from 'vitest';
import { workloads } from '../../bench/workloads.js';
import { flopsPerSymbol } from '../../src/rnn/speed.js';

describe('the useful flops of a character', () => {
  // 6 flops a weight: a multiplication and an addition forward, and twice that backward.
  test.each([
    ['W1', 6 * ((1 + 2) * 128 * (4 * 128) + 128 * 65)], // two layers: one recurrent product, then two
    ['W2', 6 * (1 * 512 * (4 * 512) + 512 * 128)],
    ['W3', 6 * ((1 + 2) * 256 * (4 * 256) + 256 * 128)],
  ])('%s', (name, flops) => {
    const workload = workloads.find((each) => each.name === name);
    expect(workload && flopsPerSymbol(workload.shape)).toBe(flops);
  });
});
