//===- Json.cpp - JSON from files that others wrote -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/Json.h"

/// Whether brackets outside of strings are nested no deeper than `jsonNesting`.
static bool isShallow(llvm::StringRef text) {
  unsigned depth = 0;
  bool isString = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (isString && c == '\\')
      ++i;
    else if (c == '"')
      isString = !isString;
    else if (isString)
      continue;
    else if ((c == '[' || c == '{') && ++depth > meld::jsonNesting)
      return false;
    else if ((c == ']' || c == '}') && depth)
      --depth;
  }
  return true;
}

llvm::Expected<llvm::json::Value> meld::parseJson(llvm::StringRef text) {
  if (!isShallow(text))
    return llvm::createStringError("brackets are nested too deep");
  return llvm::json::parse(text);
}
