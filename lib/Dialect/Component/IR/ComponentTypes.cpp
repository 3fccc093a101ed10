//===- ComponentTypes.cpp - sorts and value types -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Component/IR/Component.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld::component;

#define GET_TYPEDEF_CLASSES
#include "meld/Dialect/Component/IR/ComponentTypes.cpp.inc"

void ComponentDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "meld/Dialect/Component/IR/ComponentTypes.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Keywords
//===----------------------------------------------------------------------===//

namespace {

template <typename... Types> struct KeywordTable {
  static Type lookup(MLIRContext *context, StringRef keyword) {
    Type found;
    ((keyword == Types::getMnemonic() ? void(found = Types::get(context))
                                      : void()),
     ...);
    return found;
  }
  static StringRef lookup(Type type) {
    StringRef found;
    ((isa<Types>(type) ? void(found = Types::getMnemonic()) : void()), ...);
    return found;
  }
};

using Sorts =
    KeywordTable<FuncSortType, ValueSortType, TypeSortType, ComponentSortType,
                 InstanceSortType, CoreFuncSortType, CoreTableSortType,
                 CoreMemorySortType, CoreGlobalSortType, CoreTagSortType,
                 CoreTypeSortType, CoreModuleSortType, CoreInstanceSortType>;

using Primitives =
    KeywordTable<BoolType, S8Type, U8Type, S16Type, U16Type, S32Type, U32Type,
                 S64Type, U64Type, F32Type, F64Type, CharType, StringType,
                 ErrorContextType>;

} // namespace

Type meld::component::getSort(MLIRContext *context, StringRef keyword) {
  return Sorts::lookup(context, keyword);
}
StringRef meld::component::getSortKeyword(Type type) {
  return Sorts::lookup(type);
}
Type meld::component::getPrimitive(MLIRContext *context, StringRef keyword) {
  return Primitives::lookup(context, keyword);
}
StringRef meld::component::getPrimitiveKeyword(Type type) {
  return Primitives::lookup(type);
}

//===----------------------------------------------------------------------===//
// Types inside types: `u8`, `stream<u8>`, or any type in full
//===----------------------------------------------------------------------===//

static Type parseFormer(AsmParser &p, StringRef keyword) {
  using Parser = Type (*)(AsmParser &);
  auto parser = llvm::StringSwitch<Parser>(keyword)
                    .Case("record", RecordType::parse)
                    .Case("variant", VariantType::parse)
                    .Case("tuple", ValueTupleType::parse)
                    .Case("flags", FlagsType::parse)
                    .Case("enum", EnumType::parse)
                    .Case("list", ListType::parse)
                    .Case("option", OptionType::parse)
                    .Case("result", ResultType::parse)
                    .Case("map", MapType::parse)
                    .Case("own", OwnType::parse)
                    .Case("borrow", BorrowType::parse)
                    .Case("stream", StreamType::parse)
                    .Case("future", FutureType::parse)
                    .Default(nullptr);
  return parser ? parser(p) : Type();
}

// A value type; where `none` is given, the keyword `none` is the null type.
static ParseResult parseInner(AsmParser &p, Type &type, bool none = false) {
  StringRef keyword;
  SMLoc place = p.getCurrentLocation();
  if (failed(p.parseOptionalKeyword(&keyword)))
    return p.parseType(type);
  if (none && keyword == "none")
    return success();
  type = getPrimitive(p.getContext(), keyword);
  if (!type)
    type = parseFormer(p, keyword);
  if (type)
    return success();
  return p.emitError(place, "expected a value type, found `") << keyword << "`";
}

static void printInner(AsmPrinter &p, Type type) {
  if (!type)
    p << "none";
  else if (!isa<ComponentDialect>(type.getDialect()))
    p << type;
  else if (failed(p.printAlias(type))) // see TypeEncoding.cpp
    (void)generatedTypePrinter(type, p);
}

static ParseResult parseLabel(AsmParser &p,
                              SmallVectorImpl<StringAttr> &names) {
  std::string name;
  if (p.parseKeywordOrString(&name))
    return failure();
  names.push_back(StringAttr::get(p.getContext(), name));
  return success();
}

// `a: u32, b: string`; where `cases`, the type may be absent.
static ParseResult parseLabelled(AsmParser &p, AsmParser::Delimiter delimiter,
                                 SmallVectorImpl<StringAttr> &names,
                                 SmallVectorImpl<Type> &types, bool cases) {
  return p.parseCommaSeparatedList(delimiter, [&]() -> ParseResult {
    if (parseLabel(p, names))
      return failure();
    Type &type = types.emplace_back();
    if (cases && failed(p.parseOptionalColon()))
      return success();
    return failure((!cases && p.parseColon()) || parseInner(p, type));
  });
}

static void printLabelled(AsmPrinter &p, ArrayRef<StringAttr> names,
                          ArrayRef<Type> types) {
  llvm::interleaveComma(llvm::zip_equal(names, types), p, [&](auto pair) {
    p.printKeywordOrString(std::get<0>(pair).getValue());
    if (Type type = std::get<1>(pair)) {
      p << ": ";
      printInner(p, type);
    }
  });
}

//===----------------------------------------------------------------------===//
// Aggregates
//===----------------------------------------------------------------------===//

template <typename T> static Type parseFields(AsmParser &p, bool cases) {
  SmallVector<StringAttr> names;
  SmallVector<Type> types;
  if (parseLabelled(p, AsmParser::Delimiter::LessGreater, names, types, cases))
    return {};
  return T::get(p.getContext(), names, types);
}

template <typename T> static void printFields(AsmPrinter &p, T type) {
  p << '<';
  printLabelled(p, type.getNames(), type.getTypes());
  p << '>';
}

template <typename T> static Type parseLabels(AsmParser &p) {
  SmallVector<StringAttr> names;
  auto parseOne = [&] { return parseLabel(p, names); };
  if (p.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater, parseOne))
    return {};
  return T::get(p.getContext(), names);
}

template <typename T> static void printLabels(AsmPrinter &p, T type) {
  p << '<';
  llvm::interleaveComma(type.getNames(), p, [&](StringAttr name) {
    p.printKeywordOrString(name.getValue());
  });
  p << '>';
}

Type RecordType::parse(AsmParser &p) {
  return parseFields<RecordType>(p, /*cases=*/false);
}
void RecordType::print(AsmPrinter &p) const { printFields(p, *this); }

Type VariantType::parse(AsmParser &p) {
  return parseFields<VariantType>(p, /*cases=*/true);
}
void VariantType::print(AsmPrinter &p) const { printFields(p, *this); }

Type FlagsType::parse(AsmParser &p) { return parseLabels<FlagsType>(p); }
void FlagsType::print(AsmPrinter &p) const { printLabels(p, *this); }

Type EnumType::parse(AsmParser &p) { return parseLabels<EnumType>(p); }
void EnumType::print(AsmPrinter &p) const { printLabels(p, *this); }

Type ValueTupleType::parse(AsmParser &p) {
  SmallVector<Type> types;
  auto parseOne = [&] { return parseInner(p, types.emplace_back()); };
  if (p.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater, parseOne))
    return {};
  return ValueTupleType::get(p.getContext(), types);
}
void ValueTupleType::print(AsmPrinter &p) const {
  p << '<';
  llvm::interleaveComma(getTypes(), p, [&](Type type) { printInner(p, type); });
  p << '>';
}

Type ListType::parse(AsmParser &p) {
  Type element;
  uint32_t length = 0;
  if (p.parseLess() || parseInner(p, element) ||
      (succeeded(p.parseOptionalComma()) && p.parseInteger(length)) ||
      p.parseGreater())
    return {};
  return ListType::get(p.getContext(), element, length);
}
void ListType::print(AsmPrinter &p) const {
  p << '<';
  printInner(p, getElement());
  if (getLength())
    p << ", " << getLength();
  p << '>';
}

//===----------------------------------------------------------------------===//
// One or two types in brackets
//===----------------------------------------------------------------------===//

template <typename T> static Type parseOne(AsmParser &p, bool none) {
  Type type;
  if (p.parseLess() || parseInner(p, type, none) || p.parseGreater())
    return {};
  return T::get(p.getContext(), type);
}

static void printOne(AsmPrinter &p, Type type) {
  p << '<';
  printInner(p, type);
  p << '>';
}

template <typename T> static Type parseTwo(AsmParser &p, bool none) {
  Type first, second;
  if (p.parseLess() || parseInner(p, first, none) || p.parseComma() ||
      parseInner(p, second, none) || p.parseGreater())
    return {};
  return T::get(p.getContext(), first, second);
}

static void printTwo(AsmPrinter &p, Type first, Type second) {
  p << '<';
  printInner(p, first);
  p << ", ";
  printInner(p, second);
  p << '>';
}

template <typename T> static Type parseHandle(AsmParser &p) {
  FlatSymbolRefAttr resource;
  if (p.parseLess() || p.parseAttribute(resource) || p.parseGreater())
    return {};
  return T::get(p.getContext(), resource);
}

Type OptionType::parse(AsmParser &p) { return parseOne<OptionType>(p, false); }
void OptionType::print(AsmPrinter &p) const { printOne(p, getElement()); }

Type StreamType::parse(AsmParser &p) { return parseOne<StreamType>(p, true); }
void StreamType::print(AsmPrinter &p) const { printOne(p, getElement()); }

Type FutureType::parse(AsmParser &p) { return parseOne<FutureType>(p, true); }
void FutureType::print(AsmPrinter &p) const { printOne(p, getElement()); }

Type ResultType::parse(AsmParser &p) { return parseTwo<ResultType>(p, true); }
void ResultType::print(AsmPrinter &p) const {
  printTwo(p, getOk(), getError());
}

Type MapType::parse(AsmParser &p) { return parseTwo<MapType>(p, false); }
void MapType::print(AsmPrinter &p) const { printTwo(p, getKey(), getValue()); }

Type OwnType::parse(AsmParser &p) { return parseHandle<OwnType>(p); }
void OwnType::print(AsmPrinter &p) const { p << '<' << getResource() << '>'; }

Type BorrowType::parse(AsmParser &p) { return parseHandle<BorrowType>(p); }
void BorrowType::print(AsmPrinter &p) const {
  p << '<' << getResource() << '>';
}

//===----------------------------------------------------------------------===//
// Functions: `<async (n: u32) -> stream<u8>>`
//===----------------------------------------------------------------------===//

Type FuncType::parse(AsmParser &p) {
  SmallVector<StringAttr> names;
  SmallVector<Type> params;
  Type result;
  if (p.parseLess())
    return {};
  bool isAsync = succeeded(p.parseOptionalKeyword("async"));
  if (parseLabelled(p, AsmParser::Delimiter::Paren, names, params,
                    /*cases=*/false) ||
      (succeeded(p.parseOptionalArrow()) && parseInner(p, result)) ||
      p.parseGreater())
    return {};
  return FuncType::get(p.getContext(), isAsync, names, params, result);
}

void FuncType::print(AsmPrinter &p) const {
  p << (getAsync() ? "<async (" : "<(");
  printLabelled(p, getNames(), getParams());
  p << ')';
  if (getResult()) {
    p << " -> ";
    printInner(p, getResult());
  }
  p << '>';
}
