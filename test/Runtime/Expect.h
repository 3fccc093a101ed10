//===- Expect.h - what a test of the runtime states ---------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TEST_RUNTIME_EXPECT_H
#define MELD_TEST_RUNTIME_EXPECT_H

#include "Native.h"
#include <stdio.h>

static u32 failures;

static void expect(int holds, const char *what, const char *file, int line) {
  if (holds)
    return;
  ++failures;
  fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
}

#define EXPECT(CONDITION) expect(!!(CONDITION), #CONDITION, __FILE__, __LINE__)
#define EXPECT_TRAP(KIND, BODY)                                                \
  do {                                                                         \
    trapKind = 0;                                                              \
    EXPECT(TRAPS(BODY));                                                       \
    EXPECT(trapKind == Trap##KIND);                                            \
  } while (0)

#endif // MELD_TEST_RUNTIME_EXPECT_H
