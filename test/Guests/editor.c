//===- editor.c - a guest that calls one that uses WASI ---------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//

#include "strings.h"

#define REPORT "test:wasi/report"
IMPORT(REPORT, "write") u32 write(String *lines, u32 count);
IMPORT(REPORT, "log") u32 log(String *lines, u32 count);
IMPORT(REPORT, "now") double reportedNow(void);
typedef struct {
  double *data;
  u32 size;
} Numbers;
IMPORT(REPORT, "dice") void dice(u32 n, Numbers *result);
typedef struct {
  u8 isThere, padding[3];
  String value;
} OptionalString;
IMPORT(REPORT, "variable")
void variableOf(u8 *name, u32 size, OptionalString *result);

EXPORT("lines") u32 lines(u8 *title, u32 size, u32 n, u32 byConsole) {
  String *list = cabi_realloc(0, 0, 4, n * sizeof(String));
  String start = joined((String){title, size}, (String){(u8 *)" ", 1});
  for (u32 i = 0; i < n; i++)
    list[i] = joined(start, decimal(i));
  u32 written = byConsole ? log(list, n) : write(list, n);
  used = 0;
  return written;
}

EXPORT("now") double now(void) { return reportedNow(); }

EXPORT("mean") double mean(u32 n) {
  Numbers numbers;
  dice(n, &numbers);
  double sum = 0;
  for (u32 i = 0; i < numbers.size; i++)
    sum += numbers.data[i];
  used = 0;
  return sum / n;
}

EXPORT("variable") String *variable(u8 *name, u32 size) {
  static OptionalString result;
  variableOf(name, size, &result);
  if (!result.isThere)
    result.value = (String){(u8 *)"none", 4};
  return &result.value;
}
EXPORT("cabi_post_variable") void postVariable(String *result) {
  (void)result;
  used = 0;
}
