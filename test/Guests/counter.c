//===- counter.c - a guest that exports a resource --------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//

#include "strings.h"

#define COUNTERS "test:counter/counters"
IMPORT("[export]" COUNTERS, "[resource-new]counter") u32 handleNew(u32 rep);
IMPORT("[export]" COUNTERS, "[resource-rep]counter") u32 handleRep(u32 handle);
IMPORT("[export]" COUNTERS, "[resource-drop]counter")
void handleDrop(u32 handle);

enum { MOST = 64 };
typedef struct {
  u32 isThere, value;
  String name;
} Counter;
static Counter counters[MOST]; // a representation is an index

static u32 make(String name, u32 start) {
  for (u32 i = 0; i < MOST; i++)
    if (!counters[i].isThere) {
      counters[i] = (Counter){1, start, name};
      return handleNew(i);
    }
  __builtin_trap();
}

EXPORT(COUNTERS "#[dtor]counter") void destroy(u32 rep) {
  counters[rep].isThere = 0;
}
EXPORT(COUNTERS "#[constructor]counter")
u32 construct(u8 *name, u32 size, u32 start) {
  return make((String){name, size}, start);
}
EXPORT(COUNTERS "#[method]counter.step") u32 stepBy(u32 rep, u32 by) {
  return counters[rep].value += by;
}
EXPORT(COUNTERS "#[method]counter.name") String *nameOf(u32 rep) {
  return &counters[rep].name;
}
EXPORT(COUNTERS "#[static]counter.merge") u32 merge(u32 rep, u32 handle) {
  Counter *a = &counters[rep], *b = &counters[handleRep(handle)];
  u32 made = make(joined(a->name, b->name), a->value + b->value);
  handleDrop(handle);
  return made;
}
EXPORT(COUNTERS "#[static]counter.count-all") u32 countAll(void) {
  u32 count = 0;
  for (u32 i = 0; i < MOST; i++)
    count += counters[i].isThere;
  return count;
}
typedef struct {
  u32 *data;
  u32 size;
} Handles;
EXPORT(COUNTERS "#make") Handles *makeAll(String *names, u32 count) {
  static Handles result;
  result = (Handles){cabi_realloc(0, 0, 4, count * sizeof(u32)), count};
  for (u32 i = 0; i < count; i++)
    result.data[i] = make(names[i], i);
  return &result;
}
