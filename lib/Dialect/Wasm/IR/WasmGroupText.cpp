//===- WasmGroupText.cpp - recursion groups as text -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `#wasm.rec<sub struct(mut i32, ref null 0), final 0 struct(mut i32)>`: the
// definitions of a group, which number the members of the group and then the
// types outside of it that it names.
//
//===----------------------------------------------------------------------===//

#include "HeapNames.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Support/Limits.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/Sequence.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;
using core::HeapType;
using core::SubType;
using core::ValType;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

std::optional<HeapType> wasm::heapOfName(StringRef word) {
  for (unsigned byte = HeapType::Cont; byte <= HeapType::NoCont; ++byte)
    if (std::optional<HeapType> heap = HeapType::fromByte(byte))
      if (heap->str() == word)
        return heap;
  return std::nullopt;
}

namespace {
/// Reads definitions: `sub struct(mut i32, ref null 0)`.
class DefinitionParser {
public:
  DefinitionParser(AsmParser &parser, llvm::BumpPtrAllocator &storage)
      : parser(parser), storage(storage) {}

  ParseResult parse(SubType &type);

private:
  ParseResult value(ValType &type);
  ParseResult values(ArrayRef<ValType> &list);
  ParseResult fields(ArrayRef<core::FieldType> &list);

  AsmParser &parser;
  llvm::BumpPtrAllocator &storage;
};
} // namespace

ParseResult DefinitionParser::value(ValType &type) {
  static constexpr ValType numbers[] = {
      ValType::I32,  ValType::I64, ValType::F32, ValType::F64,
      ValType::V128, ValType::I8,  ValType::I16};
  SMLoc loc = parser.getCurrentLocation();
  StringRef word;
  if (parser.parseKeyword(&word))
    return failure();
  for (ValType number : numbers)
    if (number.str() == word)
      return type = number, success();
  if (word != "ref")
    return parser.emitError(loc)
           << "expected a value type, got \"" << word << '"';
  bool nullable = succeeded(parser.parseOptionalKeyword("null"));
  uint32_t number = 0;
  loc = parser.getCurrentLocation();
  OptionalParseResult index = parser.parseOptionalInteger(number);
  if (index.has_value()) {
    if (*index || number >= limits::items)
      return parser.emitError(loc)
             << "the number of a type is below " << limits::items;
    type = ValType::ref(HeapType::concrete(number), nullable);
    return success();
  }
  loc = parser.getCurrentLocation();
  if (parser.parseKeyword(&word))
    return failure();
  std::optional<HeapType> heap = heapOfName(word);
  if (!heap)
    return parser.emitError(loc)
           << "expected a heap type, got \"" << word << '"';
  type = ValType::ref(*heap, nullable);
  return success();
}

ParseResult DefinitionParser::values(ArrayRef<ValType> &list) {
  SmallVector<ValType> found;
  auto one = [&] { return value(found.emplace_back()); };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, one))
    return failure();
  list = ArrayRef<ValType>(found).copy(storage);
  return success();
}

ParseResult DefinitionParser::fields(ArrayRef<core::FieldType> &list) {
  SmallVector<core::FieldType> found;
  auto one = [&] {
    core::FieldType &field = found.emplace_back();
    field.mut = succeeded(parser.parseOptionalKeyword("mut"));
    return value(field.storage);
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, one))
    return failure();
  list = ArrayRef<core::FieldType>(found).copy(storage);
  return success();
}

ParseResult DefinitionParser::parse(SubType &type) {
  type.isFinal = failed(parser.parseOptionalKeyword("sub"));
  if (type.isFinal && parser.parseKeyword("final"))
    return failure();
  uint32_t super;
  OptionalParseResult hasSuper = parser.parseOptionalInteger(super);
  if (hasSuper.has_value()) {
    if (*hasSuper)
      return failure();
    type.super = super;
  }
  SMLoc loc = parser.getCurrentLocation();
  StringRef kind;
  if (parser.parseKeyword(&kind))
    return failure();
  if (kind == "func") {
    type.kind = SubType::Func;
    return failure(values(type.params) || parser.parseArrow() ||
                   values(type.results));
  }
  if (kind == "cont") {
    type.kind = SubType::Cont;
    return parser.parseInteger(type.function);
  }
  type.kind = kind == "struct" ? SubType::Struct : SubType::Array;
  if (kind != "struct" && kind != "array")
    return parser.emitError(loc)
           << "expected `func`, `struct`, `array` or `cont`, got \"" << kind
           << '"';
  if (fields(type.fields))
    return failure();
  if (type.kind == SubType::Array && type.fields.size() != 1)
    return parser.emitError(loc) << "an array has one element type";
  return success();
}

ParseResult wasm::parseDefinitions(AsmParser &parser,
                                   AsmParser::Delimiter delimiter,
                                   llvm::BumpPtrAllocator &storage,
                                   SmallVectorImpl<SubType> &group) {
  DefinitionParser one(parser, storage);
  return parser.parseCommaSeparatedList(
      delimiter, [&] { return one.parse(group.emplace_back()); });
}

/// Reads `<sub struct(mut i32, ref null 0), ... with types>`.
Attribute RecGroupAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  llvm::BumpPtrAllocator storage;
  SmallVector<SubType> group;
  SmallVector<Type> outer;
  if (parser.parseLess() ||
      parseDefinitions(parser, AsmParser::Delimiter::None, storage, group) ||
      (succeeded(parser.parseOptionalKeyword("with")) &&
       parser.parseCommaSeparatedList(
           [&] { return parser.parseType(outer.emplace_back()); })) ||
      parser.parseGreater())
    return {};
  uint32_t size = group.size(), named = size;
  bool isOrdered = true;
  for (auto [i, type] : llvm::enumerate(group)) {
    core::eachTypeIndex(type,
                        [&](uint32_t n) { named = std::max(named, n + 1); });
    isOrdered &= !type.super || *type.super >= size || *type.super < i;
  }
  if (!isOrdered || named > size + outer.size() ||
      !llvm::all_of(outer, llvm::IsaPred<FunctionType, DefinedType>)) {
    parser.emitError(loc)
        << "a definition names another one of the group, or a "
           "type after `with`; a supertype stands before it";
    return {};
  }
  // Equal types have one number; so the order in which they are named counts,
  // not that of the text.
  DenseMap<Type, uint32_t> firsts;
  for (auto [i, type] : llvm::enumerate(outer))
    firsts.try_emplace(type, i);
  auto canonical = [&](uint32_t number) {
    return firsts.lookup(outer[number - size]);
  };
  return RecGroupAttr::get(parser.getContext(),
                           core::structureOf(group, 0, canonical),
                           [&](uint32_t number) { return outer[number]; });
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

static void printValue(AsmPrinter &printer, ValType type) {
  if (type.isRef())
    printer << "ref " << (type.isNullable() ? "null " : "")
            << type.heap().str();
  else
    printer << type.str();
}

static void printDefinition(AsmPrinter &printer, const SubType &type) {
  static constexpr StringLiteral kinds[] = {"func", "struct", "array", "cont"};
  printer << (type.isFinal ? "final " : "sub ");
  if (type.super)
    printer << *type.super << ' ';
  printer << kinds[type.kind];
  auto values = [&](ArrayRef<ValType> list) {
    printer << '(';
    llvm::interleaveComma(list, printer.getStream(),
                          [&](ValType each) { printValue(printer, each); });
    printer << ')';
  };
  if (type.kind == SubType::Cont) {
    printer << ' ' << type.function;
  } else if (type.kind == SubType::Func) {
    values(type.params);
    printer << " -> ";
    values(type.results);
  } else {
    printer << '(';
    llvm::interleaveComma(type.fields, printer.getStream(),
                          [&](core::FieldType field) {
                            printer << (field.mut ? "mut " : "");
                            printValue(printer, field.storage);
                          });
    printer << ')';
  }
}

void wasm::printDefinitions(AsmPrinter &printer, ArrayRef<SubType> group) {
  llvm::interleaveComma(group, printer.getStream(), [&](const SubType &type) {
    printDefinition(printer, type);
  });
}

void RecGroupAttr::print(AsmPrinter &printer) const {
  printer << '<';
  llvm::BumpPtrAllocator storage;
  printDefinitions(printer, llvm::map_to_vector(
                                llvm::seq<uint32_t>(0, size()),
                                [&](uint32_t i) { return get(i, storage); }));
  if (!getOuter().empty()) {
    printer << " with ";
    llvm::interleaveComma(getOuter(), printer.getStream(),
                          [&](Type type) { printer << type; });
  }
  printer << '>';
}
