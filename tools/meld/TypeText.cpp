//===- TypeText.cpp - Types of meld.abi in the style of WIT ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeText.h"

#include "meld/Support/Limits.h"
#include "meld/Support/Names.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace meld;
using llvm::raw_ostream;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

static void write(const Value &type, raw_ostream &os);

/// `a: u32`, or `b(u8)` for a case of a variant, or only the label.
static void writeMember(const Value &member, bool isCase, raw_ostream &os) {
  const Array *pair = member.getAsArray();
  if (!pair || pair->size() != 2)
    return write(member, os);
  os << escapeText((*pair)[0].getAsString().value_or("?"));
  if ((*pair)[1].kind() == Value::Null)
    return;
  os << (isCase ? "(" : ": ");
  write((*pair)[1], os);
  os << (isCase ? ")" : "");
}

static void writeMembers(StringRef word, const Array &members,
                         raw_ostream &os) {
  os << word << " { ";
  llvm::ListSeparator comma;
  for (const Value &member : members) {
    os << comma;
    writeMember(member, word == "variant", os);
  }
  os << " }";
}

/// `tuple<a, b>`; of a result, what is absent at the end is left out.
static void writeArguments(StringRef word, const Array &types,
                           raw_ostream &os) {
  size_t count = types.size();
  while (count && word == "result" && types[count - 1].kind() == Value::Null)
    --count;
  os << word;
  if (!count)
    return;
  os << '<';
  llvm::ListSeparator comma;
  for (size_t i = 0; i < count; ++i) {
    os << comma;
    types[i].kind() == Value::Null ? void(os << '_') : write(types[i], os);
  }
  os << '>';
}

static void writeConstructor(StringRef word, const Value &of,
                             const Object &type, raw_ostream &os) {
  const Array *several = of.getAsArray();
  if (several && (word == "tuple" || word == "result" || word == "map"))
    return writeArguments(word, *several, os);
  if (several)
    return writeMembers(word, *several, os);
  os << word;
  if (of.kind() == Value::Null)
    return;
  os << '<';
  write(of, os);
  if (auto length = type.getInteger("length"))
    os << ", " << *length;
  os << '>';
}

static void write(const Value &type, raw_ostream &os) {
  if (os.tell() > limits::printedType)
    return;
  if (auto name = type.getAsString()) {
    os << escapeText(*name);
    return;
  }
  static constexpr StringRef words[] = {
      "list",   "record", "tuple",  "variant", "enum", "flags", "option",
      "result", "map",    "stream", "future",  "own",  "borrow"};
  if (const Object *object = type.getAsObject())
    for (StringRef word : words)
      if (const Value *of = object->get(word))
        return writeConstructor(word, *of, *object, os);
  std::string text;
  llvm::raw_string_ostream(text) << type;
  os << escapeText(text);
}

std::string driver::typeText(const Value &type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  write(type, os);
  if (text.size() > limits::printedType)
    text += "...";
  return text;
}
