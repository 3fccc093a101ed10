//===- greeter.c - a guest that another one calls ---------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//
//
// The same as greeter.js, in C.
//
//===--------------------------------------------------------------------===//

#include "strings.h"

#define GREET "test:guests/greet"

static String text(const char *chars) {
  String made = {(u8 *)chars, 0};
  while (chars[made.size])
    made.size++;
  return made;
}

/// "Hello, <name>! [<tags>]"
EXPORT(GREET "#hello")
String *hello(u8 *name, u32 nameSize, String *tags, u32 count) {
  static String result;
  result = joined(text("Hello, "), (String){name, nameSize});
  result = joined(result, text("! ["));
  for (u32 i = 0; i < count; i++)
    result = joined(joined(result, text(i ? "|" : "")), tags[i]);
  result = joined(result, text("]"));
  return &result;
}
EXPORT("cabi_post_" GREET "#hello") void postHello(String *result) {
  (void)result;
  used = 0;
}

EXPORT(GREET "#sum") double sum(u32 *xs, u32 count) {
  double total = 0;
  for (u32 i = 0; i < count; i++)
    total += xs[i];
  used = 0;
  return total;
}

typedef struct {
  u8 isError, padding[3];
  union {
    struct {
      u8 isThere, padding[3];
      u32 value;
    } ok;
    String error;
  };
} Swapped;

/// ok(string) becomes an error, an error (option<u32>) becomes ok.
EXPORT(GREET "#swap") Swapped *swap(u32 tag, u32 first, u32 second) {
  static Swapped result;
  result = (Swapped){.isError = !tag};
  if (tag) {
    result.ok.isThere = (u8)first;
    result.ok.value = second;
  } else {
    result.error = (String){(u8 *)first, second};
  }
  return &result;
}
EXPORT("cabi_post_" GREET "#swap") void postSwap(Swapped *result) {
  (void)result;
  used = 0;
}
