//===- Native.c - the runtime in a native process -----------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Native.h"
#include "Stacks.h"
#include <stdlib.h>
#include <string.h>

// The header comes with the sanitizers, which only the tests install.
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address))
#endif

enum { Page = 1 << 16, MaxPages = 64, FirstHeap = 4096 };

static _Alignas(64) unsigned char arena[MaxPages * Page];
unsigned char *rt_memory = arena;
unsigned char guestMemory[MaxInstances][GuestMemorySize];

u32 trapKind, trapArgument, pagesLeft;
jmp_buf trapTarget;
void (*onStart)(u32 call);
void (*onStep)(u32 task, u32 event, u32 index, u32 payload);
u32 (*onEdge)(u32 what, u32 number, u32 pointer, u32 bytes, u32 memory);

static u32 pages;
/// Static records lie between the control block and the heap.
static u32 statics;

//===----------------------------------------------------------------------===//
// The engine
//===----------------------------------------------------------------------===//

u32 memoryPages(void) { return pages; }

u32 memoryGrow(u32 more) {
  if (more > pagesLeft)
    return 0;
  pagesLeft -= more;
  pages += more;
  return 1;
}

void blockTaken(ref block, u32 size) {
  ASAN_UNPOISON_MEMORY_REGION(arena + block, size);
  // Whoever takes a block must set what it reads.
  memset(arena + block, 0xa5, size);
}

void blockFreed(ref block, u32 size) {
  // The link of the free list stays readable.
  ASAN_POISON_MEMORY_REGION(arena + block + 8, size - 8);
}

void rt_trap(u32 kind, u32 argument) {
  trapKind = kind;
  trapArgument = argument;
  longjmp(trapTarget, 1);
}

//===----------------------------------------------------------------------===//
// Generated code
//===----------------------------------------------------------------------===//

static void start(u32 call) { onStart(call); }

static void step(u32 task, u32 event, u32 index, u32 payload) {
  onStep(task, event, index, payload);
}

static u32 copyTo, copyFrom;

static void copyBytes(u32 destination, u32 source, u32 bytes) {
  if (destination + bytes > GuestMemorySize || source + bytes > GuestMemorySize)
    abort();
  memmove(guestMemory[copyTo] + destination, guestMemory[copyFrom] + source,
          bytes);
}

void *thunkAt(u32 slot) {
  if (slot == StartSlot)
    return (void *)start;
  if (slot == StepSlot)
    return (void *)step;
  if (slot == EdgeSlot)
    return (void *)onEdge;
  if (slot == FiberSlot)
    return (void *)switchStack;
  copyFrom = (slot - CopySlot) / MaxInstances;
  copyTo = (slot - CopySlot) % MaxInstances;
  return (void *)copyBytes;
}

static ref newStatic(u32 size) {
  ref record = statics;
  statics += (size + 15) & ~15u;
  if (statics > FirstHeap)
    abort();
  return record;
}

void nativeReset(void) {
  ASAN_UNPOISON_MEMORY_REGION(arena, sizeof(arena));
  memset(arena, 0, FirstHeap);
  ASAN_POISON_MEMORY_REGION(arena + FirstHeap, sizeof(arena) - FirstHeap);
  pages = 1;
  pagesLeft = MaxPages - 1;
  statics = RecordsAddress + MaxInstances * InstanceSize;
  control()->heap = FirstHeap;
  control()->memories = MaxInstances;
  control()->edge = EdgeSlot;
  stacksReset();
  for (u32 i = 0; i < MaxInstances; ++i)
    for (u32 j = 0; j < GuestMemorySize; ++j)
      guestMemory[i][j] = (unsigned char)(i * GuestMemorySize + j);
}

ref instanceAt(u32 number) { return RecordsAddress + number * InstanceSize; }

ref newTaskType(u32 instance, u32 result, u32 options, u32 flags) {
  ref r = newStatic(sizeof(TaskType));
  *AT(TaskType, r) = (TaskType){.instance = instanceAt(instance),
                                .step = StepSlot,
                                .result = result,
                                .options = options,
                                .flags = flags};
  return r;
}

ref newStreamType(u32 id, u32 size, u32 flags) {
  ref r = newStatic(sizeof(StreamType));
  *AT(StreamType, r) = (StreamType){
      .id = id, .size = size, .copyBase = CopySlot, .flags = flags};
  return r;
}
