//===- strings.h - strings of guests in C -----------------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//
//
// The allocator is a stack of bytes; a guest empties it by `used = 0` when
// nothing it gave is needed any more.
//
//===--------------------------------------------------------------------===//

#ifndef MELD_TEST_GUESTS_STRINGS_H
#define MELD_TEST_GUESTS_STRINGS_H

#include "../../examples/stream/guest.h"

typedef struct {
  u8 *data;
  u32 size;
} String;

enum { HEAP = 1 << 20 };
static u8 heap[HEAP] __attribute__((aligned(16)));
static u32 used;

EXPORT("cabi_realloc")
void *cabi_realloc(void *old, u32 oldSize, u32 align, u32 size) {
  u32 at = (used + align - 1) & -align;
  if (at + size > HEAP)
    __builtin_trap();
  used = at + size;
  for (u32 i = 0; i < oldSize; i++)
    heap[at + i] = ((u8 *)old)[i];
  return heap + at;
}

static inline String decimal(u32 n) {
  u32 digits = 1;
  for (u32 rest = n; rest > 9; rest /= 10)
    digits++;
  String text = {cabi_realloc(0, 0, 1, digits), digits};
  for (; digits; n /= 10)
    text.data[--digits] = (u8)('0' + n % 10);
  return text;
}

/// `a`, then `b`.
static inline String joined(String a, String b) {
  String text = {cabi_realloc(0, 0, 1, a.size + b.size), a.size + b.size};
  for (u32 i = 0; i < text.size; i++)
    text.data[i] = i < a.size ? a.data[i] : b.data[i - a.size];
  return text;
}

#endif // MELD_TEST_GUESTS_STRINGS_H
