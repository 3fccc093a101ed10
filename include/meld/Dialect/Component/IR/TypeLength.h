//===- TypeLength.h - How long the text of a type is ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_TYPELENGTH_H
#define MELD_DIALECT_COMPONENT_IR_TYPELENGTH_H

#include "mlir/IR/Types.h"

namespace meld::component {

/// How many characters the text of `type` has as a tree, about: types are
/// graphs, whose trees can be exponentially large. Counts no further than
/// `limit`, which a result of `limit` or more says.
size_t measureText(mlir::Type type, size_t limit);

} // namespace meld::component

#endif // MELD_DIALECT_COMPONENT_IR_TYPELENGTH_H
