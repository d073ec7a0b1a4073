#pragma once
#include "head.h"

// Gradients of the weights, once every shard has those of its activations: each a sum over all rows of all shards.

// Sums a panel's rows of gradients into a bias.
static void biasGradient(const Network& n, const Columns& columns, long p, float* bias, const float* (*rowsOf)(const Shard&, long), long l) {
  Vec sums[VECTORS] = {};
  const int NV = columns.vectors(p);
  for (int s = 0; s < n.shardCount; s++) {
    const Shard& shard = n.shards[s];
    const long N = n.d.steps * shard.rows;
    const float* rows = rowsOf(shard, l) + p * columns.row() * N;
    for (long row = 0; row < N; row++)
      for (int v = 0; v < NV; v++) sums[v] += load(rows + row * columns.row() + v * W);
  }
  for (int v = 0; v < NV; v++) copyLanes(bias + columns.column(p, v), (const float*)&sums[v], columns.lanes(p, v));
}

static const float* gatesOf(const Shard& shard, long l) { return shard.layers[l].gates; }
static const float* recurrentOf(const Shard& shard, long l) {
  return shard.layers[l].recurrent;
}
static const float* logitsOf(const Shard& shard, long) { return shard.logits; }

// One panel of a weight's gradient: the sum over all rows of all shards of input times gradient.
static void weightGradient(const Network& n, float* scratch, float* weights, const Columns& columns, long p, long inputLayer,
                           bool previous, const float* (*rowsOf)(const Shard&, long), long l) {
  const int NV = columns.vectors(p);
  const long H = n.d.hidden;
  clear(scratch, H * NV * W);
  for (int s = 0; s < n.shardCount; s++) {
    const Shard& shard = n.shards[s];
    const long N = n.d.steps * shard.rows;
    const float* input = previous ? shard.layers[inputLayer].hidden : outputOf(n, shard, inputLayer);
    panelOuter(NV, H, N, input, n.paddedHidden, rowsOf(shard, l) + p * columns.row() * N, columns.row(), scratch, NV * W);
  }
  unpackPanel(weights, scratch, H, columns, p);
}

// The first layer's inputs are symbols: each row's gradient is added to its symbol's row.
static void embeddingGradient(const Network& n, long p) {
  const Columns& columns = n.gates;
  float* weights = n.buffers.gradients + n.layers[0].inputWeights;
  const long width = columns.gates * columns.size, T = n.d.steps;
  for (int v = 0; v < columns.vectors(p); v++) {
    const int lanes = columns.lanes(p, v);
    float* column = weights + columns.column(p, v);
    for (long id = 0; id < n.d.vocabulary; id++)
      for (int j = 0; j < lanes; j++) column[id * width + j] = 0;
    for (int s = 0; s < n.shardCount; s++) {
      const Shard& shard = n.shards[s];
      const long N = T * shard.rows;
      const float* rows = shard.layers[0].gates + p * columns.row() * N + v * W;
      for (long row = 0; row < N; row++) {
        float* to = column + n.inputs[(shard.first + row % shard.rows) * T + row / shard.rows] * width;
        if (lanes == W) store(to, load(to) + load(rows + row * columns.row()));
        else for (int j = 0; j < lanes; j++) to[j] += rows[row * columns.row() + j];
      }
    }
  }
}

// Panels of all weight gradients; whoever is free takes the next one.
static void runWeightGradients(void* context, int index) {
  Network& n = networkIn(context);
  if (index >= n.shardCount) return;
  float* gradients = n.buffers.gradients;
  float* scratch = n.shards[index].scratch;
  const long gatePanels = n.gates.panels(), perLayer = 2 * gatePanels;
  const long items = n.d.layers * perLayer + (n.d.classes > 0 ? 1 : n.symbols.panels());
  for (;;) {
    const long item = __atomic_fetch_add(&n.nextItem, 1, __ATOMIC_RELAXED);
    if (item >= items) return;
    if (item >= n.d.layers * perLayer && n.d.classes > 0) {
      clear(gradients + n.outputWeights, n.size - n.outputWeights);
      for (int s = 0; s < n.shardCount; s++)
        for (long i = n.outputWeights; i < n.size; i++) gradients[i] += n.shards[s].headGradients[i - n.outputWeights];
      continue;
    }
    if (item >= n.d.layers * perLayer) {
      const long p = item - n.d.layers * perLayer;
      weightGradient(n, scratch, gradients + n.outputWeights, n.symbols, p, n.d.layers - 1, false, logitsOf, 0);
      biasGradient(n, n.symbols, p, gradients + n.outputBias, logitsOf, 0);
      continue;
    }
    const long l = item / perLayer, p = item % gatePanels;
    const Layer& layer = n.layers[l];
    if (item % perLayer < gatePanels) {
      weightGradient(n, scratch, gradients + layer.hiddenWeights, n.gates, p, l, true, recurrentOf, l);
      continue;
    }
    biasGradient(n, n.gates, p, gradients + layer.bias, gatesOf, l);
    if (l == 0) embeddingGradient(n, p);
    else weightGradient(n, scratch, gradients + layer.inputWeights, n.gates, p, l - 1, false, gatesOf, l);
    if (n.d.cell == GRU && p == 0) {
      clear(gradients + layer.candidateBias, n.d.hidden);
      for (int s = 0; s < n.shardCount; s++)
        for (long j = 0; j < n.d.hidden; j++) gradients[layer.candidateBias + j] += n.shards[s].layers[l].candidateBias[j];
    }
  }
}
