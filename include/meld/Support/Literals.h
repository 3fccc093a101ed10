//===- Literals.h - The values of value definitions -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bytes of a value definition mean something by its type only (Binary.md,
// Value Definitions). The validator and the printer of the IR see types in
// different ways, so the one walk over the bytes is a template of the type:
//
//   struct Type {
//     LiteralKind kind() const;
//     size_t size() const;                   // fields, cases, labels
//     StringRef label(size_t i) const;       // of field, case or label i
//     std::optional<Type> part(size_t i) const;
//   };
//
// The parts are those of the type in its order: fields, payloads of cases, the
// element of a list or option, ok and error.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_LITERALS_H
#define MELD_SUPPORT_LITERALS_H

#include "meld/Support/ByteReader.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/StringRef.h"

namespace meld {

/// The kinds of types whose values have bytes, primitives first and in the
/// order of their codes, from 0x7f down to 0x73.
enum class LiteralKind : uint8_t {
  Bool,
  S8,
  U8,
  S16,
  U16,
  S32,
  U32,
  S64,
  U64,
  F32,
  F64,
  Char,
  String,
  Record,
  Variant,
  List,
  Tuple,
  Flags,
  Enum,
  Option,
  Result,
  /// A type whose values cannot be written, or that is not known.
  None,
};

/// The kind that a primitive's code stands for.
inline LiteralKind literalKindOf(uint8_t code) {
  return code >= 0x73 && code <= 0x7f ? static_cast<LiteralKind>(0x7f - code)
                                      : LiteralKind::None;
}

/// What is told of a value, token by token: `{a: 1, b: some("x")}`. Does
/// nothing as it is.
class LiteralVisitor {
public:
  virtual ~LiteralVisitor() = default;
  /// `true`, `none`, `(`, `, `: as it is.
  virtual void word(llvm::StringRef) {}
  /// A label, which may need quotes.
  virtual void label(llvm::StringRef) {}
  virtual void integer(const llvm::APSInt &) {}
  virtual void number(const llvm::APFloat &) {}
  /// A string or char.
  virtual void string(llvm::StringRef) {}
};

/// The tokens of literals: everything that does not depend on nested types.
class LiteralReader {
public:
  LiteralReader(ByteReader &in, LiteralVisitor &visitor)
      : in(in), visitor(visitor) {}

  /// Reads one value. An error stays in the reader, with the rule
  /// `value-literal` or that of what could not be read.
  template <typename Type> void read(const Type &type);

  /// Whether all that was read is encoded as a writer would: no long LEBs, no
  /// bits of flags beyond the labels.
  bool isCanonical() const { return canonical; }

private:
  /// One level deeper; false, after an error, if that is too deep.
  bool enter();
  void scalar(LiteralKind kind);
  void natural(uint64_t value, unsigned bits);
  void integer(int64_t value, unsigned bits);
  void floating(LiteralKind kind);
  void character();
  /// An index below `size`.
  uint32_t index(const char *what, size_t size);
  /// How many elements a list has.
  uint32_t length();
  /// 0 or 1.
  bool choice(const char *what);
  void fail(uint64_t at, const llvm::Twine &message);

  template <typename Type> void part(const Type &type, size_t index);
  template <typename Type> void payload(const Type &type, size_t index);
  template <typename Type> void fields(const Type &type);
  template <typename Type> void list(const Type &type);
  template <typename Type> void flags(const Type &type);
  template <typename Type> void result(const Type &type);

  ByteReader &in;
  LiteralVisitor &visitor;
  unsigned depth = 0;
  bool canonical = true;
};

//===----------------------------------------------------------------------===//
// Implementation
//===----------------------------------------------------------------------===//

template <typename Type>
void LiteralReader::part(const Type &type, size_t index) {
  if (std::optional<Type> inner = type.part(index))
    return read(*inner);
  fail(in.offset(), "the type of a value is not known");
}

template <typename Type>
void LiteralReader::payload(const Type &type, size_t index) {
  std::optional<Type> inner = type.part(index);
  if (!inner)
    return;
  visitor.word("(");
  read(*inner);
  visitor.word(")");
}

template <typename Type> void LiteralReader::fields(const Type &type) {
  bool labelled = type.kind() == LiteralKind::Record;
  visitor.word(labelled ? "{" : "(");
  for (size_t i = 0, e = type.size(); i != e && !in.failed(); ++i) {
    if (i)
      visitor.word(", ");
    if (labelled) {
      visitor.label(type.label(i));
      visitor.word(": ");
    }
    part(type, i);
  }
  visitor.word(labelled ? "}" : ")");
}

template <typename Type> void LiteralReader::list(const Type &type) {
  visitor.word("[");
  uint32_t count = length();
  for (uint32_t i = 0; i != count && !in.failed(); ++i) {
    if (i)
      visitor.word(", ");
    part(type, 0);
  }
  visitor.word("]");
}

template <typename Type> void LiteralReader::flags(const Type &type) {
  visitor.word("{");
  llvm::ArrayRef<uint8_t> bits = in.bytes((type.size() + 7) / 8, "flags");
  bool first = true;
  for (size_t i = 0; i != bits.size() * 8; ++i) {
    if (!(bits[i / 8] >> (i % 8) & 1))
      continue;
    if (i >= type.size()) {
      canonical = false;
      break;
    }
    if (!first)
      visitor.word(", ");
    first = false;
    visitor.label(type.label(i));
  }
  visitor.word("}");
}

template <typename Type> void LiteralReader::result(const Type &type) {
  bool isError = choice("a result");
  visitor.word(isError ? "error" : "ok");
  payload(type, isError);
}

template <typename Type> void LiteralReader::read(const Type &type) {
  if (!enter())
    return;
  switch (type.kind()) {
  case LiteralKind::Record:
  case LiteralKind::Tuple:
    fields(type);
    break;
  case LiteralKind::List:
    list(type);
    break;
  case LiteralKind::Flags:
    flags(type);
    break;
  case LiteralKind::Enum:
  case LiteralKind::Variant: {
    uint32_t chosen = index("case", type.size());
    if (in.failed())
      break;
    visitor.label(type.label(chosen));
    if (type.kind() == LiteralKind::Variant)
      payload(type, chosen);
    break;
  }
  case LiteralKind::Option:
    if (!choice("an option")) {
      visitor.word("none");
      break;
    }
    visitor.word("some(");
    part(type, 0);
    visitor.word(")");
    break;
  case LiteralKind::Result:
    result(type);
    break;
  case LiteralKind::None:
    fail(in.offset(), "values of this type have no bytes");
    break;
  default:
    scalar(type.kind());
  }
  --depth;
}

} // namespace meld

#endif // MELD_SUPPORT_LITERALS_H
