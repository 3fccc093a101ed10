//===- Heap.h - blocks of memory by powers of two ----------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A block has 2^log bytes. Freed blocks wait in one list per log and are never
// split or merged: the sizes are few, and in the steady state a program takes
// what it has just given back. Memory only grows.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_HEAP_H
#define MELD_RUNTIME_HEAP_H

#include "Runtime.h"

/// Takes a new block from the end of the heap, growing memory if need be; traps
/// if it cannot.
ref heapTake(u32 log);

/// The logarithm of the smallest block that holds `size` bytes; constant.
#define BLOCK_LOG(SIZE) (32 - __builtin_clz((u32)(SIZE) - 1))

/// A block of 2^log bytes, a multiple of 16 as a reference, with any content.
RT_INLINE ref blockTake(u32 log) {
  Control *c = control();
  ref block = c->freeBlocks[log - LeastBlock];
  if (!block)
    return heapTake(log);
  c->freeBlocks[log - LeastBlock] = *AT(u32, block);
  blockTaken(block, 1u << log);
  return block;
}

RT_INLINE void blockFree(ref block, u32 log) {
  Control *c = control();
  *AT(u32, block) = c->freeBlocks[log - LeastBlock];
  c->freeBlocks[log - LeastBlock] = block;
  blockFreed(block, 1u << log);
}

#endif // MELD_RUNTIME_HEAP_H
