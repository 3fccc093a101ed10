//===- Cancel.h - ending a task early -------------------------------- -*- C
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_CANCEL_H
#define MELD_RUNTIME_CANCEL_H

#include "Runtime.h"

/// The running task, whose caller has asked it to end, comes to where it can be
/// told so: calls its callback with TASK_CANCELLED.
void taskDeliverCancel(ref task);

#endif // MELD_RUNTIME_CANCEL_H
