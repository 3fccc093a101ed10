//===- messenger.c - values in asynchronous calls ---------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//
//
// One task at a time waits; its allocator is emptied when the task is over.
//
//===--------------------------------------------------------------------===//

#include "strings.h"

#define FILES "test:messenger/files"
#define ROOT "[export]$root"
typedef struct {
  u8 isError, padding[3];
  union {
    struct {
      String *data;
      u32 size;
    } ok;
    u32 error;
  };
} Fetched;
typedef struct {
  u8 isError, padding[3];
  union {
    u32 file;
    String error;
  };
} Opened;
typedef struct {
  String all[9];
} Nine;

IMPORT("$root", "[async-lower]fetch")
u32 fetch(u8 *name, u32 nameSize, String *tags, u32 count, Fetched *result);
IMPORT("$root", "ask") void ask(u8 *name, u32 size, String *result);
IMPORT(FILES, "[async-lower]open")
u32 openFile(u8 *name, u32 size, Opened *result);
IMPORT(FILES, "[async-lower][method]file.read")
u32 readFile(u32 file, u32 n, String *result);
IMPORT(FILES, "[resource-drop]file") void dropFile(u32 file);
IMPORT(ROOT, "[task-return]relay") void returnRelay(u8 *data, u32 size);
IMPORT(ROOT, "[task-return]now") void returnNow(u8 *data, u32 size);
IMPORT(ROOT, "[task-return]reversed") void returnReversed(Nine *all);
IMPORT(ROOT, "[task-return]first")
void returnFirst(u32 isThere, u8 *data, u32 size);
IMPORT(ROOT, "[task-return]contents") void returnContents(u8 *data, u32 size);
IMPORT("$root", "[waitable-set-new]") u32 setNew(void);
IMPORT("$root", "[waitable-set-drop]") void setDrop(u32 set);
IMPORT("$root", "[waitable-join]") void join(u32 waitable, u32 set);
IMPORT("$root", "[subtask-drop]") void subtaskDrop(u32 subtask);

static u32 set;

/// Whether the call with this state has returned; else waits for it.
static int hasReturned(u32 state) {
  if ((state & 15) == RETURNED)
    return 1;
  set = setNew();
  join(state >> 4, set);
  return 0;
}
/// The same for a subtask that an event is about, which is over then.
static int hasFinished(u32 subtask, u32 state) {
  if (state != RETURNED)
    return 0;
  join(subtask, 0);
  subtaskDrop(subtask);
  setDrop(set);
  return 1;
}
/// The callback of a function that never waits: nobody calls it.
#define NEVER_CALLED_BACK(name)                                                \
  EXPORT("[callback][async-lift]" #name)                                       \
  u32 name##Step(u32 event, u32 waitable, u32 code) {                          \
    return (void)event, (void)waitable, (void)code, EXIT;                      \
  }

static Fetched fetched;

static u32 relayed(void) {
  String text = {0};
  if (fetched.isError)
    text = joined((String){(u8 *)"error ", 6}, decimal(fetched.error));
  else
    for (u32 i = 0; i < fetched.ok.size; i++)
      text =
          joined(joined(text, (String){(u8 *)"|", i > 0}), fetched.ok.data[i]);
  returnRelay(text.data, text.size);
  used = 0;
  return EXIT;
}
EXPORT("[async-lift]relay") u32 relay(u8 *name, u32 size, u32 n) {
  String *tags = cabi_realloc(0, 0, 4, n * sizeof(String));
  for (u32 i = 0; i < n; i++)
    tags[i] = decimal(i);
  return hasReturned(fetch(name, size, tags, n, &fetched)) ? relayed()
                                                           : waitOn(set);
}
EXPORT("[callback][async-lift]relay")
u32 relayStep(u32 event, u32 subtask, u32 state) {
  (void)event;
  if (!hasFinished(subtask, state))
    return waitOn(set);
  return relayed();
}

EXPORT("[async-lift]now") u32 now(u8 *name, u32 size) {
  String answer;
  ask(name, size, &answer);
  returnNow(answer.data, answer.size);
  used = 0;
  return EXIT;
}
NEVER_CALLED_BACK(now)

EXPORT("[async-lift]reversed") u32 reversed(Nine *all) {
  Nine turned;
  for (u32 i = 0; i < 9; i++)
    turned.all[i] = all->all[8 - i];
  returnReversed(&turned);
  used = 0;
  return EXIT;
}
NEVER_CALLED_BACK(reversed)

static Opened opened;
static String bytes;
static u32 wanted;
static enum { OPENING, READING } step;

static u32 firstRead(void) {
  dropFile(opened.file);
  returnFirst(1, bytes.data, bytes.size);
  used = 0;
  return EXIT;
}
static u32 firstOpened(void) {
  if (opened.isError) {
    returnFirst(0, 0, 0);
    used = 0;
    return EXIT;
  }
  step = READING;
  return hasReturned(readFile(opened.file, wanted, &bytes)) ? firstRead()
                                                            : waitOn(set);
}
EXPORT("[async-lift]first") u32 first(u8 *name, u32 size, u32 n) {
  wanted = n;
  step = OPENING;
  return hasReturned(openFile(name, size, &opened)) ? firstOpened()
                                                    : waitOn(set);
}
EXPORT("[callback][async-lift]first")
u32 firstStep(u32 event, u32 subtask, u32 state) {
  (void)event;
  if (!hasFinished(subtask, state))
    return waitOn(set);
  return step == OPENING ? firstOpened() : firstRead();
}

static u32 lent;
static u32 contentsRead(void) {
  dropFile(lent);
  returnContents(bytes.data, bytes.size);
  used = 0;
  return EXIT;
}
EXPORT("[async-lift]contents") u32 contents(u32 file, u32 n) {
  lent = file;
  return hasReturned(readFile(file, n, &bytes)) ? contentsRead() : waitOn(set);
}
EXPORT("[callback][async-lift]contents")
u32 contentsStep(u32 event, u32 subtask, u32 state) {
  (void)event;
  if (!hasFinished(subtask, state))
    return waitOn(set);
  return contentsRead();
}
