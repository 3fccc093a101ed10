//===- Explain.h - what remarks say of adapters -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_ADAPTERS_EXPLAIN_H
#define MELD_LIB_ADAPTERS_EXPLAIN_H

#include "Shared.h"

namespace meld::adapters {

/// `type` as the text of a component has it, cut where it is long.
std::string describeType(mlir::Type type);

/// Why a realloc is called through a function.
std::string explainAllocate(const Side &side, bool canLeave, bool usesContext);

/// How a list is moved: by one copy, or why by its elements.
std::string explainList(component::Layout &layout, const Route &route,
                        mlir::Type element);

/// How a string is moved.
std::string explainString(const Route &route, const Style &style);

/// Why a value is moved by a function of its own.
std::string explainPart(const Route &route, mlir::Type type, unsigned weight,
                        unsigned limit);

} // namespace meld::adapters

#endif // MELD_LIB_ADAPTERS_EXPLAIN_H
