//===- Threads.h - threads of a task -----------------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A thread that has not begun is a task in the run queue, or nowhere; its
// function is called on top of what runs. From there on it has a frame, which
// waits as others do (Block.h): it goes on when it is on top again.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_THREADS_H
#define MELD_RUNTIME_THREADS_H

#include "Runtime.h"

/// Gives up the record of the thread that a task began with.
void threadForget(ref thread);

#endif // MELD_RUNTIME_THREADS_H
