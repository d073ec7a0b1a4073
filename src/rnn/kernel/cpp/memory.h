#pragma once
#include <stddef.h>
#include <stdint.h>

// Cuts one zeroed block of memory into aligned arrays; from address 0 it only counts, in 64 bits, so that a network too
// large for WebAssembly's 32 is known as such.
struct Memory {
  uint64_t at;

  template <typename T>
  T* take(int64_t count) {
    at = (at + 63) & ~(uint64_t)63;
    T* taken = (T*)(uintptr_t)at;
    at += sizeof(T) * (count > 0 ? count : 0);
    return taken;
  }
};
