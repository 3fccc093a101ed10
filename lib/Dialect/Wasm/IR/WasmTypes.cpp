//===- WasmTypes.cpp - value types and entity types -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Wasm/IR/Wasm.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld::wasm;

#define GET_TYPEDEF_CLASSES
#include "meld/Dialect/Wasm/IR/WasmTypes.cpp.inc"

void WasmDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "meld/Dialect/Wasm/IR/WasmTypes.cpp.inc"
      >();
}

static bool isReference(Type type) {
  return isa<FuncRefType, ExternRefType, ExnRefType, RefType>(type);
}

bool meld::wasm::isValueType(Type type) {
  return type.isSignlessInteger(32) || type.isSignlessInteger(64) ||
         type.isF32() || type.isF64() || isa<V128Type>(type) ||
         isReference(type);
}

bool meld::wasm::isEntityType(Type type) {
  return isFunctionType(type) ||
         isa<MemoryType, TableType, GlobalType, TagType>(type);
}

FailureOr<Type> meld::wasm::parseValueType(AsmParser &parser) {
  MLIRContext *context = parser.getContext();
  StringRef word;
  SMLoc loc = parser.getCurrentLocation();
  if (succeeded(parser.parseOptionalKeyword(
          &word, {"v128", "funcref", "externref", "exnref"}))) {
    if (word == "v128")
      return Type(V128Type::get(context));
    if (word == "funcref")
      return Type(FuncRefType::get(context));
    if (word == "externref")
      return Type(ExternRefType::get(context));
    return Type(ExnRefType::get(context));
  }
  Type type;
  if (parser.parseType(type))
    return failure();
  if (!isValueType(type))
    return parser.emitError(loc) << "expected a core value type, got " << type;
  return type;
}

void meld::wasm::printValueType(AsmPrinter &printer, Type type) {
  llvm::TypeSwitch<Type>(type)
      .Case<V128Type, FuncRefType, ExternRefType, ExnRefType>(
          [&](auto own) { printer << decltype(own)::getMnemonic(); })
      .Default([&](Type builtin) { printer << builtin; });
}

//===----------------------------------------------------------------------===//
// Limits
//===----------------------------------------------------------------------===//

static LogicalResult verifyLimits(function_ref<InFlightDiagnostic()> emitError,
                                  uint64_t min, std::optional<uint64_t> max) {
  if (max && *max < min)
    return emitError() << "the maximum " << *max << " is less than the minimum "
                       << min;
  return success();
}

//===----------------------------------------------------------------------===//
// MemoryType
//===----------------------------------------------------------------------===//

Type MemoryType::getAddressType() const {
  return IntegerType::get(getContext(), getIndex64() ? 64 : 32);
}

Type TableType::getAddressType() const {
  return IntegerType::get(getContext(), getIndex64() ? 64 : 32);
}

LogicalResult MemoryType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 uint64_t min, std::optional<uint64_t> max,
                                 bool shared, bool, bool) {
  if (shared && !max)
    return emitError() << "a shared memory needs a maximum";
  return verifyLimits(emitError, min, max);
}

/// Parses `, word` items and sets the flag of each word.
static ParseResult parseFlags(AsmParser &parser,
                              ArrayRef<std::pair<StringRef, bool *>> flags) {
  do {
    StringRef word;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseKeyword(&word))
      return failure();
    const auto *flag = llvm::find_if(
        flags, [&](const auto &entry) { return entry.first == word; });
    if (flag == flags.end())
      return parser.emitError(loc) << "unexpected keyword \"" << word << '"';
    *flag->second = true;
  } while (succeeded(parser.parseOptionalComma()));
  return success();
}

/// Parses an integer if there is one.
static ParseResult parseOptionalMax(AsmParser &parser,
                                    std::optional<uint64_t> &max) {
  uint64_t value;
  OptionalParseResult result = parser.parseOptionalInteger(value);
  if (!result.has_value())
    return success();
  max = value;
  return *result;
}

Type MemoryType::parse(AsmParser &parser) {
  uint64_t min;
  std::optional<uint64_t> max;
  bool shared = false, index64 = false, bytes = false;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess() || parser.parseInteger(min))
    return {};
  if (succeeded(parser.parseOptionalComma())) {
    if (parseOptionalMax(parser, max))
      return {};
    bool flags = !max || succeeded(parser.parseOptionalComma());
    if (flags &&
        parseFlags(parser,
                   {{"shared", &shared}, {"i64", &index64}, {"bytes", &bytes}}))
      return {};
  }
  if (parser.parseGreater())
    return {};
  return parser.getChecked<MemoryType>(loc, parser.getContext(), min, max,
                                       shared, index64, bytes);
}

void MemoryType::print(AsmPrinter &printer) const {
  printer << '<' << getMin();
  if (getMax())
    printer << ", " << *getMax();
  printer << (getShared() ? ", shared" : "") << (getIndex64() ? ", i64" : "")
          << (getBytePages() ? ", bytes" : "") << '>';
}

//===----------------------------------------------------------------------===//
// TableType, GlobalType, TagType
//===----------------------------------------------------------------------===//

LogicalResult TableType::verify(function_ref<InFlightDiagnostic()> emitError,
                                uint64_t min, std::optional<uint64_t> max,
                                Type element, bool) {
  if (!isReference(element))
    return emitError() << "a table holds references, not " << element;
  return verifyLimits(emitError, min, max);
}

Type TableType::parse(AsmParser &parser) {
  uint64_t min;
  std::optional<uint64_t> max;
  bool index64 = false;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess() || parser.parseInteger(min) || parser.parseComma() ||
      parseOptionalMax(parser, max) || (max && parser.parseComma()))
    return {};
  FailureOr<Type> element = parseValueType(parser);
  if (failed(element) ||
      (succeeded(parser.parseOptionalComma()) &&
       parseFlags(parser, {{"i64", &index64}})) ||
      parser.parseGreater())
    return {};
  return parser.getChecked<TableType>(loc, parser.getContext(), min, max,
                                      *element, index64);
}

void TableType::print(AsmPrinter &printer) const {
  printer << '<' << getMin() << ", ";
  if (getMax())
    printer << *getMax() << ", ";
  printValueType(printer, getElement());
  printer << (getIndex64() ? ", i64" : "") << '>';
}

LogicalResult GlobalType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 Type value, bool) {
  if (!isValueType(value))
    return emitError() << "a global holds a core value, not " << value;
  return success();
}

Type GlobalType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  bool mut = succeeded(parser.parseOptionalKeyword("mut"));
  FailureOr<Type> value = parseValueType(parser);
  if (failed(value) || parser.parseGreater())
    return {};
  return parser.getChecked<GlobalType>(loc, parser.getContext(), *value, mut);
}

void GlobalType::print(AsmPrinter &printer) const {
  printer << '<' << (getMut() ? "mut " : "");
  printValueType(printer, getValue());
  printer << '>';
}

LogicalResult TagType::verify(function_ref<InFlightDiagnostic()> emitError,
                              Type function) {
  if (!isFunctionType(function))
    return emitError() << "a tag has a type of functions, not " << function;
  return success();
}
