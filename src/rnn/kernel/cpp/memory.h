#pragma once
#include <stddef.h>
#include <stdint.h>

// Cuts one zeroed block of memory into aligned arrays; from address 0 it only counts.
struct Memory {
  uintptr_t at;

  template <typename T>
  T* take(long count) {
    at = (at + 63) & ~(uintptr_t)63;
    T* taken = (T*)at;
    at += sizeof(T) * (count > 0 ? count : 0);
    return taken;
  }
};
