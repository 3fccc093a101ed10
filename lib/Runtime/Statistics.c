//===- Statistics.c - figures for tests --------------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Runtime.h"

u64 rt_stat_copies(void) { return control()->copies; }
u64 rt_stat_bytes(void) { return control()->copiedBytes; }
u64 rt_stat_reader_first(void) { return control()->readerFirst; }
u64 rt_stat_writer_first(void) { return control()->writerFirst; }

/// Counts what is free instead of what is used: that costs nothing elsewhere.
u32 rt_stat_live(void) {
  Control *c = control();
  u32 live = c->taken;
  for (u32 log = LeastBlock; log < 32; ++log)
    for (ref block = c->freeBlocks[log - LeastBlock]; block;
         block = *AT(u32, block))
      live -= 1u << log;
  return live;
}
