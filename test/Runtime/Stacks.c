//===- Stacks.c - stacks of a native process ----------------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stacks.h"
#include <stdlib.h>
#include <ucontext.h>

#if __has_feature(address_sanitizer)
#include <sanitizer/common_interface_defs.h>
#else
#define __sanitizer_start_switch_fiber(save, bottom, size)                     \
  ((void)(save), (void)(bottom), (void)(size))
#define __sanitizer_finish_switch_fiber(save, bottom, size)                    \
  ((void)(save), (void)(bottom), (void)(size))
#endif

enum { MostStacks = 128, StackSize = 1 << 16 };

/// Stack 0 is that of the test.
typedef struct {
  u32 fiber;
  ucontext_t context;
  const void *bottom;
  size_t size;
  void *memory;
} Stack;

static Stack stacks[MostStacks];
static u32 count, current, left;
u32 stacksMade;

void stacksReset(void) {
  for (u32 i = 1; i < count; ++i)
    free(stacks[i].memory);
  count = 1;
  current = 0;
  stacksMade = 0;
}

/// The one that ran before tells where its own stack lies: that of the test is
/// found out so.
static void arrive(void *fake) {
  Stack *from = &stacks[left];
  __sanitizer_finish_switch_fiber(fake, &from->bottom, &from->size);
}

static u32 find(u32 fiber) {
  for (u32 i = 0; i < count; ++i)
    if (stacks[i].fiber == fiber)
      return i;
  return 0;
}

static void leave(u32 fiber, void **fake);

static void begin(void) {
  arrive(0);
  u32 next = rt_fiber_main(stacks[current].fiber);
  stacks[current].fiber = 1; // nobody's; its memory goes with the others
  leave(next, 0);
}

static u32 make(u32 fiber) {
  if (count == MostStacks)
    abort();
  Stack *stack = &stacks[count];
  *stack = (Stack){.fiber = fiber, .size = StackSize};
  stack->bottom = stack->memory = malloc(StackSize);
  getcontext(&stack->context);
  stack->context.uc_stack.ss_sp = stack->memory;
  stack->context.uc_stack.ss_size = StackSize;
  makecontext(&stack->context, begin, 0);
  ++stacksMade;
  return count++;
}

static void leave(u32 fiber, void **fake) {
  u32 to = fiber ? find(fiber) : 0;
  if (fiber && !to)
    to = make(fiber);
  left = current;
  current = to;
  __sanitizer_start_switch_fiber(fake, stacks[to].bottom, stacks[to].size);
  swapcontext(&stacks[left].context, &stacks[to].context);
}

void switchStack(u32 fiber) {
  void *fake = 0;
  leave(fiber, &fake);
  arrive(fake);
}
