//===- Tasks.h - running tasks --------------------------------------- -*- C
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_TASKS_H
#define MELD_RUNTIME_TASKS_H

#include "Calls.h"

/// Lets a task go on that was taken out of the run queue: admits it, or calls
/// its callback. The current task and the context slots are lost.
void taskRun(ref task);
/// Calls the task's callback with an event.
void taskStep(ref task, u32 code, u32 index, u32 payload);
/// Whether the current task was asked to end; then it is told so here.
u32 toldToEnd(void);
/// Whether a task in the run queue could really go on.
u32 taskIsReady(ref task);

#endif // MELD_RUNTIME_TASKS_H
