//===- DefinedTypes.cpp - Canonical core types and subtyping ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/DefinedTypes.h"
#include "llvm/ADT/STLExtras.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;

HeapType::Abstract core::aboveAll(SubType::Kind kind) {
  switch (kind) {
  case SubType::Func:
    return HeapType::Func;
  case SubType::Struct:
    return HeapType::Struct;
  case SubType::Array:
    return HeapType::Array;
  case SubType::Cont:
    return HeapType::Cont;
  }
  return HeapType::Func;
}

HeapType::Abstract core::belowAll(SubType::Kind kind) {
  return kind == SubType::Func   ? HeapType::NoFunc
         : kind == SubType::Cont ? HeapType::NoCont
                                 : HeapType::None;
}

bool core::matchesAbstract(HeapType::Abstract sub, HeapType::Abstract super) {
  if (sub == super)
    return true;
  switch (sub) {
  case HeapType::None:
    return super == HeapType::I31 || super == HeapType::Struct ||
           super == HeapType::Array || super == HeapType::Eq ||
           super == HeapType::Any;
  case HeapType::I31:
  case HeapType::Struct:
  case HeapType::Array:
    return super == HeapType::Eq || super == HeapType::Any;
  case HeapType::Eq:
    return super == HeapType::Any;
  case HeapType::NoFunc:
    return super == HeapType::Func;
  case HeapType::NoExtern:
    return super == HeapType::Extern;
  case HeapType::NoExn:
    return super == HeapType::Exn;
  case HeapType::NoCont:
    return super == HeapType::Cont;
  default:
    return false;
  }
}

bool DefinedTypes::matches(HeapType sub, HeapType super) const {
  if (sub == super || sub == HeapType(HeapType::Unknown))
    return true;
  if (sub.isConcrete() && super.isConcrete()) {
    for (uint32_t type = sub.index(); types[type].super;)
      if ((type = *types[type].super) == super.index())
        return true;
    return false;
  }
  if (sub.isConcrete())
    return matchesAbstract(aboveAll(types[sub.index()].kind), super.abstract());
  if (super.isConcrete())
    return sub.abstract() == belowAll(types[super.index()].kind);
  return matchesAbstract(sub.abstract(), super.abstract());
}

bool DefinedTypes::matchesRef(ValType sub, ValType super) const {
  return sub.isRef() && super.isRef() &&
         (super.isNullable() || !sub.isNullable()) &&
         matches(sub.heap(), super.heap());
}

bool DefinedTypes::matches(ArrayRef<ValType> sub,
                           ArrayRef<ValType> super) const {
  return sub.size() == super.size() &&
         llvm::all_of(llvm::zip(sub, super), [&](auto pair) {
           return matches(std::get<0>(pair), std::get<1>(pair));
         });
}

bool DefinedTypes::matches(FieldType sub, FieldType super) const {
  if (sub.mut != super.mut)
    return false;
  return sub.mut ? sub.storage == super.storage
                 : matches(sub.storage, super.storage);
}

bool DefinedTypes::matchesFunction(const SubType &sub,
                                   const SubType &super) const {
  return matches(super.params, sub.params) &&
         matches(sub.results, super.results);
}

bool DefinedTypes::matchesStructure(const SubType &sub,
                                    const SubType &super) const {
  if (sub.kind != super.kind)
    return false;
  switch (sub.kind) {
  case SubType::Func:
    return matchesFunction(sub, super);
  case SubType::Struct:
  case SubType::Array:
    return sub.fields.size() >= super.fields.size() &&
           llvm::all_of(llvm::zip(sub.fields, super.fields), [&](auto pair) {
             return matches(std::get<0>(pair), std::get<1>(pair));
           });
  case SubType::Cont:
    return matches(HeapType::concrete(sub.function),
                   HeapType::concrete(super.function));
  }
  return false;
}
