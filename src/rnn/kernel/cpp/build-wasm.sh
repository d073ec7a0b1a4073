#!/bin/sh
# Compiles the kernel to ../wasm, or to the folder given. One compiler, so that the same source gives the same bytes
# (a test compares them): Debian bookworm's, from `apt-get install clang-19 lld-19`.
set -eu
out=$(cd "${1:-$(dirname "$0")/../wasm}" && pwd)
cd "$(dirname "$0")"

compile() {
  name=$1
  shift
  clang++-19 --target=wasm32 -msimd128 -mbulk-memory "$@" -std=c++20 -O3 -Wall -Wextra \
    -ffreestanding -fno-exceptions -fno-rtti -fno-math-errno -fno-trapping-math -fvisibility=hidden \
    -nostdlib -Wl,--no-entry,--export-dynamic,--export=__heap_base,--allow-undefined,--strip-all \
    -o "$out/$name.wasm" wasm.cc
}

compile plain
compile relaxed -mrelaxed-simd
