// Runs every build of the kernel that this processor can run over odd shapes, for the sanitizers to watch. Every buffer
// that the kernel shares with its caller is a block of its own, of the exact size.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <memory>
#include <vector>

#include "engine.h"
#include "team.h"

#if defined(__x86_64__)
namespace avx512 { extern const Engine engine; }
namespace avx2 { extern const Engine engine; }
#endif
namespace base { extern const Engine engine; }

namespace {

template <typename T>
using Block = std::unique_ptr<T[]>;

uint32_t dice = 1;
uint32_t roll(uint32_t sides) {
  dice = dice * 1664525u + 1013904223u;
  return (dice >> 8) % sides;
}

long parametersOf(const Dimensions& d) {
  const long H = d.hidden, V = d.vocabulary, G = d.cell == LSTM ? 4 : d.cell == GRU ? 3 : 1;
  long size = d.classes > 0 ? (3 * H + 1) * d.classes : H * V + V;
  for (long l = 0; l < d.layers; l++) size += (l == 0 ? V : H) * G * H + H * G * H + G * H + (d.cell == GRU ? H : 0);
  return size;
}

Block<float> numbers(long count) {
  Block<float> block(new float[count]);
  for (long i = 0; i < count; i++) block[i] = (float)(roll(1000)) / 1000 - 0.5f;
  return block;
}

Block<int32_t> symbols(long count, int vocabulary) {
  Block<int32_t> block(new int32_t[count]);
  for (long i = 0; i < count; i++) block[i] = (int32_t)roll(vocabulary);
  return block;
}

// Learns twice, without and with both dropouts, scores or classifies, and steps ever fewer rows.
void exercise(const Engine& engine, const Dimensions& d) {
  const long size = parametersOf(d), B = d.batch, ids = B * d.steps;
  const long stateSize = d.layers * (d.cell == LSTM ? 2 : 1) * B * d.hidden;
  auto parameters = numbers(size), gradients = numbers(size), mean = numbers(size), state = numbers(stateSize);
  Block<float> variance(new float[size]());
  auto inputs = symbols(ids, d.vocabulary), targets = symbols(ids, d.vocabulary);
  targets[0] = -1;
  auto lengths = symbols(B, d.steps), labels = symbols(B, d.classes > 0 ? d.classes : 1);
  for (long b = 0; b < B; b++) lengths[b] += 1;
  const Texts texts = {inputs.get(), lengths.get(), d.steps};

  const size_t bytes = ((size_t)engine.bytes(&d) + 63) & ~(size_t)63;
  void* network = aligned_alloc(64, bytes);
  memset(network, 0, bytes);
  {
    Team team(d.threads);
    const Buffers buffers = {parameters.get(), gradients.get(), mean.get(), variance.get(), state.get()};
    engine.create(network, &d, &buffers, Team::run, &team);
    for (const double share : {0.0, 0.4}) {
      if (!d.learns) break;
      const Dropout dropout = {share, share, 7, 3};
      const double loss = d.classes > 0 ? engine.learnClasses(network, &texts, labels.get(), &dropout)
                                        : engine.backpropagate(network, inputs.get(), targets.get(), &dropout);
      const double norm = engine.update(network, 0.01, 1, 1, share > 0 ? size / 2 : 0);
      if (!(loss >= 0 && norm >= 0)) abort();
    }
    if (d.classes > 0) {
      Block<float> probabilities(new float[B * d.classes]);
      engine.load(network);
      engine.classify(network, &texts, probabilities.get());
    } else if (!d.learns) {
      engine.load(network);
      if (!(engine.evaluate(network, inputs.get(), targets.get()) >= 0)) abort();
    }
    const bool steps = d.steps == 1 && d.threads == 1 && !d.learns && d.classes == 0;
    for (int32_t rows = d.batch; steps && rows > 0; rows--) {
      auto next = symbols(rows, d.vocabulary);
      Block<float> logits(new float[(long)rows * d.vocabulary]);
      engine.step(network, next.get(), rows, logits.get());
    }
  }
  free(network);
}

}  // namespace

int main() {
  std::vector<const Engine*> engines = {&base::engine};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) engines.push_back(&avx2::engine);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) engines.push_back(&avx512::engine);
#endif
  // vocabulary, hidden, layers, batch, steps
  const int32_t shapes[][5] = {{3, 1, 1, 1, 1}, {3, 37, 1, 1, 5}, {65, 37, 3, 5, 3}, {130, 16, 2, 7, 1}, {4000, 8, 1, 3, 1}};
  for (const Engine* engine : engines) {
    for (int32_t cell : {LSTM, GRU, RNN})
      for (const auto& s : shapes)
        for (int32_t threads : {1, 3})
          for (int32_t learns : {0, 1})
            for (int32_t classes : {0, 3}) exercise(*engine, {cell, s[0], s[1], s[2], s[3], s[4], threads, learns, classes});
    puts(engine->name);
  }
}
