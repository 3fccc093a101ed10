//===- caller.c - loops of calls --------------------------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//

#include "ops.h"

#ifdef UTF16
typedef u16 Unit;
#else
typedef u8 Unit;
#endif

static u8 data[1 << 17] __attribute__((aligned(4096)));
static Unit characters[1 << 13] __attribute__((aligned(4096)));
static Point manyPoints[1000] __attribute__((aligned(4096)));
static Named manyNames[1000];

static void fill(u32 size) {
  for (u32 i = 0; i < sizeof characters / sizeof *characters; i++)
    characters[i] = (Unit)('a' + i % 26);
  for (u32 i = 0; i < size && i < 1000; i++) {
    manyPoints[i] = (Point){i, i * 3, i * 0.5};
    manyNames[i] = (Named){characters + i, 16, i};
  }
}

#define LOOP(name, ...)                                                        \
  EXPORT("run-" #name) u32 run_##name(u32 n, u32 size) {                       \
    fill(size);                                                                \
    u32 sum = 0;                                                               \
    for (u32 i = 0; i < n; i++)                                                \
      sum += name(__VA_ARGS__);                                                \
    return sum;                                                                \
  }
LOOP(flat, i, sum)
LOOP(bytes, data, size)
LOOP(text, characters, size)
LOOP(points, manyPoints, size)
LOOP(names, manyNames, size)
