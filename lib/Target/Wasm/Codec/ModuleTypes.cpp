//===- ModuleTypes.cpp - Reads the types of a core module -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModuleReader.h"
#include "TypeCodes.h"
#include "meld/Support/Rules.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;
using llvm::Twine;

void ModuleReader::typeSection() {
  vector("vector of types", [&] { recursionGroup(); });
}

void ModuleReader::recursionGroup() {
  uint32_t start = view.types.size();
  if (in.peek() != uint8_t(RecCode))
    return subType(start, 1);
  in.byte();
  uint64_t at = in.offset();
  uint32_t size = in.count("recursion group");
  if (start + uint64_t(size) > limits::items)
    in.fail(Rule::input_limit, at,
            "more than " + Twine(limits::items) + " types");
  for (uint32_t n = size; n && !in.failed(); --n)
    subType(start, size);
}

void core::readRecursionGroup(ByteReader &in, ModuleView &view) {
  ModuleReader(in, view).recursionGroup();
}

void ModuleReader::subType(uint32_t groupStart, uint32_t groupSize) {
  SubType type;
  type.at = in.offset();
  type.groupStart = groupStart;
  type.groupSize = groupSize;
  uint8_t code = in.peek().value_or(0);
  if (code == SubCode || code == SubFinalCode) {
    in.byte();
    type.isFinal = code == SubFinalCode;
    uint64_t at = in.offset();
    uint32_t supers = in.count("vector of supertypes");
    if (supers > 1)
      in.fail(Rule::subtype, at,
              "a type has at most one supertype, found " + Twine(supers));
    if (supers == 1)
      type.super = in.u32("type index");
  }
  compositeType(type);
  view.types.push_back(type);
}

void ModuleReader::compositeType(SubType &type) {
  uint64_t at = in.offset();
  switch (uint8_t code = in.byte("core type")) {
  case FuncCode:
    type.kind = SubType::Func;
    type.params = valueTypes("parameters");
    type.results = valueTypes("results");
    return;
  case StructCode: {
    type.kind = SubType::Struct;
    llvm::SmallVector<FieldType> fields;
    for (uint32_t n = in.count("fields", limits::labels); n && !in.failed();
         --n)
      fields.push_back(types.fieldType());
    type.fields = keep(ArrayRef<FieldType>(fields));
    return;
  }
  case ArrayCode: {
    type.kind = SubType::Array;
    FieldType element = types.fieldType();
    type.fields = keep(ArrayRef<FieldType>(element));
    return;
  }
  case ContCode: {
    type.kind = SubType::Cont;
    uint64_t indexAt = in.offset();
    int64_t index = in.s33("type index");
    if (index < 0)
      in.fail(Rule::unknown_code, indexAt,
              "the type of a continuation is the index of a function type");
    type.function = uint32_t(index);
    return;
  }
  default:
    in.fail(Rule::unknown_code, at,
            "no core type has the code 0x" +
                llvm::utohexstr(code, /*LowerCase=*/true));
  }
}

ArrayRef<ValType> ModuleReader::valueTypes(const char *what) {
  llvm::SmallVector<ValType> list;
  for (uint32_t n = in.count(what, limits::parameters); n && !in.failed(); --n)
    list.push_back(types.valueType());
  return keep(ArrayRef<ValType>(list));
}
