//===- TypeEncoding.h - Value types in text and bytecode --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_DIALECT_COMPONENT_IR_TYPEENCODING_H
#define MELD_LIB_DIALECT_COMPONENT_IR_TYPEENCODING_H

#include "meld/Dialect/Component/IR/Component.h"

namespace meld::component {

/// Has `dialect` print value types that are long under an alias, and write each
/// value type once into bytecode.
void addTypeEncoding(ComponentDialect &dialect);

} // namespace meld::component

#endif // MELD_LIB_DIALECT_COMPONENT_IR_TYPEENCODING_H
