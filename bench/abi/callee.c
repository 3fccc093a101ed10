//===- callee.c - takes values and looks at hardly any of them --*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//

#define CALLEE
#include "ops.h"

// At the start of a page, as what is copied to it: where the places in a page
// differ by a little, a processor may copy twenty times slower.
static u8 heap[1 << 20] __attribute__((aligned(4096)));
static u32 used;

/// A stack of bytes, which each call empties when it has what it wants.
EXPORT("cabi_realloc")
void *cabi_realloc(void *old, u32 oldSize, u32 align, u32 size) {
  u32 at = (used + align - 1) & -align;
  if (at + size > sizeof heap)
    __builtin_trap();
  used = at + size;
  __builtin_memcpy(heap + at, old, oldSize);
  return heap + at;
}

u32 flat(u32 a, u32 b) { return a ^ (b << 3); }
u32 bytes(u8 *data, u32 size) {
  used = 0;
  return data[0] + size;
}
u32 text(void *data, u32 size) {
  used = 0;
  return *(u8 *)data + size;
}
u32 points(Point *all, u32 count) {
  used = 0;
  return all[count - 1].x + count;
}
u32 names(Named *all, u32 count) {
  used = 0;
  return all[count - 1].size + *(u8 *)all[count - 1].name;
}
