// The kernel behind Node-API: picks the best build for this processor, and hands networks to JavaScript as handles.
#include <node_api.h>
#include <stdlib.h>
#include <string.h>

#include <new>
#include <system_error>

#include "engine.h"
#include "team.h"

namespace avx512 { extern const Engine engine; }
namespace avx2 { extern const Engine engine; }
namespace base { extern const Engine engine; }

namespace {

// A network, and what it keeps alive: its threads, its memory and the arrays that it shares with JavaScript.
struct Handle {
  const Engine* engine;
  Team team;
  size_t bytes;
  void* memory;
  napi_ref shared[5] = {};

  // Throws std::exception when there are no more threads or there is no more memory.
  Handle(const Engine* engine, const Dimensions& d, const Buffers& buffers)
      : engine(engine), team(d.threads), bytes(((size_t)engine->bytes(&d) + 63) & ~(size_t)63), memory(aligned_alloc(64, bytes)) {
    if (memory == nullptr) throw std::bad_alloc();
    memset(memory, 0, bytes);
    engine->create(memory, &d, &buffers, Team::run, &team);
  }
  ~Handle() { free(memory); }
};

void release(napi_env env, void* data, void*) {
  Handle* handle = (Handle*)data;
  int64_t adjusted;
  napi_adjust_external_memory(env, -(int64_t)handle->bytes, &adjusted);
  for (napi_ref array : handle->shared) napi_delete_reference(env, array);
  delete handle;
}

// Engines that this processor can run, the best first.
int available(const Engine** found) {
  int count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) found[count++] = &avx512::engine;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found[count++] = &avx2::engine;
#endif
  found[count++] = &base::engine;
  return count;
}

template <typename T>
T* numbers(napi_env env, napi_value array) {
  void* data = nullptr;
  napi_typedarray_type type;
  size_t length;
  napi_get_typedarray_info(env, array, &type, &length, &data, nullptr, nullptr);
  return (T*)data;
}

double number(napi_env env, napi_value value) {
  double result = 0;
  napi_get_value_double(env, value, &result);
  return result;
}

napi_value asNumber(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}

struct Arguments {
  napi_value values[10];
  Arguments(napi_env env, napi_callback_info info) {
    size_t count = 10;
    napi_get_cb_info(env, info, &count, values, nullptr, nullptr);
  }
  Handle* handle(napi_env env) const {
    void* handle = nullptr;
    napi_get_value_external(env, values[0], &handle);
    return (Handle*)handle;
  }
};

napi_value engines(napi_env env, napi_callback_info) {
  const Engine* found[3];
  const int count = available(found);
  napi_value names;
  napi_create_array_with_length(env, count, &names);
  for (int i = 0; i < count; i++) {
    napi_value name;
    napi_create_string_utf8(env, found[i]->name, NAPI_AUTO_LENGTH, &name);
    napi_set_element(env, names, i, name);
  }
  return names;
}

// (engine's index, dimensions, parameters, gradients, mean, variance, state)
napi_value create(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  const Engine* found[3];
  available(found);
  const Dimensions d = *numbers<Dimensions>(env, a.values[1]);
  const Buffers buffers = {numbers<float>(env, a.values[2]), numbers<float>(env, a.values[3]), numbers<float>(env, a.values[4]),
                           numbers<float>(env, a.values[5]), numbers<float>(env, a.values[6])};
  Handle* handle;
  try {
    handle = new Handle(found[(int)number(env, a.values[0])], d, buffers);
  } catch (const std::system_error&) {
    napi_throw_range_error(env, "ERR_NO_THREADS", "the system gives no more threads: use fewer (TRAIN_THREADS, --threads)");
    return nullptr;
  } catch (const std::bad_alloc&) {
    napi_throw_range_error(env, "ERR_OUT_OF_MEMORY", "there is not enough memory for a network of this size");
    return nullptr;
  }
  for (int i = 0; i < 5; i++) napi_create_reference(env, a.values[2 + i], 1, &handle->shared[i]);
  // So that the collector knows what weight a forgotten network has.
  int64_t adjusted;
  napi_adjust_external_memory(env, (int64_t)handle->bytes, &adjusted);
  napi_value external;
  napi_create_external(env, handle, release, nullptr, &external);
  return external;
}

napi_value load(napi_env env, napi_callback_info info) {
  const Handle* h = Arguments(env, info).handle(env);
  h->engine->load(h->memory);
  return nullptr;
}

// (handle, inputs, targets, dropout of outputs, of weights, seed, step)
napi_value backpropagate(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  const Handle* h = a.handle(env);
  const Dropout dropout = {number(env, a.values[3]), number(env, a.values[4]), (uint32_t)number(env, a.values[5]), (uint32_t)number(env, a.values[6])};
  return asNumber(env, h->engine->backpropagate(h->memory, numbers<int32_t>(env, a.values[1]), numbers<int32_t>(env, a.values[2]), &dropout));
}

// (handle, inputs, targets)
napi_value evaluate(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  const Handle* h = a.handle(env);
  return asNumber(env, h->engine->evaluate(h->memory, numbers<int32_t>(env, a.values[1]), numbers<int32_t>(env, a.values[2])));
}

// (handle, learning rate, clip, step, frozen)
napi_value update(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  const Handle* h = a.handle(env);
  return asNumber(env, h->engine->update(h->memory, number(env, a.values[1]), number(env, a.values[2]), (int32_t)number(env, a.values[3]),
                                         (int64_t)number(env, a.values[4])));
}

Texts texts(napi_env env, const Arguments& a) {
  return {numbers<int32_t>(env, a.values[1]), numbers<int32_t>(env, a.values[2]), (int32_t)number(env, a.values[3])};
}

// (handle, ids, lengths, steps, labels, dropout of outputs, of weights, seed, step)
napi_value learnClasses(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  const Handle* h = a.handle(env);
  const Texts read = texts(env, a);
  const Dropout dropout = {number(env, a.values[5]), number(env, a.values[6]), (uint32_t)number(env, a.values[7]), (uint32_t)number(env, a.values[8])};
  return asNumber(env, h->engine->learnClasses(h->memory, &read, numbers<int32_t>(env, a.values[4]), &dropout));
}

// (handle, ids, lengths, steps, probabilities)
napi_value classify(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  const Handle* h = a.handle(env);
  const Texts read = texts(env, a);
  h->engine->classify(h->memory, &read, numbers<float>(env, a.values[4]));
  return nullptr;
}

// (handle, ids, rows, logits)
napi_value step(napi_env env, napi_callback_info info) {
  const Arguments a(env, info);
  const Handle* h = a.handle(env);
  h->engine->step(h->memory, numbers<int32_t>(env, a.values[1]), (int32_t)number(env, a.values[2]), numbers<float>(env, a.values[3]));
  return nullptr;
}

napi_value initialize(napi_env env, napi_value exports) {
  const napi_property_descriptor properties[] = {
      {"engines", nullptr, engines, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"create", nullptr, create, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"load", nullptr, load, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"backpropagate", nullptr, backpropagate, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"evaluate", nullptr, evaluate, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"update", nullptr, update, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"learnClasses", nullptr, learnClasses, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"classify", nullptr, classify, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"step", nullptr, step, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, sizeof(properties) / sizeof(properties[0]), properties);
  return exports;
}

}  // namespace

NAPI_MODULE(NODE_GYP_MODULE_NAME, initialize)
