//===- ComponentValidation.h - The rules of the specification ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_COMPONENTVALIDATION_H
#define MELD_TARGET_WASM_COMPONENTVALIDATION_H

#include "meld/Target/Wasm/ComponentView.h"

namespace meld::binary {

/// Checks every rule of docs/Validation.md on a component that was read without
/// a malformed byte. Appends the errors to `errors`, at most
/// `limits::listedErrors`, in the order of their definitions. After an error
/// the check goes on; what depends on a faulty definition is not reported
/// again. Adds core types that canonical definitions have to `view`.
///
/// Time and memory are proportional to `view.bytes`, whatever the types are: a
/// component that would need more is refused by `input-limit`.
void validateComponent(ComponentView &view, std::vector<ReadError> &errors);

} // namespace meld::binary

#endif // MELD_TARGET_WASM_COMPONENTVALIDATION_H
