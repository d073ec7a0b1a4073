// The kernel for whatever every processor of the architecture can do: SSE2 on x86-64, NEON on arm64.
#include "engine.h"
#include "memory.h"

#if defined(__aarch64__)
#define KERNEL_NAME "neon"
#else
#define KERNEL_NAME "base"
#endif

namespace base {
#include "kernel.h"
}
