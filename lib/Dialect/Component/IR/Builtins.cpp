//===- Builtins.cpp - the table of built-ins in C++ -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace meld::component;

namespace meld::component {
#define GET_BuiltinTable_IMPL
#include "meld/Dialect/Component/IR/Canon.inc"
} // namespace meld::component

static bool hasWord(StringRef words, StringRef word) {
  return llvm::is_contained(llvm::split(words, ' '), word);
}

bool BuiltinInfo::hasImmediate(StringRef word) const {
  return hasWord(ImmediateWords, word);
}
bool BuiltinInfo::hasOption(StringRef word) const {
  return hasWord(OptionWords, word);
}

const BuiltinInfo &meld::component::lookupBuiltin(Builtin builtin) {
  // The enum and the table come from the same rows: the lookup cannot fail.
  return *lookupBuiltinByOpcode(static_cast<uint8_t>(builtin));
}

bool meld::component::blocks(Builtin builtin, bool isAsync) {
  StringRef when = lookupBuiltin(builtin).Blocks;
  return when == "always" || (when == "sync" && !isAsync);
}

// The core types of one word of a signature.
static SmallVector<Type> getTypes(MLIRContext *context, StringRef word,
                                  const BuiltinSignature &signature) {
  Builder b(context);
  if (word == "i64" || (word == "addr" && signature.memory64))
    return {b.getI64Type()};
  if (word == "context" && signature.context)
    return {signature.context};
  if (word == "flat")
    return flattenTaskReturn(context, signature.result, signature.memory64);
  return {b.getI32Type()};
}

FunctionType meld::component::getCoreType(MLIRContext *context, Builtin builtin,
                                          const BuiltinSignature &signature) {
  const BuiltinInfo &row = lookupBuiltin(builtin);
  auto collect = [&](StringRef words) {
    SmallVector<Type> types;
    if (!words.empty())
      for (StringRef word : llvm::split(words, ' '))
        llvm::append_range(types, getTypes(context, word, signature));
    return types;
  };
  return FunctionType::get(context, collect(row.ParamWords),
                           collect(row.ResultWords));
}

FailureOr<FunctionType> meld::component::getCoreType(Operation *definition) {
  BuiltinSignature signature;
  if (auto op = dyn_cast<ContextGetOp>(definition))
    signature.context = op.getType();
  if (auto op = dyn_cast<ContextSetOp>(definition))
    signature.context = op.getType();
  if (auto op = dyn_cast<TaskReturnOp>(definition)) {
    if (op.getPrim())
      signature.result = getPrimitive(op.getContext(), *op.getPrim());
    if (op.getType()) {
      FailureOr<Type> result = resolveType(op.getType());
      if (failed(result))
        return failure();
      signature.result = *result;
    }
  }
  Builtin builtin = cast<CanonDefinition>(definition).getBuiltin();
  return getCoreType(definition->getContext(), builtin, signature);
}
