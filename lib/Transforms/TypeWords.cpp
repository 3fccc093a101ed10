//===- TypeWords.cpp - component types in messages --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeWords.h"

#include "meld/Dialect/Component/IR/TypeLength.h"
#include "meld/Support/Limits.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace meld;

std::string meld::printable(Type type) {
  if (component::measureText(type, limits::printedType) >= limits::printedType)
    return "a type too large to print";
  std::string text;
  llvm::raw_string_ostream(text) << type;
  StringRef words = text;
  if (!words.consume_front("!component.func_type<"))
    return "'" + text + "'";
  words.consume_back(">");
  StringRef keyword = words.consume_front("async ") ? "async func" : "func";
  return ("`" + keyword + words + "`").str();
}
