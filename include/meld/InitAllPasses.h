//===- InitAllPasses.h - All passes and pipelines of Meld -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_INITALLPASSES_H
#define MELD_INITALLPASSES_H

#include "meld/Pipelines/Fuse.h"
#include "meld/Transforms/Passes.h"
#include "meld/Transforms/SetTarget.h"

namespace meld {

/// Registers every pass and pipeline of Meld with MLIR's pass registry, so that
/// tools accept their flags.
inline void registerAllPasses() {
  registerSetTargetPass();
  registerMeldPasses();
  registerFusePipeline();
}

} // namespace meld

#endif // MELD_INITALLPASSES_H
