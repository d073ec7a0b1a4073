// The kernel for x86-64 with AVX2 and FMA. Everything is compiled anew in a namespace of its own, so that no function
// built for one processor is ever shared with another.
#if defined(__x86_64__)
#include "engine.h"
#include "memory.h"

#define KERNEL_AVX2
#define KERNEL_NAME "avx2"
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx2,fma")
#endif

namespace avx2 {
#include "kernel.h"
}

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
