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
#include "llvm/Support/SaveAndRestore.h"
#include "llvm/Support/raw_ostream.h"

using namespace meld;
using llvm::raw_ostream;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

const Value *driver::findShared(const Value &type, const Array *shared,
                                size_t &count) {
  const Object *object = type.getAsObject();
  const Value *position = object ? object->get("shared") : nullptr;
  if (!position)
    return &type;
  std::optional<int64_t> number = position->getAsInteger();
  if (!shared || !number || *number < 0 || size_t(*number) >= count)
    return nullptr;
  count = *number;
  return &(*shared)[count];
}

namespace {
class TypePrinter {
public:
  TypePrinter(const Array *shared, raw_ostream &os)
      : shared(shared), count(shared ? shared->size() : 0), os(os) {}
  void write(const Value &type);

private:
  void writeMember(const Value &member, bool isCase);
  void writeMembers(StringRef word, const Array &members);
  void writeArguments(StringRef word, const Array &types);
  void writeConstructor(StringRef word, const Value &of, const Object &type);

  const Array *shared;
  size_t count; // of the shared types that may be referred to
  raw_ostream &os;
};
} // namespace

/// `a: u32`, or `b(u8)` for a case of a variant, or only the label.
void TypePrinter::writeMember(const Value &member, bool isCase) {
  const Array *pair = member.getAsArray();
  if (!pair || pair->size() != 2)
    return write(member);
  os << escapeText((*pair)[0].getAsString().value_or("?"));
  if ((*pair)[1].kind() == Value::Null)
    return;
  os << (isCase ? "(" : ": ");
  write((*pair)[1]);
  os << (isCase ? ")" : "");
}

void TypePrinter::writeMembers(StringRef word, const Array &members) {
  os << word << " { ";
  llvm::ListSeparator comma;
  for (const Value &member : members) {
    os << comma;
    writeMember(member, word == "variant");
  }
  os << " }";
}

/// `tuple<a, b>`; of a result, what is absent at the end is left out.
void TypePrinter::writeArguments(StringRef word, const Array &types) {
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
    types[i].kind() == Value::Null ? void(os << '_') : write(types[i]);
  }
  os << '>';
}

void TypePrinter::writeConstructor(StringRef word, const Value &of,
                                   const Object &type) {
  const Array *several = of.getAsArray();
  if (several && (word == "tuple" || word == "result" || word == "map"))
    return writeArguments(word, *several);
  if (several)
    return writeMembers(word, *several);
  os << word;
  if (of.kind() == Value::Null)
    return;
  os << '<';
  write(of);
  if (auto length = type.getInteger("length"))
    os << ", " << *length;
  os << '>';
}

void TypePrinter::write(const Value &type) {
  if (os.tell() > limits::printedType)
    return;
  llvm::SaveAndRestore restore(count);
  if (const Value *found = driver::findShared(type, shared, count);
      found != &type)
    return found ? write(*found) : void(os << "?");
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
        return writeConstructor(word, *of, *object);
  std::string text;
  llvm::raw_string_ostream(text) << type;
  os << escapeText(text);
}

std::string driver::typeText(const Value &type, const Array *shared) {
  std::string text;
  llvm::raw_string_ostream os(text);
  TypePrinter(shared, os).write(type);
  if (text.size() > limits::printedType)
    text += "...";
  return text;
}
