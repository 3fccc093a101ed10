//===- InitAllDialects.h - All dialects of Meld -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_INITALLDIALECTS_H
#define MELD_INITALLDIALECTS_H

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "mlir/IR/DialectRegistry.h"

namespace meld {

/// Adds every dialect of Meld, with its extensions, to `registry`.
inline void registerAllDialects(mlir::DialectRegistry &registry) {
  registry.insert<async_intrinsic::AsyncIntrinsicDialect,
                  component::ComponentDialect, wasm::WasmDialect>();
}

} // namespace meld

#endif // MELD_INITALLDIALECTS_H
