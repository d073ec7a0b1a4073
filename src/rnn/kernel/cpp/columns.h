#pragma once
#include "gemm.h"

// How the columns of a matrix lie in panels. Gates are interleaved: a panel holds the same W units of each gate, so
// that a cell finds all it needs in one place. Columns without gates simply follow one another.
struct Columns {
  long size;   // per gate
  long gates;  // 1: no gates

  long panels() const { return gates > 1 ? groups() : (groups() + VECTORS - 1) / VECTORS; }
  long groups() const { return (size + W - 1) / W; }
  int vectors(long panel) const {
    if (gates > 1) return (int)gates;
    const long left = groups() - panel * VECTORS;
    return (int)(left < VECTORS ? left : VECTORS);
  }
  // Distance between two rows of a panel.
  long row() const { return gates > 1 ? gates * W : PANEL; }
  // Numbers in one row over all panels, padding included.
  long padded() const { return gates * groups() * W; }
  // Where vector v of a panel begins in a row of the matrix, and how many of its lanes are real.
  long column(long panel, int v) const { return gates > 1 ? v * size + panel * W : (panel * VECTORS + v) * W; }
  int lanes(long panel, int v) const {
    const long left = size - (gates > 1 ? panel * W : (panel * VECTORS + v) * W);
    return (int)(left < W ? left : W);
  }
};

INLINE void copyLanes(float* to, const float* from, int lanes) {
  if (lanes == W) return store(to, load(from));
  for (int j = 0; j < lanes; j++) to[j] = from[j];
}

// Packs panel p of a matrix of K rows for panelProduct: its lines are the matrix's rows.
static void packPanel(float* packed, const float* matrix, long K, const Columns& columns, long p) {
  const int NV = columns.vectors(p);
  const long width = columns.gates * columns.size;
  for (long k = 0; k < K; k++)
    for (int v = 0; v < NV; v++)
      copyLanes(packed + (k * NV + v) * W, matrix + k * width + columns.column(p, v), columns.lanes(p, v));
}

// Packs panel p of the transposed matrix: its columns are the matrix's rows (`outputs`), its lines follow `columns`.
static void packTransposedPanel(float* packed, const float* matrix, const Columns& columns, const Columns& outputs, long p) {
  const int NV = outputs.vectors(p);
  const long width = columns.gates * columns.size;
  for (int v = 0; v < NV; v++) {
    for (int j = 0; j < outputs.lanes(p, v); j++) {
      const float* from = matrix + (outputs.column(p, v) + j) * width;
      float* to = packed + v * W + j;
      for (long q = 0; q < columns.panels(); q++)
        for (int u = 0; u < columns.vectors(q); u++, to += (long)W * NV * W)
          for (int i = 0; i < columns.lanes(q, u); i++) to[(long)i * NV * W] = from[columns.column(q, u) + i];
    }
  }
}

// Writes panel p of a gradient, R rows of NV·W, to where the matrix has it.
static void unpackPanel(float* matrix, const float* panel, long R, const Columns& columns, long p) {
  const int NV = columns.vectors(p);
  const long width = columns.gates * columns.size;
  for (long r = 0; r < R; r++)
    for (int v = 0; v < NV; v++)
      copyLanes(matrix + r * width + columns.column(p, v), panel + (r * NV + v) * W, columns.lanes(p, v));
}
