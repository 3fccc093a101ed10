//===- teller.c - a guest that uses a resource of another -------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//

#include "strings.h"

typedef struct {
  u32 *data;
  u32 size;
} Counters;

#define COUNTERS "test:counter/counters"
IMPORT(COUNTERS, "[constructor]counter")
u32 construct(u8 *name, u32 size, u32 start);
IMPORT(COUNTERS, "[method]counter.step") u32 stepBy(u32 counter, u32 by);
IMPORT(COUNTERS, "[method]counter.name")
void nameOf(u32 counter, String *result);
IMPORT(COUNTERS, "[static]counter.merge") u32 merge(u32 lent, u32 given);
IMPORT(COUNTERS, "[static]counter.count-all") u32 countAll(void);
IMPORT(COUNTERS, "make") void make(String *names, u32 count, Counters *result);
IMPORT(COUNTERS, "[resource-drop]counter") void drop(u32 counter);

EXPORT("tally") String *tally(String *names, u32 count, u32 by) {
  static String result;
  Counters made;
  make(names, count, &made);
  u32 all = construct((u8 *)"all:", 4, 0);
  for (u32 i = 0; i < made.size; i++) {
    stepBy(made.data[i], by);
    u32 sum = merge(all, made.data[i]); // lends `all`, gives the other away
    drop(all);
    all = sum;
  }
  nameOf(all, &result);
  result =
      joined(joined(result, (String){(u8 *)"=", 1}), decimal(stepBy(all, 0)));
  drop(all);
  return &result;
}
EXPORT("cabi_post_tally") void postTally(String *result) {
  (void)result;
  used = 0;
}

EXPORT("left") u32 left(void) { return countAll(); }
