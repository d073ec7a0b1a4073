#pragma once
// Vectors of W floats by compiler extension: the same source becomes AVX-512, AVX2, SSE2, NEON or WebAssembly SIMD.

#include <stdint.h>

#define INLINE static inline __attribute__((always_inline))

#if defined(KERNEL_AVX512)
constexpr int W = 16, MAX_ROWS = 6;  // 32 registers: 6 rows x 4 vectors of sums, 4 of weights, 1 of activations
#elif defined(KERNEL_AVX2)
constexpr int W = 8, MAX_ROWS = 3;  // 16 registers: 3 x 4 sums, 1 of weights, 3 of activations
#elif defined(__aarch64__)
constexpr int W = 4, MAX_ROWS = 6;  // 32 registers: as with AVX-512
#else
constexpr int W = 4, MAX_ROWS = 2;  // 16 registers, less what WebAssembly's engine needs: 2 x 4 sums, 4 of weights, 2 of activations
#endif

typedef float Vec __attribute__((vector_size(W * 4), aligned(4), may_alias));
typedef int32_t IntVec __attribute__((vector_size(W * 4), aligned(4), may_alias));
typedef uint32_t UintVec __attribute__((vector_size(W * 4), aligned(4), may_alias));

INLINE Vec load(const float* at) { return *(const Vec*)at; }
INLINE void store(float* at, Vec value) { *(Vec*)at = value; }
INLINE Vec splat(float value) { return value - (Vec){}; }

// sum + a * b. Compilers fuse the two by themselves where the processor can; in WebAssembly it must be asked for.
INLINE Vec multiplyAdd(float a, Vec b, Vec sum) {
#if defined(__wasm_relaxed_simd__)
  return __builtin_wasm_relaxed_madd_f32x4(splat(a), b, sum);
#else
  return sum + a * b;
#endif
}

INLINE Vec smaller(Vec a, Vec b) { return a < b ? a : b; }
INLINE Vec larger(Vec a, Vec b) { return a > b ? a : b; }

INLINE float sum(Vec v) {
  float total = 0;
  for (int j = 0; j < W; j++) total += v[j];
  return total;
}

// e^x within 2 ulp for |x| <= 87: 2^n times a polynomial in the rest (Cephes' expf, Moshier).
INLINE Vec exponential(Vec x) {
  x = smaller(larger(x, splat(-87.0f)), splat(87.0f));
  const Vec magic = splat(12582912.0f);  // 1.5 * 2^23: adding it leaves the rounded integer in the low bits
  Vec shifted = x * 1.44269504f + magic;
  Vec n = shifted - magic;
  Vec r = x - n * 0.693359375f + n * 2.12194440e-4f;
  Vec p = splat(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  Vec value = p * r * r + r + 1.0f;
  return (Vec)((IntVec)value + ((IntVec)shifted << 23));
}

// Beyond these bounds sigmoid and tanh are 0, 1 or -1 to float's precision; within, the product of four of their
// denominators is still a float, so that one division serves four gates.
INLINE Vec saturate(Vec x, float bound) { return smaller(larger(x, splat(-bound)), splat(bound)); }
INLINE Vec sigmoidDenominator(Vec x) { return 1.0f + exponential(-saturate(x, 20.0f)); }
INLINE Vec tanhDenominator(Vec x) { return 1.0f + exponential(2.0f * saturate(x, 10.0f)); }
INLINE Vec hyperbolicTangent(Vec x) { return 1.0f - 2.0f / tanhDenominator(x); }

// The hash behind dropout's masks, as in random.ts.
template <typename Word>
INLINE Word mix(Word word) {
  Word x = word + 0x9e3779b9u;
  x = (x ^ (x >> 16)) * 0x85ebca6bu;
  x = (x ^ (x >> 13)) * 0xc2b2ae35u;
  return x ^ (x >> 16);
}

// Leaves out a share of many numbers and scales the rest up: each by a hash of its index alone.
struct Mask {
  uint32_t key, limit;
  float scale;

  Mask(double share, uint32_t seed, uint32_t step, uint32_t name)
      : key(mix(mix(mix(seed) ^ step) ^ name)), limit((uint32_t)__builtin_ceil(share * 4294967296.0)), scale((float)(1 / (1 - share))) {}

  // to[i] = from[i], or 0, for `count` numbers whose indices begin at `first`.
  void apply(float* to, const float* from, uint32_t first, long count) const {
    UintVec index;
    for (int j = 0; j < W; j++) index[j] = first + (uint32_t)j;
    long i = 0;
    for (; i + W <= count; i += W, index += (uint32_t)W) {
      const UintVec drawn = mix(index ^ key);
      store(to + i, drawn < limit ? splat(0) : load(from + i) * scale);
    }
    for (; i < count; i++) to[i] = mix(key ^ (first + (uint32_t)i)) < limit ? 0 : from[i] * scale;
  }
};
