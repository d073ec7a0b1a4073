#pragma once
#include "network.h"

// One shard's way through the network: N = T·rows rows with time outermost, H padded to whole vectors with zeros.

// The W units u of row n, step t = n / rows, in panel p.
INLINE Unit unitAt(const Network& n, const Layer& layer, const Activations& a, long rows, long N, long row, long p, int v) {
  const bool gated = n.gates.gates > 1;
  const long unit = gated ? p * W : p * PANEL + v * W;
  const long inPanel = p * n.gates.row() * N + row * n.gates.row() + (gated ? 0 : v * W);
  const long before = row * n.paddedHidden + unit;
  const long after = before + rows * n.paddedHidden;
  return {a.gates + inPanel, a.recurrent + inPanel, a.hidden + before, a.hidden + after, a.cell + before,
          a.cell + after, a.squashed + before, layer.packedCandidateBias + unit};
}

static void forwardPanel(const Network& n, const Layer& layer, const Activations& a, long rows, long N, long t, long p) {
  const int groups = n.gates.gates > 1 ? 1 : n.gates.vectors(p);
  for (long row = t * rows; row < (t + 1) * rows; row++) {
    for (int v = 0; v < groups; v++) {
      const Unit unit = unitAt(n, layer, a, rows, N, row, p, v);
      switch (n.d.cell) {
        case LSTM: forwardLstm(unit); break;
        case GRU: forwardGru(unit); break;
        default: forwardRnn(unit); break;
      }
    }
  }
}

static void backwardPanel(const Network& n, const Layer& layer, const Activations& a, const Shard& shard, long N, long t, long p) {
  const int groups = n.gates.gates > 1 ? 1 : n.gates.vectors(p);
  for (long b = 0; b < shard.rows; b++) {
    const long row = t * shard.rows + b;
    for (int v = 0; v < groups; v++) {
      const Unit unit = unitAt(n, layer, a, shard.rows, N, row, p, v);
      const long j = n.gates.gates > 1 ? p * W : p * PANEL + v * W;
      const long at = b * n.paddedHidden + j;
      const UnitGradients d = {a.gradient + row * n.paddedHidden + j, shard.hidden + at, shard.cell + at, a.candidateBias + j};
      switch (n.d.cell) {
        case LSTM: backwardLstm(unit, d); break;
        case GRU: backwardGru(unit, d); break;
        default: backwardRnn(unit, d); break;
      }
    }
  }
}

INLINE void copy(float* to, const float* from, long count) {
  for (long i = 0; i < count; i++) to[i] = from[i];
}

INLINE void clear(float* at, long count) {
  for (long i = 0; i < count; i++) at[i] = 0;
}

// Leaves out a share of a layer's outputs. Elements are numbered as in the unpadded (T, B, H).
static void drop(const Network& n, const Shard& shard, float* values, long layer) {
  const Mask mask(n.dropout.outputs, n.dropout.seed, n.dropout.step, (uint32_t)layer);
  for (long t = 0; t < n.d.steps; t++) {
    for (long b = 0; b < shard.rows; b++) {
      float* row = values + (t * shard.rows + b) * n.paddedHidden;
      mask.apply(row, row, (uint32_t)((t * n.d.batch + shard.first + b) * n.d.hidden), n.d.hidden);
    }
  }
}

// Whether what layer l hands upward is thinned; a classifier drops what its head has pooled instead.
INLINE bool dropsOutput(const Network& n, long l) {
  return n.dropout.outputs > 0 && (n.d.classes == 0 || l + 1 < n.d.layers);
}

// What layer l hands upward.
INLINE const float* outputOf(const Network& n, const Shard& shard, long l) {
  return dropsOutput(n, l) ? shard.layers[l].dropped : shard.layers[l].hidden + shard.rows * n.paddedHidden;
}

static void forward(const Network& n, Shard& shard) {
  const long H = n.d.hidden, T = n.d.steps, V = n.d.vocabulary, P = n.paddedHidden;
  const long rows = shard.rows, N = T * rows, panelRow = n.gates.row();
  for (long l = 0; l < n.d.layers; l++) {
    const Layer& layer = n.layers[l];
    const Activations& a = shard.layers[l];
    for (long p = 0; l > 0 && p < n.gates.panels(); p++) {
      const long at = p * panelRow;
      const Rows input = {outputOf(n, shard, l - 1), P, H, 0};
      panelProduct(n.gates.vectors(p), N, H, input, layer.packedInput + at * H, layer.packedBias + at, 0, a.gates + at * N, panelRow);
    }
    for (long t = 0; t < T; t++) {
      const Rows hidden = {a.hidden + t * rows * P, P, H, 0};
      for (long p = 0; p < n.gates.panels(); p++) {
        const int NV = n.gates.vectors(p);
        const long at = p * panelRow;
        float* gates = a.gates + at * N + t * rows * panelRow;
        for (long b = 0; l == 0 && b < rows; b++) {
          const long id = n.inputs[(shard.first + b) * T + t];
          for (int v = 0; v < NV; v++) store(gates + b * panelRow + v * W, load(layer.embedding + at * V + (id * NV + v) * W));
        }
        float* products = n.d.cell == GRU ? a.recurrent + at * N + t * rows * panelRow : gates;
        const float* start = n.d.cell == GRU ? nullptr : gates;
        panelProduct(NV, rows, H, hidden, layer.packedHidden + at * H, start, panelRow, products, panelRow);
        forwardPanel(n, layer, a, rows, N, t, p);
      }
    }
    if (dropsOutput(n, l)) {
      copy(a.dropped, a.hidden + rows * P, N * P);
      drop(n, shard, a.dropped, l);
    }
  }
  const Rows top = {outputOf(n, shard, n.d.layers - 1), P, H, 0};
  for (long p = 0; p < n.symbols.panels(); p++)
    panelProduct(n.symbols.vectors(p), N, H, top, n.packedOutput + p * PANEL * H, n.packedOutputBias + p * PANEL, 0,
                 shard.logits + p * PANEL * N, PANEL);
}

// Softmax and cross-entropy of row n; the logits become their gradients where that is wanted.
static double lossOfRow(const Network& n, float* logits, long N, int32_t target, float scale, bool learns) {
  const Columns& symbols = n.symbols;
  const auto at = [&](long p, int v) { return logits + p * PANEL * N + v * W; };
  if (target < 0) {
    for (long p = 0; learns && p < symbols.panels(); p++)
      for (int v = 0; v < symbols.vectors(p); v++) store(at(p, v), splat(0));
    return 0;
  }
  const float wanted = at(target / PANEL, 0)[target % PANEL];
  // Padding must not count: it takes a value so low that its exponential vanishes.
  const long lastPanel = symbols.panels() - 1;
  const int lastVector = symbols.vectors(lastPanel) - 1;
  for (int j = symbols.lanes(lastPanel, lastVector); j < W; j++) at(lastPanel, lastVector)[j] = -3.0e38f;
  Vec highest = splat(-3.0e38f);
  for (long p = 0; p <= lastPanel; p++)
    for (int v = 0; v < symbols.vectors(p); v++) highest = larger(highest, load(at(p, v)));
  float top = highest[0];
  for (int j = 1; j < W; j++) top = highest[j] > top ? highest[j] : top;
  Vec sums = splat(0);
  for (long p = 0; p <= lastPanel; p++) {
    for (int v = 0; v < symbols.vectors(p); v++) {
      const Vec value = exponential(load(at(p, v)) - top);
      sums += value;
      if (learns) store(at(p, v), value);
    }
  }
  const float total = sum(sums);
  const double nats = (double)(top - wanted) + __builtin_log((double)total);
  if (!learns) return nats;
  const float factor = scale / total;
  for (long p = 0; p <= lastPanel; p++)
    for (int v = 0; v < symbols.vectors(p); v++) store(at(p, v), load(at(p, v)) * factor);
  at(target / PANEL, 0)[target % PANEL] -= scale;
  for (int j = symbols.lanes(lastPanel, lastVector); j < W; j++) at(lastPanel, lastVector)[j] = 0;
  return nats;
}

static void loss(const Network& n, Shard& shard, bool learns) {
  const long T = n.d.steps, rows = shard.rows, N = T * rows;
  const float scale = 1.0f / (float)(n.counted > 0 ? n.counted : 1);
  shard.nats = 0;
  for (long row = 0; row < N; row++) {
    const int32_t target = n.targets[(shard.first + row % rows) * T + row / rows];
    shard.nats += lossOfRow(n, shard.logits + row * PANEL, N, target, scale, learns);
  }
}

// Turns gradients of the logits into those of what the top layer handed upward.
static void backwardLogits(const Network& n, Shard& shard) {
  const long P = n.paddedHidden, N = n.d.steps * shard.rows;
  const Rows logits = {shard.logits, PANEL, PANEL, N * PANEL};
  for (long p = 0; p < n.units.panels(); p++)
    panelProduct(n.units.vectors(p), N, n.symbols.padded(), logits, n.packedOutputTransposed + p * PANEL * n.symbols.padded(),
                 nullptr, 0, shard.layers[n.d.layers - 1].gradient + p * PANEL, P);
}

// Turns gradients of what the top layer handed upward into those of every layer's gates; the weights' come after.
static void backward(const Network& n, Shard& shard) {
  const long T = n.d.steps, P = n.paddedHidden, L = n.d.layers;
  const long rows = shard.rows, N = T * rows, width = n.gates.padded(), panelRow = n.gates.row();
  for (long l = L - 1; l >= 0; l--) {
    const Layer& layer = n.layers[l];
    const Activations& a = shard.layers[l];
    if (dropsOutput(n, l)) drop(n, shard, a.gradient, l);
    clear(shard.hidden, rows * P);
    clear(shard.cell, rows * P);
    clear(a.candidateBias, n.d.cell == GRU ? P : 0);
    for (long t = T - 1; t >= 0; t--) {
      for (long p = 0; p < n.gates.panels(); p++) backwardPanel(n, layer, a, shard, N, t, p);
      if (t == 0) break;
      const Rows gradients = {a.recurrent + t * rows * panelRow, panelRow, panelRow, N * panelRow};
      for (long p = 0; p < n.units.panels(); p++)
        panelProduct(n.units.vectors(p), rows, width, gradients, layer.packedHiddenTransposed + p * PANEL * width,
                     shard.hidden + p * PANEL, P, shard.hidden + p * PANEL, P);
    }
    if (l == 0) break;
    const Rows gradients = {a.gates, panelRow, panelRow, N * panelRow};
    for (long p = 0; p < n.units.panels(); p++)
      panelProduct(n.units.vectors(p), N, width, gradients, layer.packedInputTransposed + p * PANEL * width, nullptr, 0,
                   shard.layers[l - 1].gradient + p * PANEL, P);
  }
}

// The carried state (L, S, B, H) in and out of the padded rows.
static void moveState(const Network& n, Shard& shard, bool in) {
  const long H = n.d.hidden, B = n.d.batch, P = n.paddedHidden;
  const long end = n.d.steps * shard.rows * P;
  float* state = n.buffers.state;
  for (long l = 0; l < n.d.layers; l++) {
    float* vectors[2] = {shard.layers[l].hidden, shard.layers[l].cell};
    for (int s = 0; s < (n.d.cell == LSTM ? 2 : 1); s++, state += B * H)
      for (long b = 0; b < shard.rows; b++)
        if (in) copy(vectors[s] + b * P, state + (shard.first + b) * H, H);
        else copy(state + (shard.first + b) * H, vectors[s] + end + b * P, H);
  }
}
