//===- LayoutCache.h - layouts that are measured once -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the functions of CanonicalLayout.h have measured stays with the dialect,
// so that many questions about a deep type cost no more than one.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_DIALECT_COMPONENT_IR_LAYOUTCACHE_H
#define MELD_LIB_DIALECT_COMPONENT_IR_LAYOUTCACHE_H

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

#include "mlir/IR/DialectInterface.h"
#include "mlir/Support/ThreadLocalCache.h"

namespace meld::component {

/// The layouts of a context, one of each kind for each thread.
class LayoutCache : public mlir::DialectInterface::Base<LayoutCache> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(LayoutCache)

  explicit LayoutCache(mlir::Dialect *dialect) : Base(dialect) {}

  Layout &get(bool memory64) const {
    Layouts &own = layouts.get();
    return memory64 ? own.of64 : own.of32;
  }

private:
  struct Layouts {
    Layout of32{/*memory64=*/false}, of64{/*memory64=*/true};
  };
  mutable mlir::ThreadLocalCache<Layouts> layouts;
};

} // namespace meld::component

#endif // MELD_LIB_DIALECT_COMPONENT_IR_LAYOUTCACHE_H
