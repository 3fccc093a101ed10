//===- Native.h - the runtime in a native process -----------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What generated code and the engine are to the runtime: its memory, a table of
// thunks, traps, guest memories. Freed blocks are poisoned, so a sanitized test
// sees any use of a record after its end.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TEST_RUNTIME_NATIVE_H
#define MELD_TEST_RUNTIME_NATIVE_H

#include "Runtime.h"
#include <setjmp.h>

enum { MaxInstances = 8, GuestMemorySize = 64 };

/// Slots of the thunks below; copy thunks follow them.
enum { StartSlot = 1, StepSlot = 2, EdgeSlot = 3, FiberSlot = 4, CopySlot = 8 };

extern unsigned char guestMemory[MaxInstances][GuestMemorySize];

/// Tests set these: what the start and step thunks do.
extern void (*onStart)(u32 call);
extern void (*onStep)(u32 task, u32 event, u32 index, u32 payload);
extern u32 (*onEdge)(u32 what, u32 number, u32 pointer, u32 bytes, u32 memory);

/// Throws all state away. Instance 0 is the host; memory i is instance i's.
void nativeReset(void);
/// The record of an instance, of a new task type, of a new stream type.
ref instanceAt(u32 number);
ref newTaskType(u32 instance, u32 result, u32 options, u32 flags);
ref newStreamType(u32 id, u32 size, u32 flags);
/// Pages that memoryGrow may still give.
extern u32 pagesLeft;

/// The kind and argument of the last trap.
extern u32 trapKind, trapArgument;
extern jmp_buf trapTarget;

/// Runs BODY; is true if it trapped.
#define TRAPS(BODY) (setjmp(trapTarget) ? 1 : ((void)(BODY), 0))

#endif // MELD_TEST_RUNTIME_NATIVE_H
