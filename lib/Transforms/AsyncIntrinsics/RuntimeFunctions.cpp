//===- RuntimeFunctions.cpp - signatures of the guest runtime ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuntimeFunctions.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace meld::lowering;

namespace {
/// A row of Functions.def; types are its words.
struct Row {
  StringLiteral name, result, parameters;
};
} // namespace

static constexpr Row rows[] = {
#define MELD_RT_FUNCTION(RESULT, NAME, PARAMETERS)                             \
  {#NAME, #RESULT, #PARAMETERS},
#include "meld/Runtime/Functions.def"
};

/// The types in a text such as `(I32, I64)`.
static SmallVector<Type> getTypes(Builder &b, StringRef text) {
  SmallVector<StringRef> words;
  text.trim("()").split(words, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  return llvm::map_to_vector(words, [&](StringRef word) -> Type {
    return word.trim() == "I64" ? b.getI64Type() : b.getI32Type();
  });
}

static const Row *findRow(StringRef name) {
  return llvm::find_if(rows, [&](const Row &row) { return row.name == name; });
}

bool meld::lowering::isRuntimeFunction(StringRef name) {
  return findRow(name) != std::end(rows);
}

FunctionType meld::lowering::getRuntimeFunctionType(MLIRContext *context,
                                                    StringRef name) {
  Builder b(context);
  const Row *row = findRow(name);
  assert(row != std::end(rows) && "a function of Functions.def");
  SmallVector<Type> results;
  if (row->result != "VOID")
    results = getTypes(b, row->result);
  return b.getFunctionType(getTypes(b, row->parameters), results);
}
