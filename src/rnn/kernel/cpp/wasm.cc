// The kernel as a WebAssembly module: one network to an instance, one thread, and no library. Logarithm and power come
// from JavaScript; memory is laid out by the caller, from __heap_base on.
#include "engine.h"
#include "memory.h"

#define KERNEL_NAME "wasm"
#include "kernel.h"

#define EXPORT extern "C" __attribute__((visibility("default")))

static Dimensions dimensions;
static void* network;

static void runAlone(void*, Work work, void* context) { work(context, 0); }

// Where the caller writes the dimensions, before it asks for anything else.
EXPORT Dimensions* dimensionsAt() { return &dimensions; }

// More than any memory has when a network is too large.
EXPORT double bytes() { return (double)engine.bytes(&dimensions); }

EXPORT void create(void* memory, float* parameters, float* gradients, float* mean, float* variance, float* state) {
  const Buffers buffers = {parameters, gradients, mean, variance, state};
  network = memory;
  engine.create(network, &dimensions, &buffers, runAlone, nullptr);
}

EXPORT void load() { engine.load(network); }

EXPORT double backpropagate(const int32_t* inputs, const int32_t* targets, double rate, double weightRate, uint32_t seed, uint32_t step) {
  const Dropout dropout = {rate, weightRate, seed, step};
  return engine.backpropagate(network, inputs, targets, &dropout);
}

EXPORT double evaluate(const int32_t* inputs, const int32_t* targets) { return engine.evaluate(network, inputs, targets); }

EXPORT double update(double learningRate, double clip, int32_t step, int32_t frozen) {
  return engine.update(network, learningRate, clip, step, frozen);
}

EXPORT double learnClasses(const int32_t* ids, const int32_t* lengths, int32_t steps, const int32_t* labels, double rate, double weightRate,
                           uint32_t seed, uint32_t step) {
  const Texts texts = {ids, lengths, steps};
  const Dropout dropout = {rate, weightRate, seed, step};
  return engine.learnClasses(network, &texts, labels, &dropout);
}

EXPORT void classify(const int32_t* ids, const int32_t* lengths, int32_t steps, float* probabilities) {
  const Texts texts = {ids, lengths, steps};
  engine.classify(network, &texts, probabilities);
}

EXPORT void step(const int32_t* ids, int32_t rows, float* logits) { engine.step(network, ids, rows, logits); }
