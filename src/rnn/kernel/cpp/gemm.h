#pragma once
#include "vector.h"

// Products of matrices, by panels: a panel is up to NV vectors of W columns, for all rows.
//
// A packed matrix (K, columns) lies panel after panel, each as K lines of its vectors, zero-padded to whole vectors.
// What a product writes lies either in rows (the distance between two panels is PANEL) or panel after panel.

constexpr int VECTORS = 4, PANEL = VECTORS * W, BLOCK = 128;  // BLOCK lines of a panel fit into the first-level cache

// Rows of activations: element k of row m is at[m * row + (k / run) * hop + k % run].
struct Rows {
  const float* at;
  long row;
  long run;
  long hop;
};

// C (R, NV·W) = start + A (R, K) · B (K, NV·W), all sums in registers.
template <int R, int NV>
INLINE void tile(long K, const float* a, long aRow, const float* b, const float* start, long startRow, float* c, long cRow) {
  Vec sums[R][NV];
  for (int r = 0; r < R; r++)
    for (int v = 0; v < NV; v++) sums[r][v] = start ? load(start + r * startRow + v * W) : splat(0);
  for (long k = 0; k < K; k++) {
    for (int v = 0; v < NV; v++) {
      const Vec weights = load(b + (k * NV + v) * W);
      for (int r = 0; r < R; r++) sums[r][v] = multiplyAdd(a[r * aRow + k], weights, sums[r][v]);
    }
  }
  for (int r = 0; r < R; r++)
    for (int v = 0; v < NV; v++) store(c + r * cRow + v * W, sums[r][v]);
}

// A tile of `rows` rows, at most R.
template <int R, int NV>
INLINE void tileUpTo(long rows, long K, const float* a, long aRow, const float* b, const float* start, long startRow, float* c, long cRow) {
  if constexpr (R > 1)
    if (rows < R) return tileUpTo<R - 1, NV>(rows, K, a, aRow, b, start, startRow, c, cRow);
  tile<R, NV>(K, a, aRow, b, start, startRow, c, cRow);
}

template <int NV>
static void tiles(long M, long K, const float* a, long aRow, const float* b, const float* start, long startRow, float* c, long cRow) {
  for (long m = 0; m < M;) {
    // Even parts: 25 rows are 5 times 5, not 4 times 6 and a slow single one.
    const long left = M - m;
    const long parts = (left + MAX_ROWS - 1) / MAX_ROWS;
    const long rows = (left + parts - 1) / parts;
    tileUpTo<MAX_ROWS, NV>(rows, K, a + m * aRow, aRow, b, start ? start + m * startRow : nullptr, startRow, c + m * cRow, cRow);
    m += rows;
  }
}

// One panel of C (M, NV·W) = start + A (M, K) · B; `b` is the packed panel. A row distance of 0 repeats `start`.
static void panelProduct(int NV, long M, long K, Rows a, const float* b, const float* start, long startRow, float* c, long cRow) {
  for (long k = 0; k < K;) {
    const long inRun = k % a.run;
    long depth = a.run - inRun;
    if (depth > BLOCK) depth = BLOCK;
    if (depth > K - k) depth = K - k;
    const float* x = a.at + (k / a.run) * a.hop + inRun;
    const float* lines = b + k * NV * W;
    const float* from = k == 0 ? start : c;
    const long fromRow = k == 0 ? startRow : cRow;
    switch (NV) {
      case 1: tiles<1>(M, depth, x, a.row, lines, from, fromRow, c, cRow); break;
      case 2: tiles<2>(M, depth, x, a.row, lines, from, fromRow, c, cRow); break;
      case 3: tiles<3>(M, depth, x, a.row, lines, from, fromRow, c, cRow); break;
      default: tiles<4>(M, depth, x, a.row, lines, from, fromRow, c, cRow); break;
    }
    k += depth;
  }
}

// C (R, NV·W) += A (N, R)ᵀ · G (N, NV·W): a block of a weight's gradient, N rows of the batch at a time.
template <int R, int NV>
INLINE void outerTile(long N, const float* a, long aRow, const float* g, long gRow, float* c, long cRow) {
  Vec sums[R][NV];
  for (int r = 0; r < R; r++)
    for (int v = 0; v < NV; v++) sums[r][v] = load(c + r * cRow + v * W);
  for (long n = 0; n < N; n++) {
    for (int v = 0; v < NV; v++) {
      const Vec gradient = load(g + n * gRow + v * W);
      for (int r = 0; r < R; r++) sums[r][v] = multiplyAdd(a[n * aRow + r], gradient, sums[r][v]);
    }
  }
  for (int r = 0; r < R; r++)
    for (int v = 0; v < NV; v++) store(c + r * cRow + v * W, sums[r][v]);
}

template <int NV>
static void outerTiles(long R, long N, const float* a, long aRow, const float* g, long gRow, float* c, long cRow) {
  long r = 0;
  for (; r + MAX_ROWS <= R; r += MAX_ROWS) outerTile<MAX_ROWS, NV>(N, a + r, aRow, g, gRow, c + r * cRow, cRow);
  for (; r < R; r++) outerTile<1, NV>(N, a + r, aRow, g, gRow, c + r * cRow, cRow);
}

// One panel of a weight's gradient: C (R, NV·W) += A (N, R)ᵀ · G (N, NV·W).
static void panelOuter(int NV, long R, long N, const float* a, long aRow, const float* g, long gRow, float* c, long cRow) {
  for (long n = 0; n < N; n += BLOCK) {
    const long depth = N - n < BLOCK ? N - n : BLOCK;
    const float* x = a + n * aRow;
    const float* y = g + n * gRow;
    switch (NV) {
      case 1: outerTiles<1>(R, depth, x, aRow, y, gRow, c, cRow); break;
      case 2: outerTiles<2>(R, depth, x, aRow, y, gRow, c, cRow); break;
      case 3: outerTiles<3>(R, depth, x, aRow, y, gRow, c, cRow); break;
      default: outerTiles<4>(R, depth, x, aRow, y, gRow, c, cRow); break;
    }
  }
}
