//===- TypeIdentities.cpp - which types of meld.abi are one ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeIdentities.h"

#include "TypeText.h"

#include "llvm/Support/raw_ostream.h"

using namespace meld::driver;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

/// A part of a type as text, objects in it as the numbers that they have. Those
/// are no text of JSON: `#3`.
std::string TypeIdentities::shallowText(const Value &part, size_t count) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (const Array *list = part.getAsArray()) {
    os << '[';
    for (const Value &each : *list)
      os << shallowText(each, count) << ',';
    os << ']';
  } else if (part.getAsObject()) {
    os << '#' << of(part, count);
  } else {
    os << part;
  }
  return text;
}

unsigned TypeIdentities::of(const Value &type, size_t count) {
  const Value *found = findShared(type, shared, count);
  if (!found) // leads nowhere, wherever it does
    return numbers.try_emplace("?", numbers.size()).first->second;
  if (auto number = known.find(found); number != known.end())
    return number->second;
  std::string text;
  if (const Object *object = found->getAsObject()) {
    llvm::SmallVector<llvm::StringRef> members;
    for (const auto &member : *object)
      members.push_back(member.first);
    llvm::sort(members);
    for (llvm::StringRef member : members)
      text +=
          (member + "=").str() + shallowText(*object->get(member), count) + ";";
  } else {
    text = shallowText(*found, count);
  }
  unsigned number = numbers.try_emplace(text, numbers.size()).first->second;
  return known[found] = number;
}
