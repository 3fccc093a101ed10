//===- Numbers.h - numbers at the edge --------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_NUMBERS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_NUMBERS_H

#include "Code.h"

namespace meld::lowering {

/// Whether values of `type` are one core value that holds no handle: numbers,
/// `bool` and `char`.
bool isNumber(mlir::Type type);
/// Whether that holds for all parameters and the result, and there are no more
/// parameters than fit in registers.
bool hasNumbersOnly(component::FuncType type);

/// Loads or stores a value of one core value, a number or not, as the Canonical
/// ABI lays it out in memory.
mlir::Value loadFlat(Code &code, mlir::Type type,
                     mlir::FlatSymbolRefAttr memory, mlir::Value pointer,
                     uint32_t offset = 0);
void storeFlat(Code &code, mlir::Type type, mlir::Value value,
               mlir::FlatSymbolRefAttr memory, mlir::Value pointer);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_NUMBERS_H
