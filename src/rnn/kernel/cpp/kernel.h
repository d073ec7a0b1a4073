#pragma once
#include "gradients.h"

// The phases of a step, each shared out among the threads, and the calls that engine.h promises.

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
