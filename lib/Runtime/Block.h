//===- Block.h - frames that wait ------------------------------------ -*- C
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A built-in or a call that has to wait keeps its frame, and the frames below.
// As long as these only wait for it, that is all right: other tasks run on top,
// until what it waits for has come.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_BLOCK_H
#define MELD_RUNTIME_BLOCK_H

#include "Runtime.h"

/// Returns when the word at `word` is `least` or more; runs other tasks until
/// then. `instance` is that of the code that waits. Traps where only a frame
/// below or the host could make it so, and where nothing can.
void blockUntil(ref instance, ref word, u32 least);

#endif // MELD_RUNTIME_BLOCK_H
