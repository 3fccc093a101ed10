//===- TypeWriter.cpp - Types of core definitions as bytes ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/TypeWriter.h"
#include "TypeCodes.h"
#include "llvm/Support/LEB128.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;
using llvm::encodeSLEB128;
using llvm::encodeULEB128;
using llvm::raw_ostream;

/// The bytes in front of a heap type.
enum : uint8_t { RefCode = 0x64, RefNullCode = 0x63 };

void core::writeValueType(ValType type, raw_ostream &out) {
  if (!type.isRef()) {
    out << char(type.bits());
    return;
  }
  HeapType heap = type.heap();
  if (!type.isNullable() || heap.isConcrete())
    out << char(type.isNullable() ? RefNullCode : RefCode);
  if (heap.isConcrete())
    encodeSLEB128(heap.index(), out);
  else
    out << char(heap.abstract());
}

static void writeValues(ArrayRef<ValType> list, raw_ostream &out) {
  encodeULEB128(list.size(), out);
  for (ValType each : list)
    writeValueType(each, out);
}

static void writeField(FieldType field, raw_ostream &out) {
  writeValueType(field.storage, out);
  out << char(field.mut);
}

static void writeSubType(const SubType &type, raw_ostream &out) {
  if (!type.isFinal || type.super) {
    out << char(type.isFinal ? SubFinalCode : SubCode);
    encodeULEB128(type.super ? 1 : 0, out);
    if (type.super)
      encodeULEB128(*type.super, out);
  }
  switch (type.kind) {
  case SubType::Cont:
    out << char(ContCode);
    encodeSLEB128(type.function, out);
    return;
  case SubType::Array:
    out << char(ArrayCode);
    return writeField(type.fields.front(), out);
  case SubType::Struct:
    out << char(StructCode);
    encodeULEB128(type.fields.size(), out);
    for (FieldType each : type.fields)
      writeField(each, out);
    return;
  case SubType::Func:
    out << char(FuncCode);
    writeValues(type.params, out);
    writeValues(type.results, out);
    return;
  }
}

void core::writeRecursionGroup(ArrayRef<SubType> group, raw_ostream &out) {
  if (group.size() != 1) {
    out << char(RecCode);
    encodeULEB128(group.size(), out);
  }
  for (const SubType &type : group)
    writeSubType(type, out);
}
