//===- client.c - a guest that calls one in JavaScript ----------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//
//
// Freestanding C in the shape that wit-component wants.
//
//===--------------------------------------------------------------------===//

#include "strings.h"

typedef struct {
  u8 tag, padding[3];
  union {
    String error;
    struct {
      u8 tag, padding[3];
      u32 value;
    } ok;
  };
} Swapped;

#define GREET "test:guests/greet"
IMPORT(GREET, "hello")
void hello(u8 *name, u32 nameSize, String *tags, u32 count, String *result);
IMPORT(GREET, "sum") double sum(u32 *xs, u32 count);
IMPORT(GREET, "swap")
void swap(u32 tag, u32 dataOrTag, u32 sizeOrValue, Swapped *result);

EXPORT("run") String *run(u8 *name, u32 size, u32 n) {
  String *tags = cabi_realloc(0, 0, 4, n * sizeof(String));
  for (u32 i = 0; i < n; i++)
    tags[i] = decimal(i);
  String *result = cabi_realloc(0, 0, 4, sizeof(String));
  hello(name, size, tags, n, result);
  return result;
}
EXPORT("cabi_post_run") void postRun(String *result) {
  (void)result;
  used = 0;
}

EXPORT("total") double total(u32 n) {
  u32 *xs = cabi_realloc(0, 0, 4, n * 4);
  for (u32 i = 0; i < n; i++)
    xs[i] = i;
  double result = sum(xs, n);
  used = 0;
  return result;
}

EXPORT("swapped") u32 swapped(u32 n) {
  Swapped result;
  String text = decimal(n);
  swap(0, (u32)text.data, text.size, &result);
  used = 0;
  return result.tag ? result.error.size : 1000 + result.ok.value;
}
