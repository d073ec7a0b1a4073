import { expect, test } from 'vitest';
import { gemm } from '../../src/rnn/kernel/js-gemm.js';
import { hash } from '../../src/rnn/random.js';

const matrix = (name: number, size: number) =>
  Float64Array.from({ length: size }, (_, index) => hash(name, index) / 2 ** 31 - 1);

test('the tiled product equals the definition, for every remainder and either operand transposed', () => {
  for (const [M, N, K] of [
    [1, 1, 1],
    [3, 5, 2],
    [4, 8, 64],
    [5, 7, 65],
    [9, 6, 130],
    [1, 13, 70],
  ]) {
    const A = matrix(1, M * K + 3);
    const B = matrix(2, K * N + 5);
    for (const [aRow, aColumn] of [
      [K, 1],
      [1, M],
    ]) {
      for (const [bRow, bColumn] of [
        [N, 1],
        [1, K],
      ]) {
        const C = matrix(3, M * N + 2);
        const expected = C.slice();
        for (let m = 0; m < M; m++) {
          for (let n = 0; n < N; n++) {
            for (let k = 0; k < K; k++) {
              expected[2 + m * N + n] += A[3 + m * aRow + k * aColumn] * B[5 + k * bRow + n * bColumn];
            }
          }
        }
        gemm(M, N, K, A, 3, aRow, aColumn, B, 5, bRow, bColumn, C, 2, N);
        C.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 10));
      }
    }
  }
});
