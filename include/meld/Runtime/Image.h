//===- Image.h - the compiled guest runtime ---------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_IMAGE_H
#define MELD_RUNTIME_IMAGE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace meld {

/// The guest runtime as a core module: it imports `env.memory`,
/// `env.__indirect_function_table` and the imports of Functions.def, and
/// exports the functions of Functions.def and the global `__heap_base`. It has
/// no data segments, no start function and uses no stack in memory. The one
/// `withFibers` switches between stacks of the host.
llvm::ArrayRef<uint8_t> runtimeImage(bool withFibers);

/// The symbol of the instance of it in a root, which nothing else has there.
inline constexpr llvm::StringLiteral runtimeInstance = "rt";

} // namespace meld

#endif // MELD_RUNTIME_IMAGE_H
