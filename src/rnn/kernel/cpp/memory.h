#pragma once
#include <stddef.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

// Cuts one zeroed block of memory into aligned arrays; without a block it only counts, in 64 bits, so that a network too
// large for WebAssembly's 32 is known as such.
struct Memory {
  uint64_t at;
  bool counting;

  template <typename T>
  T* take(int64_t count) {
    at = (at + 63) & ~(uint64_t)63;
    T* taken = (T*)(uintptr_t)at;
    at += sizeof(T) * (count > 0 ? count : 0);
#if defined(__SANITIZE_ADDRESS__)
    // A gap that nobody may touch: in one block, reading past the end of an array would go unnoticed.
    if (!counting) ASAN_POISON_MEMORY_REGION((void*)at, 64);
    at += 64;
#endif
    return taken;
  }
};
