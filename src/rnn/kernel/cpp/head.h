#pragma once
#include "shard.h"

// The classifier's head (many-to-one): what the top layer said over a whole text, pooled, to C classes.
// pooled (rows, 3, H) = the mean over the text's steps, the maximum over them, and the last (Howard and Ruder 2018).

INLINE Mask pooledMask(const Network& n) {
  return Mask(n.dropout.outputs, n.dropout.seed, n.dropout.step, (uint32_t)(2 * n.d.layers));
}

// Leaves out a share of a row's pooled values, or of their gradients.
static void dropPooled(const Network& n, const Shard& shard, long b, float* pooled) {
  const long H = n.d.hidden;
  for (long part = 0; n.dropout.outputs > 0 && part < 3; part++) {
    float* values = pooled + part * n.paddedHidden;
    pooledMask(n).apply(values, values, (uint32_t)(((shard.first + b) * 3 + part) * H), H);
  }
}

static void pool(const Network& n, const Shard& shard, long b) {
  const long P = n.paddedHidden, rows = shard.rows, length = n.texts.lengths[shard.first + b];
  const float* top = shard.layers[n.d.layers - 1].hidden + (rows + b) * P;  // step t at top + t·rows·P
  float* pooled = shard.pooled + b * 3 * P;
  for (long j = 0; j < P; j += W) {
    Vec total = splat(0), highest = load(top + j);
    IntVec where = {};
    for (long t = 0; t < length; t++) {
      const Vec value = load(top + t * rows * P + j);
      total += value;
      where = value > highest ? where - where + (int32_t)t : where;
      highest = larger(value, highest);
    }
    store(pooled + j, total / (float)length);
    store(pooled + P + j, highest);
    store(pooled + 2 * P + j, load(top + (length - 1) * rows * P + j));
    *(IntVec*)(shard.highest + b * P + j) = where;
  }
  dropPooled(n, shard, b, pooled);
}

// The gradients of a row's pooled values, handed to the steps they came from.
static void unpool(const Network& n, const Shard& shard, long b, float* gradients) {
  const long P = n.paddedHidden, rows = shard.rows, length = n.texts.lengths[shard.first + b];
  float* top = shard.layers[n.d.layers - 1].gradient + b * P;
  dropPooled(n, shard, b, gradients);
  for (long j = 0; j < P; j += W) {
    const Vec mean = load(gradients + j) / (float)length;
    for (long t = 0; t < length; t++) store(top + t * rows * P + j, mean);
  }
  for (long j = 0; j < n.d.hidden; j++) {
    top[shard.highest[b * P + j] * rows * P + j] += gradients[P + j];
    top[(length - 1) * rows * P + j] += gradients[2 * P + j];
  }
}

// Probabilities (rows, C) of every row's classes; the summed loss of those that have a label.
static double forwardHead(const Network& n, const Shard& shard) {
  const long H = n.d.hidden, P = n.paddedHidden, C = n.d.classes;
  const float* weights = n.buffers.parameters + n.outputWeights;  // (3·H, C)
  const float* bias = n.buffers.parameters + n.outputBias;
  double nats = 0;
  for (long b = 0; b < shard.rows; b++) {
    pool(n, shard, b);
    float* classes = shard.classes + b * C;
    for (long c = 0; c < C; c++) classes[c] = bias[c];
    for (long part = 0; part < 3; part++)
      for (long j = 0; j < H; j++)
        for (long c = 0; c < C; c++) classes[c] += shard.pooled[(b * 3 + part) * P + j] * weights[(part * H + j) * C + c];
    const int32_t label = n.targets ? n.targets[shard.first + b] : -1;
    const float wanted = label >= 0 ? classes[label] : 0;
    float top = classes[0], total = 0;
    for (long c = 1; c < C; c++) top = classes[c] > top ? classes[c] : top;
    for (long c = 0; c < C; c++) total += classes[c] = exponential(splat(classes[c] - top))[0];
    for (long c = 0; c < C; c++) classes[c] /= total;
    if (label >= 0) nats += (double)(top - wanted) + __builtin_log((double)total);
  }
  return nats;
}

static void backwardHead(const Network& n, const Shard& shard) {
  const long H = n.d.hidden, P = n.paddedHidden, C = n.d.classes;
  const float* weights = n.buffers.parameters + n.outputWeights;
  const float scale = 1.0f / (float)(n.counted > 0 ? n.counted : 1);
  float* biasGradient = shard.headGradients + 3 * H * C;
  clear(shard.headGradients, (3 * H + 1) * C);
  clear(shard.layers[n.d.layers - 1].gradient, n.d.steps * shard.rows * P);
  for (long b = 0; b < shard.rows; b++) {
    const int32_t label = n.targets[shard.first + b];
    if (label < 0) continue;
    float* classes = shard.classes + b * C;
    classes[label] -= 1;
    for (long c = 0; c < C; c++) biasGradient[c] += classes[c] *= scale;
    for (long part = 0; part < 3; part++) {
      float* pooled = shard.pooled + (b * 3 + part) * P;
      for (long j = 0; j < H; j++) {
        float gradient = 0;
        for (long c = 0; c < C; c++) {
          shard.headGradients[(part * H + j) * C + c] += pooled[j] * classes[c];
          gradient += weights[(part * H + j) * C + c] * classes[c];
        }
        pooled[j] = gradient;
      }
    }
    unpool(n, shard, b, shard.pooled + b * 3 * P);
  }
}
