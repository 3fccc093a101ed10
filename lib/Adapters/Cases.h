//===- Cases.h - variants in core values ------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_ADAPTERS_CASES_H
#define MELD_LIB_ADAPTERS_CASES_H

#include "Code.h"

namespace meld::adapters {

/// Core values of a payload with the types `flat`, from the values that all
/// cases share (CanonicalABI.md, `lift_flat_variant`).
Code::Values splitJoined(Code &code, llvm::ArrayRef<mlir::Value> joined,
                         llvm::ArrayRef<mlir::Type> flat);

/// The other way round: values of a payload as values of the types `joined`,
/// those that it has not as zeros (`lower_flat_variant`).
Code::Values joinValues(Code &code, llvm::ArrayRef<mlir::Value> values,
                        llvm::ArrayRef<mlir::Type> joined);

/// Runs `payload` with the payload type (null for none) of case `number`, which
/// is below the number of `cases`. Neighbours of equal type share their code;
/// it is found by halving, so nesting is logarithmic in the number of cases.
Code::Values selectCase(Code &code, mlir::Value number,
                        llvm::ArrayRef<mlir::Type> cases,
                        llvm::ArrayRef<mlir::Type> results,
                        llvm::function_ref<Code::Values(mlir::Type)> payload);

} // namespace meld::adapters

#endif // MELD_LIB_ADAPTERS_CASES_H
