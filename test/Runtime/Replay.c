//===- Replay.c - replays a recorded trace of operations ----------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads lines `operation operands = result` from standard input, does each
// operation with the runtime, and compares. The results were recorded by
// trace.py from the specification's own reference code. A `*` line begins anew;
// so does a trap, because it ends an instance.
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "Native.h"
#include <stdio.h>
#include <string.h>

enum { Types = 8, Futures = 4, Results = 64 };
enum { OpenCallee = 4, ClosedCallee = 5 };

/// Element types of the trace: u8, none, u32, and a record of one u8; first of
/// streams, then of futures.
static const u32 sizes[Futures] = {1, 0, 4, 1};
static const u32 flags[Futures] = {StreamOfNumbers, StreamOfNumbers,
                                   StreamOfNumbers, 0};
static ref streamTypes[Types], taskTypes[2];

/// Calls that have started and not resolved, by the number of the trace.
static ref running[Results];
static u32 runningCount;

static u32 isFuture(u32 type) { return type >= Futures; }

/// `kind` is that of an end of a stream.
static u32 want(u32 type, u32 kind) {
  u32 toFuture = KindFutureReadable - KindStreamReadable;
  return type << 16 | (kind + (isFuture(type) ? toFuture : 0));
}

static u32 allMemories(void) {
  u32 hash = 0x811c9dc5;
  for (u32 i = 1; i <= 3; ++i)
    for (u32 j = 0; j < GuestMemorySize; ++j)
      hash = (hash ^ guestMemory[i][j]) * 0x01000193;
  return hash;
}

/// The prologue that the compiler generates around a copy.
static u32 streamCopy(u32 instance, u32 kind, u32 type, u32 handle, u32 pointer,
                      u32 length) {
  u32 end = rt_stream_end(instanceAt(instance), handle, want(type, kind));
  u32 size = sizes[type % Futures];
  if (isFuture(type))
    length = 1;
  if (length > MaxBufferLength)
    rt_trap(TrapBufferTooLong, length);
  if (size && length) {
    if (pointer % size)
      rt_trap(TrapUnalignedPointer, pointer);
    if (pointer + (u64)length * size > GuestMemorySize)
      rt_trap(TrapBufferOutOfBounds, pointer);
  }
  if (isFuture(type))
    return kind == KindStreamReadable ? rt_future_read(end, pointer, instance)
                                      : rt_future_write(end, pointer, instance);
  return kind == KindStreamReadable
             ? rt_stream_read_counted(end, pointer, length, instance)
             : rt_stream_write_counted(end, pointer, length, instance);
}

static void resolve(ref call) {
  rt_task_return_resolve(call);
  rt_task_return_end(call);
  rt_task_exit(call);
}

/// The first argument says whether the callee resolves at once.
static void start(u32 call) {
  if (AT(Call, call)->arguments[0])
    resolve(call);
  else
    running[runningCount++ % Results] = call;
}

/// behaviour 0: resolves at once; 1: later; 2: cannot even start yet.
static u32 call(u32 caller, u32 behaviour) {
  ref type = taskTypes[behaviour == 2];
  ref c = rt_call_new(instanceAt(caller), type, StartSlot, 0);
  AT(Call, c)->arguments[0] = behaviour == 0;
  return rt_call_async(c);
}

/// Opens the closed callee's gate for the first call that waits.
static u32 admit(void) {
  ref callee = instanceAt(ClosedCallee);
  rt_backpressure_dec(callee);
  rt_run(1);
  rt_backpressure_inc(callee);
  return 0;
}

static u32 resolveFirst(u32 number) {
  ref c = running[number];
  running[number] = running[--runningCount];
  resolve(c);
  return 0;
}

/// The tasks that have threads, by instance.
static ref threadTasks[MaxInstances];
static u32 ranWith;

static void runThread(u32 thread, u32 event, u32 index, u32 payload) {
  (void)event, (void)index, (void)payload;
  rt_thread_begin(thread);
  ranWith = (u32)AT(Call, thread)->arguments[0];
  rt_thread_end(thread);
}

static u32 threadNew(u32 instance, u32 argument) {
  ref task = threadTasks[instance];
  if (!task) {
    task = rt_call_new(instanceAt(0), newTaskType(instance, 0, 0, TaskAsync), 0,
                       0);
    AT(Call, task)->state = TaskStarted;
    threadTasks[instance] = task;
  }
  control()->current = task;
  u32 index = rt_thread_new(instanceAt(instance), StepSlot, 0, argument);
  control()->current = 0;
  return index;
}

/// A call that finds its gate closed may stand in front of the thread.
static u32 threadGo(u32 instance, u32 index) {
  rt_thread_resume_later(instanceAt(instance), index);
  rt_run(2);
  return ranWith;
}

static u32 errorMove(u32 from, u32 handle, u32 to) {
  return rt_error_context_lower(instanceAt(to),
                                rt_error_context_get(instanceAt(from), handle));
}

static void reset(void) {
  nativeReset();
  for (u32 i = 0; i < Types; ++i)
    streamTypes[i] =
        newStreamType(i, sizes[i % Futures],
                      flags[i % Futures] | (isFuture(i) ? StreamIsFuture : 0));
  taskTypes[0] = newTaskType(OpenCallee, 0, 0, TaskAsync);
  taskTypes[1] = newTaskType(ClosedCallee, 0, 0, TaskAsync);
  rt_backpressure_inc(instanceAt(ClosedCallee));
  runningCount = 0;
  memset(threadTasks, 0, sizeof(threadTasks));
}

/// Does one operation; writes what it gives.
static void perform(const char *name, const u32 *a, char *result) {
  ref i = instanceAt(a[0]);
  u64 r = 0;
  if (!strcmp(name, "set-new"))
    r = rt_waitable_set_new(i);
  else if (!strcmp(name, "set-drop"))
    rt_waitable_set_drop(i, a[1]);
  else if (!strcmp(name, "join"))
    rt_waitable_join(i, a[1], a[2]);
  else if (!strcmp(name, "new"))
    r = rt_stream_new(i, streamTypes[a[1]]);
  else if (!strcmp(name, "drop-r"))
    rt_stream_drop(i, a[2], want(a[1], KindStreamReadable));
  else if (!strcmp(name, "drop-w"))
    rt_stream_drop(i, a[2], want(a[1], KindStreamWritable));
  else if (!strcmp(name, "move"))
    r = rt_stream_lower(
        instanceAt(a[3]),
        rt_stream_lift(i, a[2], want(a[1], KindStreamReadable)));
  else if (!strcmp(name, "read"))
    r = streamCopy(a[0], KindStreamReadable, a[1], a[2], a[3], a[4]);
  else if (!strcmp(name, "write"))
    r = streamCopy(a[0], KindStreamWritable, a[1], a[2], a[3], a[4]);
  else if (!strcmp(name, "cancel-read"))
    r = rt_copy_cancel(i, a[2], want(a[1], KindStreamReadable), !a[3]);
  else if (!strcmp(name, "cancel-write"))
    r = rt_copy_cancel(i, a[2], want(a[1], KindStreamWritable), !a[3]);
  else if (!strcmp(name, "poke"))
    guestMemory[a[0]][a[1]] = (unsigned char)a[2];
  else if (!strcmp(name, "memory"))
    r = allMemories();
  else if (!strcmp(name, "call"))
    r = call(a[0], a[1]);
  else if (!strcmp(name, "admit"))
    r = admit();
  else if (!strcmp(name, "resolve"))
    r = resolveFirst(a[0]);
  else if (!strcmp(name, "subtask-drop"))
    rt_subtask_drop(i, a[1]);
  else if (!strcmp(name, "subtask-cancel"))
    r = rt_subtask_cancel(i, a[1], 0);
  else if (!strcmp(name, "error-new"))
    r = rt_error_context_new(i, 0, 0, 0);
  else if (!strcmp(name, "error-drop"))
    rt_error_context_drop(i, a[1]);
  else if (!strcmp(name, "error-move"))
    r = errorMove(a[0], a[1], a[2]);
  else if (!strcmp(name, "thread-new"))
    r = threadNew(a[0], a[1]);
  else if (!strcmp(name, "thread-go"))
    r = threadGo(a[0], a[1]);
  else if (!strcmp(name, "poll")) {
    r = rt_waitable_set_poll(i, a[1]);
    sprintf(result, "%u %u %u", (u32)r, control()->eventIndex,
            control()->eventPayload);
    return;
  } else
    r = 0xdead;
  sprintf(result, "%llu", (unsigned long long)r);
}

int main(void) {
  char line[256], name[32], result[64];
  u32 number = 0, operations = 0;
  onStart = start;
  onStep = runThread;
  reset();
  while (fgets(line, sizeof(line), stdin)) {
    ++number;
    if (*line == '*') {
      reset();
      continue;
    }
    char *expected = strstr(line, " = ");
    if (!expected)
      return fprintf(stderr, "line %u: no result\n", number), 1;
    *expected = 0;
    expected += 3;
    expected[strcspn(expected, "\n")] = 0;
    u32 a[5] = {0};
    sscanf(line, "%31s %u %u %u %u %u", name, a, a + 1, a + 2, a + 3, a + 4);
    if (TRAPS(perform(name, a, result))) {
      strcpy(result, "trap");
      reset();
    }
    ++operations;
    if (strcmp(result, expected))
      return fprintf(stderr, "line %u: %s: expected %s, found %s\n", number,
                     line, expected, result),
             1;
  }
  printf("%u operations\n", operations);
  return operations == 0;
}
