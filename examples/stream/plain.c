//===- plain.c - the two guests as one plain module -------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//
//
// The same bytes, generated and folded by the same code, with a loop in place
// of the stream: what `run` of the fused program has to return.
//
//===--------------------------------------------------------------------===//

#include "guest.h"

static u8 source[MAX_CHUNK], sink[MAX_CHUNK];

EXPORT("run")
u64 run(u32 n, u32 outChunk, u32 inChunk) {
  u32 seed = FIRST_SEED, from = 0, to = 0;
  u64 sum = EMPTY_SUM;
  while (from != to || n != 0) {
    if (from == to) {
      from = 0;
      to = least(n, outChunk);
      n -= to;
      generate(&seed, source, to);
    }
    u32 moved = least(to - from, inChunk);
    __builtin_memcpy(sink, source + from, moved);
    sum = fold(sum, sink, moved);
    from += moved;
  }
  return sum;
}
