//===- WasmDefinedTypes.cpp - types that modules define ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

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
// RefType
//===----------------------------------------------------------------------===//

/// The abstract heap type that the text format calls `word`.
static std::optional<HeapType> heapOfName(StringRef word) {
  for (unsigned byte = HeapType::Cont; byte <= HeapType::NoCont; ++byte)
    if (std::optional<HeapType> heap = HeapType::fromByte(byte))
      if (heap->str() == word)
        return heap;
  return std::nullopt;
}

LogicalResult RefType::verify(function_ref<InFlightDiagnostic()> emitError,
                              uint8_t abstract, Type defined, bool nullable) {
  if (defined) {
    if (!isa<FunctionType, DefinedType>(defined))
      return emitError() << "a reference is to a heap type, not to " << defined;
    if (auto function = dyn_cast<FunctionType>(defined))
      for (Type each : llvm::concat<const Type>(function.getInputs(),
                                                function.getResults()))
        if (!isValueType(each))
          return emitError() << "a reference is to a function of core values, "
                                "not of "
                             << each;
    return success();
  }
  std::optional<HeapType> heap = HeapType::fromByte(abstract);
  if (!heap)
    return emitError() << "no heap type has the code " << unsigned(abstract);
  if (nullable && (*heap == HeapType::Func || *heap == HeapType::Extern ||
                   *heap == HeapType::Exn))
    return emitError() << "the reference that may be null is `!wasm."
                       << heap->str() << "ref`";
  return success();
}

Type RefType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  bool nullable = succeeded(parser.parseOptionalKeyword("null"));
  uint8_t abstract = 0;
  Type defined;
  StringRef word;
  if (succeeded(parser.parseOptionalKeyword(&word))) {
    std::optional<HeapType> heap = heapOfName(word);
    if (!heap)
      return parser.emitError(loc)
                 << "expected a heap type, got \"" << word << '"',
             Type();
    abstract = heap->abstract();
  } else if (parser.parseType(defined)) {
    return {};
  }
  if (parser.parseGreater())
    return {};
  return parser.getChecked<RefType>(loc, parser.getContext(), abstract, defined,
                                    nullable);
}

void RefType::print(AsmPrinter &printer) const {
  printer << '<' << (getNullable() ? "null " : "");
  if (getDefined())
    printer << getDefined();
  else
    printer << HeapType::fromByte(getAbstract())->str();
  printer << '>';
}

//===----------------------------------------------------------------------===//
// DefinedType
//===----------------------------------------------------------------------===//

LogicalResult DefinedType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  uint32_t position, RecGroupAttr group) {
  if (position < group.size())
    return success();
  return emitError() << "a group of " << group.size() << " types has no type "
                     << position;
}

SubType::Kind DefinedType::getKind() const {
  llvm::BumpPtrAllocator storage;
  return getGroup().get(getPosition(), storage).kind;
}

Type DefinedType::getSuper() const {
  llvm::BumpPtrAllocator storage;
  SubType type = getGroup().get(getPosition(), storage);
  return type.super ? getGroup().resolve(*type.super) : Type();
}

FunctionType DefinedType::getSignature() const {
  llvm::BumpPtrAllocator storage;
  SubType type = getGroup().get(getPosition(), storage);
  if (type.kind != SubType::Func)
    return {};
  SmallVector<Type> params, results;
  for (ValType each : type.params)
    params.push_back(getGroup().resolve(each));
  for (ValType each : type.results)
    results.push_back(getGroup().resolve(each));
  return FunctionType::get(getContext(), params, results);
}

bool wasm::isFunctionType(Type type) {
  auto defined = dyn_cast<DefinedType>(type);
  return isa<FunctionType>(type) ||
         (defined && defined.getKind() == SubType::Func);
}

FunctionType wasm::signatureOf(Type type) {
  if (auto defined = dyn_cast_if_present<DefinedType>(type))
    return defined.getSignature();
  return dyn_cast_if_present<FunctionType>(type);
}

//===----------------------------------------------------------------------===//
// RecGroupAttr
//===----------------------------------------------------------------------===//

RecGroupAttr RecGroupAttr::get(MLIRContext *context,
                               const core::TypeGroup &group,
                               function_ref<Type(uint32_t)> type) {
  SmallVector<Type> outer;
  for (uint32_t number : group.outer)
    outer.push_back(type(number));
  return get(context, ArrayRef<uint32_t>(group.words), outer);
}

SubType RecGroupAttr::get(uint32_t position,
                          llvm::BumpPtrAllocator &storage) const {
  return core::definitionOf(getWords(), position, storage);
}

Type RecGroupAttr::resolve(uint32_t number) const {
  return number < size() ? DefinedType::get(getContext(), number, *this)
                         : getOuter()[number - size()];
}

Type RecGroupAttr::resolve(ValType type) const {
  MLIRContext *context = getContext();
  if (type.isPacked())
    return IntegerType::get(context, type == ValType::I8 ? 8 : 16);
  if (type.isRef() && type.heap().isConcrete())
    return RefType::get(context, resolve(type.heap().index()),
                        type.isNullable());
  return valueTypeOf(context, type);
}

Type wasm::valueTypeOf(MLIRContext *context, ValType type) {
  if (type.isRef()) {
    HeapType::Abstract heap = type.heap().abstract();
    if (type.isNullable() && heap == HeapType::Func)
      return FuncRefType::get(context);
    if (type.isNullable() && heap == HeapType::Extern)
      return ExternRefType::get(context);
    if (type.isNullable() && heap == HeapType::Exn)
      return ExnRefType::get(context);
    return RefType::get(context, heap, type.isNullable());
  }
  switch (type.bits()) {
  case ValType::I32:
    return IntegerType::get(context, 32);
  case ValType::I64:
    return IntegerType::get(context, 64);
  case ValType::F32:
    return Float32Type::get(context);
  case ValType::F64:
    return Float64Type::get(context);
  default:
    return V128Type::get(context);
  }
}

//===----------------------------------------------------------------------===//
// Text of recursion groups
//===----------------------------------------------------------------------===//

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
