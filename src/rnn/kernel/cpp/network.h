#pragma once
#include "cells.h"
#include "columns.h"
#include "engine.h"
#include "memory.h"

// B rows of the batch are cut into shards, one for each thread. A shard goes through all layers and all time steps
// by itself; threads meet only between the phases of a step: pack, forward and backward, weight gradients, update.
// Within a shard, N = T·rows rows with time outermost.

// The parameters of one layer, where layout.ts has them, and packed for the products.
struct Layer {
  long inputWeights, hiddenWeights, bias, candidateBias;  // offsets into the flat buffer
  float* packedInput;             // (H, gates), upper layers
  float* packedHidden;            // (H, gates)
  float* packedInputTransposed;   // (gates, H), upper layers
  float* packedHiddenTransposed;  // (gates, H)
  float* packedBias;              // panel after panel
  float* embedding;               // (V, gates) with the bias in it, first layer
  float* packedCandidateBias;     // (H), GRU
  float* thinned;                 // (H, gates), the hidden weights as dropout leaves them
};

struct Activations {
  float* gates;      // panel after panel (N, panel)
  float* recurrent;  // likewise, the GRU's; the other cells' products go into gates
  float* hidden;     // (T+1, rows, H): [0] is the carried state
  float* cell;       // (T+1, rows, H), LSTM
  float* squashed;   // (N, H), LSTM
  float* dropped;    // (N, H), with dropout: what the next layer reads
  float* gradient;   // (N, H), of what the next layer read
  float* candidateBias;  // (H), gradient, GRU
};

struct Shard {
  long first, rows;  // of the batch
  Activations* layers;
  float* logits;  // panel after panel (N, panel)
  float* hidden;  // (rows, H), gradient carried from step to step
  float* cell;    // (rows, H)
  float* scratch; // (H, panel)
  // A classifier's, see head.h.
  float* pooled;         // (rows, 3, H), and their gradients
  int32_t* highest;      // (rows, H), the step of the maximum
  float* classes;        // (rows, C), and their gradients
  float* headGradients;  // (3·H + 1, C)
  double nats;
  double squares;
};

struct Network {
  Dimensions d;
  Buffers buffers;
  Run run;
  void* team;
  Columns gates, units, symbols;
  long paddedHidden;
  long size;  // of the parameters
  Layer* layers;
  long outputWeights, outputBias;
  float* packedOutput;            // (H, V)
  float* packedOutputTransposed;  // (V, H)
  float* packedOutputBias;        // (V)
  Shard* shards;
  int shardCount;
  // What the phases of one step share.
  const int32_t* inputs;
  const int32_t* targets;
  Texts texts;
  Dropout dropout;
  long counted, frozen;
  int32_t nextItem;
  double correctedRate, varianceCorrection, scale;
};

static Network& networkIn(void* memory) { return *(Network*)memory; }

static void build(Network& n, Memory& memory) {
  const Dimensions& d = n.d;
  const int64_t H = d.hidden, V = d.vocabulary, T = d.steps, L = d.layers;
  const int G = d.cell == LSTM ? 4 : d.cell == GRU ? 3 : 1;
  n.gates = {d.hidden, G};
  n.units = {d.hidden, 1};
  n.symbols = {d.classes > 0 ? 0 : d.vocabulary, 1};  // a classifier has no output layer over symbols
  const int64_t P = n.paddedHidden = n.units.padded();
  const int64_t width = n.gates.padded();
  n.layers = memory.take<Layer>(L);
  n.shardCount = d.threads < d.batch ? d.threads : d.batch;
  n.shards = memory.take<Shard>(n.shardCount);

  int64_t offset = 0;
  const auto next = [&](int64_t count) { const long at = (long)offset; offset += count; return at; };
  for (long l = 0; l < L; l++) {
    Layer layer = {};
    layer.inputWeights = next((l == 0 ? V : H) * G * H);
    layer.hiddenWeights = next(H * G * H);
    layer.bias = next(G * H);
    if (d.cell == GRU) layer.candidateBias = next(H);
    if (l > 0) layer.packedInput = memory.take<float>(H * width);
    layer.packedHidden = memory.take<float>(H * width);
    if (l > 0 && d.learns) layer.packedInputTransposed = memory.take<float>(width * P);
    if (d.learns) layer.packedHiddenTransposed = memory.take<float>(width * P);
    layer.packedBias = memory.take<float>(width + PANEL);
    if (l == 0) layer.embedding = memory.take<float>(V * width);
    layer.packedCandidateBias = memory.take<float>(P);
    if (d.learns) layer.thinned = memory.take<float>(H * G * H);
    if (!memory.counting) n.layers[l] = layer;
  }
  n.outputWeights = next(d.classes > 0 ? 3 * H * d.classes : H * V);
  n.outputBias = next(d.classes > 0 ? d.classes : V);
  n.size = (long)offset;
  const int64_t symbols = n.symbols.padded();
  n.packedOutput = memory.take<float>(H * symbols);
  if (d.learns) n.packedOutputTransposed = memory.take<float>(symbols * P);
  n.packedOutputBias = memory.take<float>(symbols + PANEL);

  for (int s = 0; s < n.shardCount; s++) {
    Shard shard = {};
    shard.first = (long)d.batch * s / n.shardCount;
    shard.rows = (long)d.batch * (s + 1) / n.shardCount - shard.first;
    const int64_t rows = shard.rows, N = T * rows;
    shard.layers = memory.take<Activations>(L);
    for (long l = 0; l < L; l++) {
      Activations a = {};
      const int64_t gates = n.gates.panels() * n.gates.row() * N;
      a.gates = memory.take<float>(gates);
      a.recurrent = d.cell == GRU ? memory.take<float>(gates) : a.gates;
      a.hidden = memory.take<float>((T + 1) * rows * P);
      a.cell = d.cell == LSTM ? memory.take<float>((T + 1) * rows * P) : a.hidden;
      a.squashed = d.cell == LSTM ? memory.take<float>(N * P) : a.hidden;
      if (d.learns) a.dropped = memory.take<float>(N * P);
      if (d.learns) a.gradient = memory.take<float>(N * P);
      if (d.learns) a.candidateBias = memory.take<float>(P);
      if (!memory.counting) shard.layers[l] = a;
    }
    shard.logits = memory.take<float>(n.symbols.panels() * PANEL * N);
    if (d.learns) shard.hidden = memory.take<float>(rows * P);
    if (d.learns) shard.cell = memory.take<float>(rows * P);
    if (d.learns) shard.scratch = memory.take<float>(H * PANEL);
    if (d.classes > 0) {
      shard.pooled = memory.take<float>(rows * 3 * P);
      shard.highest = memory.take<int32_t>(rows * P);
      shard.classes = memory.take<float>(rows * d.classes);
      if (d.learns) shard.headGradients = memory.take<float>((3 * H + 1) * d.classes);
    }
    if (!memory.counting) n.shards[s] = shard;
  }
}

// Panels of the packed matrices, all of them, shared out among the threads.
static void packShare(Network& n, long share, long shares) {
  const Dimensions& d = n.d;
  const long H = d.hidden, V = d.vocabulary;
  const float* parameters = n.buffers.parameters;
  long item = 0;
  const auto mine = [&] { return item++ % shares == share; };
  for (long l = 0; l < d.layers; l++) {
    const Layer& layer = n.layers[l];
    const float* hiddenWeights = n.dropout.weights > 0 ? layer.thinned : parameters + layer.hiddenWeights;
    for (long p = 0; p < n.gates.panels(); p++) {
      const long at = p * n.gates.row();
      if (l > 0 && mine()) packPanel(layer.packedInput + at * H, parameters + layer.inputWeights, H, n.gates, p);
      if (mine()) packPanel(layer.packedHidden + at * H, hiddenWeights, H, n.gates, p);
      if (mine()) packPanel(layer.packedBias + at, parameters + layer.bias, 1, n.gates, p);
      if (l == 0 && mine()) {
        // (panel, V, panel row): where a step of a row finds its W units of each gate side by side.
        float* rows = layer.embedding + at * V;
        const int NV = n.gates.vectors(p);
        packPanel(rows, parameters + layer.inputWeights, V, n.gates, p);
        float bias[PANEL] = {};
        packPanel(bias, parameters + layer.bias, 1, n.gates, p);
        for (long v = 0; v < V; v++)
          for (int i = 0; i < NV; i++) store(rows + (v * NV + i) * W, load(rows + (v * NV + i) * W) + load(bias + i * W));
      }
    }
    for (long p = 0; d.learns && p < n.units.panels(); p++) {
      const long at = p * PANEL * n.gates.padded();
      if (l > 0 && mine())
        packTransposedPanel(layer.packedInputTransposed + at, parameters + layer.inputWeights, n.gates, n.units, p);
      if (mine())
        packTransposedPanel(layer.packedHiddenTransposed + at, hiddenWeights, n.gates, n.units, p);
    }
    if (d.cell == GRU && mine())
      for (long j = 0; j < H; j++) layer.packedCandidateBias[j] = parameters[layer.candidateBias + j];
  }
  for (long p = 0; p < n.symbols.panels(); p++) {
    if (mine()) packPanel(n.packedOutput + p * PANEL * H, parameters + n.outputWeights, H, n.symbols, p);
    if (mine()) packPanel(n.packedOutputBias + p * PANEL, parameters + n.outputBias, 1, n.symbols, p);
  }
  for (long p = 0; d.learns && p < n.units.panels(); p++)
    if (mine())
      packTransposedPanel(n.packedOutputTransposed + p * PANEL * n.symbols.padded(), parameters + n.outputWeights, n.symbols, n.units, p);
}
