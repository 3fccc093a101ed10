//===- WasmDefinedTypes.cpp - types that modules define ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
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
// RefType
//===----------------------------------------------------------------------===//

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
