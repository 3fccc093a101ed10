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
/// below or the host could make it so, and where nothing can. If `cancellable`,
/// the current task may be told to end meanwhile: then the result is 1.
u32 blockUntil(ref instance, ref word, u32 least, u32 cancellable);
/// The same, but `first` runs at once, and the frame waits in any case.
u32 blockBehind(ref first, ref instance, ref word, u32 least, u32 cancellable);
/// Which tasks may run on top of a frame of `instance`: those of what is given,
/// or all for 0. A task of synchronous type lets only its own instance go on,
/// as long as it has not returned: so what it waits for must come from there.
ref limitOf(ref instance);
/// Lets a task go on, on top of the running code.
void runOnTop(ref task, ref limit);

#endif // MELD_RUNTIME_BLOCK_H
