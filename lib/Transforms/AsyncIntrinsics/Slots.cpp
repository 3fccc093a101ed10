//===- Slots.cpp - the runtime's function table -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Slots.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;

void Slots::add(FlatSymbolRefAttr function) {
  functions.try_emplace(function.getAttr(), functions.size() + 1);
}

Type Slots::squareOf(Type type) {
  Type element = getElement(type);
  return component::isPlain(element) ? Type() : element;
}

void Slots::addCopy(Type type, uint32_t writer, uint32_t reader,
                    FlatSymbolRefAttr function) {
  auto &square = squares[squareOf(type)];
  square.resize(rows * rows);
  square[writer * rows + reader] = function;
}

uint32_t Slots::of(FlatSymbolRefAttr function) const {
  return function ? functions.lookup(function.getAttr()) : 0;
}

uint32_t Slots::copyBase(Type type) const {
  if (!getElement(type))
    return 0;
  auto square = squares.find(squareOf(type));
  if (square == squares.end())
    return 0;
  return 1 + functions.size() + (square - squares.begin()) * rows * rows;
}

FlatSymbolRefAttr Slots::copy(Type type, uint32_t writer,
                              uint32_t reader) const {
  auto square = squares.find(squareOf(type));
  return square == squares.end() ? FlatSymbolRefAttr()
                                 : square->second[writer * rows + reader];
}

SmallVector<FlatSymbolRefAttr> Slots::all() const {
  SmallVector<FlatSymbolRefAttr> slots(1);
  for (auto &[name, slot] : functions)
    slots.push_back(FlatSymbolRefAttr::get(name));
  for (auto &[type, square] : squares)
    llvm::append_range(slots, square);
  return slots;
}
