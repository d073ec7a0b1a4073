#pragma once
#include "head.h"

// The phases of a step, each shared out among the threads, and the calls that engine.h promises.

static Network& networkIn(void* memory) { return *(Network*)memory; }

static void runPack(void* context, int index) {
  Network& n = networkIn(context);
  packShare(n, index, n.d.threads);
}

// The recurrent weights as dropout leaves them for one step (DropConnect: Wan et al. 2013, Merity et al. 2018).
static Mask weightMask(const Network& n, long layer) {
  return Mask(n.dropout.weights, n.dropout.seed, n.dropout.step, (uint32_t)(n.d.layers + layer));
}

// A thread's share of `count` numbers, in whole vectors.
struct Share {
  long from, to;
  Share(long count, long index, long shares) : from(count * index / shares / W * W), to(count * (index + 1) / shares / W * W) {
    if (index + 1 == shares) to = count;
  }
};

static void runThin(void* context, int index) {
  Network& n = networkIn(context);
  const Share mine((long)n.d.hidden * n.gates.gates * n.d.hidden, index, n.d.threads);
  for (long l = 0; l < n.d.layers; l++) {
    const Layer& layer = n.layers[l];
    weightMask(n, l).apply(layer.thinned + mine.from, n.buffers.parameters + layer.hiddenWeights + mine.from, (uint32_t)mine.from, mine.to - mine.from);
  }
}

static void runThinGradients(void* context, int index) {
  Network& n = networkIn(context);
  const Share mine((long)n.d.hidden * n.gates.gates * n.d.hidden, index, n.d.threads);
  for (long l = 0; l < n.d.layers; l++) {
    float* gradients = n.buffers.gradients + n.layers[l].hiddenWeights + mine.from;
    weightMask(n, l).apply(gradients, gradients, (uint32_t)mine.from, mine.to - mine.from);
  }
}

static void runForward(void* context, int index) {
  Network& n = networkIn(context);
  if (index >= n.shardCount) return;
  Shard& shard = n.shards[index];
  moveState(n, shard, true);
  forward(n, shard);
  moveState(n, shard, false);
  if (n.targets) loss(n, shard, false);
}

static void runLearn(void* context, int index) {
  Network& n = networkIn(context);
  if (index >= n.shardCount) return;
  Shard& shard = n.shards[index];
  moveState(n, shard, true);
  forward(n, shard);
  moveState(n, shard, false);
  loss(n, shard, true);
  backwardLogits(n, shard);
  backward(n, shard);
}

static void runClassify(void* context, int index) {
  Network& n = networkIn(context);
  if (index >= n.shardCount) return;
  Shard& shard = n.shards[index];
  for (long l = 0; l < n.d.layers; l++) {
    clear(shard.layers[l].hidden, shard.rows * n.paddedHidden);
    clear(shard.layers[l].cell, shard.rows * n.paddedHidden);
  }
  forward(n, shard);
  shard.nats = forwardHead(n, shard);
  if (!n.targets) return;
  backwardHead(n, shard);
  backward(n, shard);
}

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
  float* gradients = n.buffers.gradients;
  float* scratch = n.shards[index < n.shardCount ? index : 0].scratch;
  if (index >= n.shardCount) return;
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

static void runNorm(void* context, int index) {
  Network& n = networkIn(context);
  if (index >= n.shardCount) return;
  const Share mine(n.size - n.frozen, index, n.shardCount);
  const float* gradients = n.buffers.gradients + n.frozen;
  double squares = 0;
  for (long i = mine.from; i < mine.to;) {
    // Short sums in single precision, their total in double.
    const long end = i + 1024 < mine.to ? i + 1024 : mine.to;
    Vec sums = splat(0);
    for (; i + W <= end; i += W) sums += load(gradients + i) * load(gradients + i);
    squares += sum(sums);
    for (; i < end; i++) squares += (double)gradients[i] * gradients[i];
  }
  n.shards[index].squares = squares;
}

// Adam (Kingma and Ba 2015), with the constants of js.ts.
static void runAdam(void* context, int index) {
  Network& n = networkIn(context);
  if (index >= n.shardCount) return;
  const Share mine(n.size - n.frozen, index, n.shardCount);
  const float scale = (float)n.scale, rate = (float)n.correctedRate, correction = (float)n.varianceCorrection;
  const float* __restrict gradients = n.buffers.gradients + n.frozen;
  float* __restrict mean = n.buffers.mean + n.frozen;
  float* __restrict variance = n.buffers.variance + n.frozen;
  float* __restrict parameters = n.buffers.parameters + n.frozen;
  for (long i = mine.from; i < mine.to; i++) {
    const float g = gradients[i] * scale;
    const float m = 0.9f * mean[i] + 0.1f * g;
    const float v = 0.99f * variance[i] + 0.01f * g * g;
    mean[i] = m;
    variance[i] = v;
    parameters[i] -= rate * m / (__builtin_sqrtf(v * correction) + 1e-8f);
  }
}

static int64_t kernelBytes(const Dimensions* d) {
  Network n = {};
  n.d = *d;
  Memory memory = {sizeof(Network), true};
  build(n, memory);
  return (int64_t)memory.at + 64;
}

static void kernelCreate(void* memory, const Dimensions* d, const Buffers* buffers, Run run, void* team) {
  Network& n = networkIn(memory);
  n.d = *d;
  n.buffers = *buffers;
  n.run = run;
  n.team = team;
  Memory rest = {(uintptr_t)memory + sizeof(Network), false};
  build(n, rest);
}

static void kernelLoad(void* memory) {
  Network& n = networkIn(memory);
  n.dropout = {};
  n.run(n.team, runPack, memory);
}

static double totalNats(const Network& n) {
  double nats = 0;
  for (int s = 0; s < n.shardCount; s++) nats += n.shards[s].nats;
  return nats;
}

// Everything of a step that learns, around what is learned from: texts or a stream.
static double learn(Network& n, const int32_t* targets, long targetCount, const Dropout* dropout, Work forwardAndBackward) {
  n.targets = targets;
  n.dropout = *dropout;
  n.counted = 0;
  n.nextItem = 0;
  for (long i = 0; i < targetCount; i++) n.counted += targets[i] >= 0;
  if (dropout->weights > 0) n.run(n.team, runThin, &n);
  n.run(n.team, runPack, &n);
  n.run(n.team, forwardAndBackward, &n);
  n.run(n.team, runWeightGradients, &n);
  if (dropout->weights > 0) n.run(n.team, runThinGradients, &n);
  return totalNats(n) / (double)(n.counted > 0 ? n.counted : 1);
}

static double kernelBackpropagate(void* memory, const int32_t* inputs, const int32_t* targets, const Dropout* dropout) {
  Network& n = networkIn(memory);
  n.inputs = inputs;
  return learn(n, targets, (long)n.d.batch * n.d.steps, dropout, runLearn);
}

static double kernelLearnClasses(void* memory, const Texts* texts, const int32_t* labels, const Dropout* dropout) {
  Network& n = networkIn(memory);
  n.texts = *texts;
  n.inputs = texts->ids;
  n.d.steps = texts->steps;
  return learn(n, labels, n.d.batch, dropout, runClassify);
}

static void kernelClassify(void* memory, const Texts* texts, float* probabilities) {
  Network& n = networkIn(memory);
  n.texts = *texts;
  n.inputs = texts->ids;
  n.d.steps = texts->steps;
  n.targets = nullptr;
  n.dropout = {};
  n.run(n.team, runClassify, memory);
  for (int s = 0; s < n.shardCount; s++)
    copy(probabilities + n.shards[s].first * n.d.classes, n.shards[s].classes, n.shards[s].rows * n.d.classes);
}

static double kernelEvaluate(void* memory, const int32_t* inputs, const int32_t* targets) {
  Network& n = networkIn(memory);
  n.inputs = inputs;
  n.targets = targets;
  n.dropout = {};
  n.run(n.team, runForward, memory);
  return totalNats(n);
}

static double kernelUpdate(void* memory, double learningRate, double clip, int32_t step, int64_t frozen) {
  Network& n = networkIn(memory);
  n.frozen = (long)frozen;
  n.run(n.team, runNorm, memory);
  double squares = 0;
  for (int s = 0; s < n.shardCount; s++) squares += n.shards[s].squares;
  const double norm = __builtin_sqrt(squares);
  if (!__builtin_isfinite(norm)) return norm;
  n.scale = norm > clip ? clip / norm : 1;
  n.correctedRate = learningRate / (1 - __builtin_pow(0.9, step));
  n.varianceCorrection = 1 / (1 - __builtin_pow(0.99, step));
  n.run(n.team, runAdam, memory);
  return norm;
}

static void kernelStep(void* memory, const int32_t* ids, int32_t rows, float* logits) {
  Network& n = networkIn(memory);
  n.targets = nullptr;
  n.inputs = ids;
  n.dropout = {};
  Shard& shard = n.shards[0];
  shard.rows = rows;
  runForward(memory, 0);
  for (long b = 0; b < rows; b++)
    for (long p = 0; p < n.symbols.panels(); p++)
      for (int v = 0; v < n.symbols.vectors(p); v++)
        copyLanes(logits + b * n.d.vocabulary + n.symbols.column(p, v), shard.logits + p * PANEL * rows + b * PANEL + v * W, n.symbols.lanes(p, v));
}

extern const Engine engine = {KERNEL_NAME, kernelBytes, kernelCreate, kernelLoad, kernelBackpropagate, kernelEvaluate,
                               kernelUpdate, kernelLearnClasses, kernelClassify, kernelStep};
