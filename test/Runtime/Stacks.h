//===- Stacks.h - stacks of a native process ----------------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TEST_RUNTIME_STACKS_H
#define MELD_TEST_RUNTIME_STACKS_H

#include "Runtime.h"

/// What a host with stacks does when the runtime switches: goes on where
/// `fiber` has stopped, in fiber_main if it never ran, on the stack of the test
/// for 0.
void switchStack(u32 fiber);
/// Forgets all stacks but that of the test.
void stacksReset(void);
/// How many were made since.
extern u32 stacksMade;

#endif // MELD_TEST_RUNTIME_STACKS_H
