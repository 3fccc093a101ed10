//===- EntityTypes.cpp - Core types as bytes ------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EntityTypes.h"

#include "NumericOpcodes.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld::wasm;

Extern meld::wasm::externOf(Type entity) {
  return llvm::TypeSwitch<Type, Extern>(entity)
      .Case([](FunctionType) { return Extern::Func; })
      .Case([](TableType) { return Extern::Table; })
      .Case([](MemoryType) { return Extern::Memory; })
      .Case([](GlobalType) { return Extern::Global; })
      .Default([](Type) { return Extern::Tag; });
}

void meld::wasm::writeFunctionType(FunctionType type, ByteWriter &out) {
  out.byte(0x60);
  for (TypeRange list :
       {TypeRange(type.getInputs()), TypeRange(type.getResults())}) {
    out.u(list.size());
    for (Type value : list)
      out.byte(encodingOf(value));
  }
}

static void writeLimits(uint64_t min, std::optional<uint64_t> max,
                        uint8_t flags, ByteWriter &out) {
  out.byte(flags | (max ? 1 : 0));
  out.u(min);
  if (max)
    out.u(*max);
}

void meld::wasm::writeEntityType(
    Type entity, ByteWriter &out,
    llvm::function_ref<uint32_t(FunctionType)> typeIndex) {
  llvm::TypeSwitch<Type>(entity)
      .Case([&](FunctionType t) { out.u(typeIndex(t)); })
      .Case([&](TableType t) {
        out.byte(encodingOf(t.getElement()));
        writeLimits(t.getMin(), t.getMax(), t.getIndex64() ? 4 : 0, out);
      })
      .Case([&](MemoryType t) {
        writeLimits(t.getMin(), t.getMax(),
                    (t.getShared() ? 2 : 0) | (t.getIndex64() ? 4 : 0), out);
      })
      .Case([&](GlobalType t) {
        out.byte(encodingOf(t.getValue()));
        out.byte(t.getMut());
      })
      .Case([&](TagType t) {
        out.byte(0);
        out.u(typeIndex(t.getFunction()));
      });
}
