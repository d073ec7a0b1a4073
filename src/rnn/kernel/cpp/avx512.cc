// The kernel for x86-64 with AVX-512. Everything is compiled anew in a namespace of its own, so that no function
// built for one processor is ever shared with another.
#if defined(__x86_64__)
#include "engine.h"
#include "memory.h"

#define KERNEL_AVX512
#define KERNEL_NAME "avx512"
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)
#else
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq,fma,prefer-vector-width=512")
#endif

namespace avx512 {
#include "kernel.h"
}

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
