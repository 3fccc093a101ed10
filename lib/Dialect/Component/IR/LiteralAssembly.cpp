//===- LiteralAssembly.cpp - the text of value definitions ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A value is stored as the bytes of the binary format, and shown by its type:
// `component.value %point {x: 1, y: 2}`. The type is looked up where it is
// defined: in the same component, around it, or in what an instance is of.
// Where that is not known, where a variant has more than a thousand cases, or
// where a writer would choose other bytes, the bytes are shown:
// `component.value %t bytes "\00"`.
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "LiteralTypes.h"
#include "meld/Support/Limits.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/LEB128.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

namespace {
/// Prints what `LiteralReader` tells.
class LiteralPrinter : public LiteralVisitor {
public:
  explicit LiteralPrinter(OpAsmPrinter &p) : p(p) {}

  void word(StringRef text) override { p << text; }
  void label(StringRef text) override {
    // `bytes "..."` is a value by its bytes.
    text == "bytes" ? p.printString(text) : p.printKeywordOrString(text);
  }
  void integer(const llvm::APSInt &value) override { p << value; }
  void number(const APFloat &value) override { p.printFloat(value); }
  void string(StringRef text) override { p.printString(text); }

private:
  OpAsmPrinter &p;
};
} // namespace

static TypeUse useOf(Value type, StringAttr prim) {
  return {type, prim ? prim.getValue() : StringRef()};
}

/// Whether the bytes are those that the text of them is read as.
static bool isReadable(const LiteralType &type, StringRef bytes) {
  ByteReader in(ArrayRef(bytes.bytes_begin(), bytes.size()));
  LiteralVisitor nobody;
  LiteralReader reader(in, nobody);
  reader.read(type);
  return !in.failed() && in.atEnd() && reader.isCanonical();
}

void component::printLiteral(OpAsmPrinter &p, Operation *, Value type,
                             StringAttr prim, StringAttr bytes) {
  LiteralTypes types;
  LiteralType root(types, useOf(type, prim));
  printValType(p, nullptr, type, prim);
  p << ' ';
  if (!isReadable(root, bytes)) {
    p << "bytes " << bytes;
    return;
  }
  ByteReader in(ArrayRef(bytes.getValue().bytes_begin(), bytes.size()));
  LiteralPrinter printer(p);
  LiteralReader(in, printer).read(root);
}

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

namespace {
/// Reads the text of a value and encodes it.
class LiteralParser {
public:
  LiteralParser(OpAsmParser &p, llvm::raw_ostream &out) : p(p), out(out) {}

  ParseResult parse(const LiteralType &type);

private:
  ParseResult scalar(LiteralKind kind);
  ParseResult integer(unsigned bits, bool isSigned);
  ParseResult floating(const llvm::fltSemantics &semantics);
  ParseResult text(bool isChar);
  ParseResult record(const LiteralType &type);
  ParseResult tuple(const LiteralType &type);
  ParseResult list(const LiteralType &type);
  ParseResult flags(const LiteralType &type);
  ParseResult chosen(const LiteralType &type);
  ParseResult option(const LiteralType &type);
  ParseResult result(const LiteralType &type);
  /// A payload in parentheses where the type has one.
  ParseResult payload(const LiteralType &type, size_t index);
  ParseResult part(const LiteralType &type, size_t index);
  /// A label of the type, as its number.
  FailureOr<size_t> label(const LiteralType &type);

  OpAsmParser &p;
  llvm::raw_ostream &out;
  unsigned depth = 0;
};
} // namespace

ParseResult LiteralParser::integer(unsigned bits, bool isSigned) {
  SMLoc place = p.getCurrentLocation();
  APInt value;
  OptionalParseResult found = p.parseOptionalInteger(value);
  if (!found.has_value())
    return p.emitError(place, "expected an integer");
  if (failed(*found))
    return failure();
  unsigned needed =
      isSigned ? value.getSignificantBits() : value.getActiveBits();
  if (needed > bits || (!isSigned && value.isNegative()))
    return p.emitError(place, "expected ")
           << (isSigned ? "a signed" : "an unsigned") << " integer of " << bits
           << " bits";
  value = value.sextOrTrunc(64);
  if (bits == 8)
    out << static_cast<char>(value.getZExtValue());
  else if (isSigned)
    llvm::encodeSLEB128(value.getSExtValue(), out);
  else
    llvm::encodeULEB128(value.getZExtValue(), out);
  return success();
}

ParseResult LiteralParser::floating(const llvm::fltSemantics &semantics) {
  APFloat value(semantics);
  if (p.parseFloat(semantics, value))
    return failure();
  uint64_t bits = value.bitcastToAPInt().getZExtValue();
  for (unsigned i = 0; i != APFloat::getSizeInBits(semantics); i += 8)
    out << static_cast<char>(bits >> i);
  return success();
}

ParseResult LiteralParser::text(bool isChar) {
  SMLoc place = p.getCurrentLocation();
  std::string text;
  if (p.parseString(&text))
    return failure();
  const auto *begin = reinterpret_cast<const llvm::UTF8 *>(text.data());
  const llvm::UTF8 *cursor = begin;
  bool isUtf8 = llvm::isLegalUTF8String(&cursor, begin + text.size());
  if (!isUtf8 || (isChar && (text.empty() || llvm::getNumBytesForUTF8(
                                                 begin[0]) != text.size())))
    return p.emitError(place, isChar ? "expected one scalar value in UTF-8"
                                     : "expected UTF-8");
  if (!isChar)
    llvm::encodeULEB128(text.size(), out);
  out << text;
  return success();
}

ParseResult LiteralParser::scalar(LiteralKind kind) {
  switch (kind) {
  case LiteralKind::Bool: {
    bool isTrue = succeeded(p.parseOptionalKeyword("true"));
    if (!isTrue && p.parseKeyword("false"))
      return failure();
    out << char(isTrue);
    return success();
  }
  case LiteralKind::F32:
    return floating(APFloat::IEEEsingle());
  case LiteralKind::F64:
    return floating(APFloat::IEEEdouble());
  case LiteralKind::Char:
  case LiteralKind::String:
    return text(kind == LiteralKind::Char);
  default: {
    // s8, u8, s16, ...
    unsigned ordinal = unsigned(kind) - unsigned(LiteralKind::S8);
    return integer(8 << (ordinal / 2), ordinal % 2 == 0);
  }
  }
}

FailureOr<size_t> LiteralParser::label(const LiteralType &type) {
  SMLoc place = p.getCurrentLocation();
  std::string text;
  if (p.parseKeywordOrString(&text))
    return failure();
  for (size_t i = 0; i != type.size(); ++i)
    if (type.label(i) == text)
      return i;
  p.emitError(place, "expected a label of the type, found \"") << text << '"';
  return failure();
}

ParseResult LiteralParser::part(const LiteralType &type, size_t index) {
  if (std::optional<LiteralType> inner = type.part(index))
    return parse(*inner);
  return p.emitError(p.getCurrentLocation(),
                     "the type of a value is not known here");
}

ParseResult LiteralParser::payload(const LiteralType &type, size_t index) {
  if (!type.part(index))
    return success();
  return failure(p.parseLParen() || part(type, index) || p.parseRParen());
}

ParseResult LiteralParser::record(const LiteralType &type) {
  size_t index = 0;
  auto field = [&]() -> ParseResult {
    SMLoc place = p.getCurrentLocation();
    std::string name;
    if (p.parseKeywordOrString(&name) || p.parseColon())
      return failure();
    if (index == type.size() || type.label(index) != name)
      return p.emitError(place, "expected the fields of the type in its order, "
                                "found \"")
             << name << '"';
    return part(type, index++);
  };
  SMLoc place = p.getCurrentLocation();
  if (p.parseCommaSeparatedList(AsmParser::Delimiter::Braces, field))
    return failure();
  return index == type.size()
             ? success()
             : p.emitError(place, "expected ") << type.size() << " fields";
}

ParseResult LiteralParser::tuple(const LiteralType &type) {
  if (p.parseLParen())
    return failure();
  for (size_t i = 0; i != type.size(); ++i)
    if ((i && p.parseComma()) || part(type, i))
      return failure();
  return p.parseRParen();
}

ParseResult LiteralParser::list(const LiteralType &type) {
  SmallVector<char> bytes;
  llvm::raw_svector_ostream elements(bytes);
  LiteralParser inner(p, elements);
  inner.depth = depth;
  size_t count = 0;
  if (p.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
        ++count;
        return inner.part(type, 0);
      }))
    return failure();
  llvm::encodeULEB128(count, out);
  out << elements.str();
  return success();
}

ParseResult LiteralParser::flags(const LiteralType &type) {
  SmallVector<char> bytes((type.size() + 7) / 8);
  if (p.parseCommaSeparatedList(AsmParser::Delimiter::Braces,
                                [&]() -> ParseResult {
                                  FailureOr<size_t> flag = label(type);
                                  if (failed(flag))
                                    return failure();
                                  bytes[*flag / 8] |= 1 << (*flag % 8);
                                  return success();
                                }))
    return failure();
  out << StringRef(bytes.data(), bytes.size());
  return success();
}

ParseResult LiteralParser::chosen(const LiteralType &type) {
  FailureOr<size_t> index = label(type);
  if (failed(index))
    return failure();
  llvm::encodeULEB128(*index, out);
  return type.kind() == LiteralKind::Variant ? payload(type, *index)
                                             : success();
}

ParseResult LiteralParser::option(const LiteralType &type) {
  bool isSome = failed(p.parseOptionalKeyword("none"));
  out << char(isSome);
  if (!isSome)
    return success();
  return failure(p.parseKeyword("some") || payload(type, 0));
}

ParseResult LiteralParser::result(const LiteralType &type) {
  bool isError = failed(p.parseOptionalKeyword("ok"));
  if (isError && p.parseKeyword("error"))
    return failure();
  out << char(isError);
  return payload(type, isError);
}

ParseResult LiteralParser::parse(const LiteralType &type) {
  using Form = ParseResult (LiteralParser::*)(const LiteralType &);
  // From LiteralKind::Record on.
  static constexpr Form forms[] = {
      &LiteralParser::record, &LiteralParser::chosen, &LiteralParser::list,
      &LiteralParser::tuple,  &LiteralParser::flags,  &LiteralParser::chosen,
      &LiteralParser::option, &LiteralParser::result};
  SMLoc place = p.getCurrentLocation();
  if (depth == limits::nesting)
    return p.emitError(place, "values nest deeper than ") << limits::nesting;
  if (type.kind() == LiteralKind::None)
    return p.emitError(place, "expected `bytes`: the type is not known here, "
                              "or its values cannot be written");
  if (type.kind() < LiteralKind::Record)
    return scalar(type.kind());
  ++depth;
  ParseResult parsed =
      (this->*forms[unsigned(type.kind()) - unsigned(LiteralKind::Record)])(
          type);
  --depth;
  return parsed;
}

ParseResult component::parseLiteral(OpAsmParser &p, MaybeOperand &type,
                                    StringAttr &prim, StringAttr &bytes) {
  if (parseValType(p, type, prim))
    return failure();
  if (succeeded(p.parseOptionalKeyword("bytes"))) {
    std::string text;
    if (p.parseString(&text))
      return failure();
    bytes = p.getBuilder().getStringAttr(text);
    return success();
  }
  // The definition in front; the op itself resolves its operand once more.
  SmallVector<Value> resolved;
  if (type &&
      p.resolveOperand(*type, TypeSortType::get(p.getContext()), resolved))
    return failure();
  LiteralTypes types;
  LiteralType root(types,
                   useOf(resolved.empty() ? Value() : resolved.front(), prim));
  SmallVector<char> encoded;
  llvm::raw_svector_ostream out(encoded);
  if (LiteralParser(p, out).parse(root))
    return failure();
  bytes = p.getBuilder().getStringAttr(out.str());
  return success();
}
