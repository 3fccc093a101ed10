//===- component.cpp - Fuzz target of the component reader ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/Limits.h"
#include "meld/Target/Wasm/ComponentValidation.h"

/// Any bytes either decode or give an error at an offset inside the input; what
/// decodes is valid or gives such errors.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  meld::binary::ComponentView view;
  view.asyncDestructors = true;
  meld::core::ValidateOptions modules;
  modules.limit = meld::limits::listedErrors;
  auto error = meld::binary::readComponent({data, size}, view, modules);
  if (error && error->offset > size)
    __builtin_trap();
  if (error)
    return 0;
  std::vector<meld::ReadError> errors = view.invalid;
  meld::binary::validateComponent(view, errors);
  for (const meld::ReadError &each : errors)
    if (each.offset > size)
      __builtin_trap();
  return 0;
}
