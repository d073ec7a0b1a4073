#pragma once
#include <stdint.h>

// What one build of the kernel offers, in plain C: the addon and WebAssembly both speak to this.
// B batch, T steps, H hidden, V vocabulary, L layers, C classes.

enum Cell { LSTM = 0, GRU = 1, RNN = 2 };

struct Dimensions {
  int32_t cell, vocabulary, hidden, layers, batch, steps, threads;
  int32_t learns;   // 0: forward only
  int32_t classes;  // 0: a language model
};

// Texts to classify: ids (B, steps), of which row b counts up to lengths[b], at least 1.
struct Texts {
  const int32_t* ids;
  const int32_t* lengths;
  int32_t steps;  // at most those of the dimensions
};

// Runs work(context, index) for every thread of a team at once, and returns when all are done.
typedef void (*Work)(void* context, int index);
typedef void (*Run)(void* team, Work work, void* context);

// What is left out at random while learning; see kernel.ts.
struct Dropout {
  double outputs;  // share of what each layer hands upward
  double weights;  // share of the recurrent weights
  uint32_t seed, step;
};

struct Buffers {
  float* parameters;  // in the order of layout.ts
  float* gradients;   // as long; unused without learning
  float* mean;        // Adam's first moment
  float* variance;    // Adam's second moment
  float* state;       // (L, S, B, H)
};

struct Engine {
  const char* name;
  // Bytes of memory that a network needs besides its buffers.
  int64_t (*bytes)(const Dimensions*);
  // Builds a network in zeroed memory of that size, aligned to 64 bytes. Nothing is allocated after this.
  void (*create)(void* memory, const Dimensions*, const Buffers*, Run run, void* team);
  // Takes the parameters over from their buffer; `backpropagate` does so by itself.
  void (*load)(void* memory);
  // See kernel.ts for what these do; ids are (B, T).
  double (*backpropagate)(void* memory, const int32_t* inputs, const int32_t* targets, const Dropout*);
  double (*evaluate)(void* memory, const int32_t* inputs, const int32_t* targets);
  // Leaves the first `frozen` parameters as they are.
  double (*update)(void* memory, double learningRate, double clip, int32_t step, int64_t frozen);
  // Mean loss of the texts that have a label (B), and its gradients.
  double (*learnClasses)(void* memory, const Texts*, const int32_t* labels, const Dropout*);
  // Probabilities (B, C) of the texts' classes.
  void (*classify)(void* memory, const Texts*, float* probabilities);
  // ids (rows) -> logits (rows, V), for the first rows of the batch; a network of one step and one thread.
  void (*step)(void* memory, const int32_t* ids, int32_t rows, float* logits);
};
