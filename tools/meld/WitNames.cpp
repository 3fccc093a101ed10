//===- WitNames.cpp - names as WIT has them ---------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WitNames.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"

using namespace meld::driver;
using llvm::StringRef;

std::string wit::id(StringRef name) {
  static const llvm::StringSet<> words = {
      "as",       "async",         "bool",   "borrow", "char",    "constructor",
      "enum",     "error-context", "export", "f32",    "f64",     "flags",
      "from",     "func",          "future", "import", "include", "interface",
      "list",     "map",           "option", "own",    "package", "record",
      "resource", "result",        "s16",    "s32",    "s64",     "s8",
      "static",   "stream",        "string", "tuple",  "type",    "u16",
      "u32",      "u64",           "u8",     "use",    "variant", "with",
      "world"};
  return (words.contains(name) ? "%" : "") + name.str();
}

std::string wit::pathId(StringRef path) {
  std::string result;
  for (size_t end; (end = path.find_first_of(":/@")) != StringRef::npos;
       path = path.drop_front(end + 1)) {
    if (path[end] == '@')
      return result + id(path.take_front(end)) + path.drop_front(end).str();
    result += id(path.take_front(end)) + path[end];
  }
  return result + id(path);
}

std::pair<std::string, StringRef> wit::splitInterface(StringRef name) {
  auto [path, version] = name.split('@');
  auto [package, interface] = path.rsplit('/');
  return {(package + (version.empty() ? "" : "@") + version).str(), interface};
}
