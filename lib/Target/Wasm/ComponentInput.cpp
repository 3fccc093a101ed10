//===- ComponentInput.cpp - A component file, decoded -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentInput.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Limits.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ComponentValidation.h"

using namespace meld;
using namespace meld::binary;
using namespace mlir;

std::optional<Place> meld::findBinaryPlace(Location loc) {
  if (auto at = loc->findInstanceOf<wasm::AtLoc>())
    return Place{at.getFile().getValue(), at.getOffset()};
  return std::nullopt;
}

StringAttr binary::getFileName(const llvm::MemoryBuffer &buffer,
                               MLIRContext *context) {
  return StringAttr::get(context, buffer.getBufferIdentifier());
}

/// Whether what was read is no component, or more than Meld reads.
static bool isMalformed(const ReadError &error) {
  return getRuleRow(error.rule).level != RuleLevel::Invalid;
}

LogicalResult binary::decodeComponent(const llvm::MemoryBuffer &buffer,
                                      MLIRContext *context, ComponentView &view,
                                      bool checkBodies) {
  StringAttr file = getFileName(buffer, context);
  ArrayRef<uint8_t> bytes(
      reinterpret_cast<const uint8_t *>(buffer.getBufferStart()),
      buffer.getBufferSize());
  std::vector<ReadError> errors;
  core::ValidateOptions modules;
  modules.bodies = checkBodies;
  modules.limit = limits::listedErrors;
  modules.threads = context->getNumThreads();
  if (std::optional<ReadError> error = readComponent(bytes, view, modules)) {
    // What is malformed in nested parts was listed before.
    llvm::copy_if(view.invalid, std::back_inserter(errors), isMalformed);
    errors.push_back(*error);
  } else {
    errors = view.invalid;
    validateComponent(view, errors);
  }
  // What is malformed, then the others, by place; and where the place is one,
  // as they were found.
  auto order = llvm::map_to_vector(errors, [](auto &each) { return &each; });
  auto key = [](const ReadError *each) {
    bool isWhole = getRuleRow(each->rule).level != RuleLevel::Malformed;
    return std::make_tuple(isWhole, each->offset, each);
  };
  llvm::sort(order, [&](const ReadError *a, const ReadError *b) {
    return key(a) < key(b);
  });
  for (const ReadError *each : order)
    emitRule(wasm::AtLoc::get(context, file, each->offset), each->rule)
        << each->message;
  for (const ReadError &each : view.warnings)
    emitRuleWarning(wasm::AtLoc::get(context, file, each.offset), each.rule)
        << each.message;
  return failure(!errors.empty());
}
