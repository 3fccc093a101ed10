//===- Passes.h - the passes of Meld ----------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Constructors and registration of the passes in Passes.td. docs/Pipeline.md
/// tells how they follow each other.
///
//===----------------------------------------------------------------------===//

#ifndef MELD_TRANSFORMS_PASSES_H
#define MELD_TRANSFORMS_PASSES_H

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "mlir/Pass/Pass.h"

namespace meld {

/// The custom sections of a merged module beside `meld.abi`.
enum class MergedSections : uint8_t {
  /// The names of functions.
  name,
  none,
  /// Also `producers`, `target_features` and debug info.
  all,
};

#define GEN_PASS_DECL
#include "meld/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "meld/Transforms/Passes.h.inc"

} // namespace meld

#endif // MELD_TRANSFORMS_PASSES_H
