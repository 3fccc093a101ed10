//===- Numbers.cpp - numbers at the edge ------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Numbers.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::lowering;
using wasm::Width;

bool meld::lowering::isNumber(Type type) {
  return isa<BoolType, S8Type, U8Type, S16Type, U16Type, S32Type, U32Type,
             S64Type, U64Type, F32Type, F64Type, CharType>(type);
}

bool meld::lowering::hasNumbersOnly(FuncType type) {
  return type.getParams().size() <= maxFlatParams &&
         llvm::all_of(type.getParams(), isNumber) &&
         (!type.getResult() || isNumber(type.getResult()));
}

/// How much of memory a value takes; a signed number is extended by its sign.
static Width loadWidth(Type type) {
  bool isSigned = isa<S8Type, S16Type>(type);
  switch (getElementSize(type)) {
  case 1:
    return isSigned ? Width::s8 : Width::u8;
  case 2:
    return isSigned ? Width::s16 : Width::u16;
  default:
    return Width::full;
  }
}

/// A store has no sign.
static Width storeWidth(Type type) {
  Width width = loadWidth(type);
  if (width == Width::s8)
    return Width::u8;
  return width == Width::s16 ? Width::u16 : width;
}

Value meld::lowering::loadFlat(Code &code, Type type, FlatSymbolRefAttr memory,
                               Value pointer, uint32_t offset) {
  SmallVector<Type> flat;
  flattenType(type, flat);
  return wasm::LoadOp::create(code, flat.front(), memory.getValue(), pointer,
                              offset, loadWidth(type));
}

void meld::lowering::storeFlat(Code &code, Type type, Value value,
                               FlatSymbolRefAttr memory, Value pointer) {
  wasm::StoreOp::create(code, memory.getValue(), pointer, value, /*offset=*/0,
                        storeWidth(type));
}
