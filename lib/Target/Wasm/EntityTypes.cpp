//===- EntityTypes.cpp - Core types as bytes ------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EntityTypes.h"

#include "NumericOpcodes.h"
#include "meld/Target/Wasm/TypeWriter.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

Extern meld::wasm::externOf(Type entity) {
  return llvm::TypeSwitch<Type, Extern>(entity)
      .Case<FunctionType, DefinedType>([](auto) { return Extern::Func; })
      .Case([](TableType) { return Extern::Table; })
      .Case([](MemoryType) { return Extern::Memory; })
      .Case([](GlobalType) { return Extern::Global; })
      .Default([](Type) { return Extern::Tag; });
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

void meld::wasm::writeValueType(Type type, ByteWriter &out,
                                TypeIndex typeIndex) {
  auto ref = dyn_cast<RefType>(type);
  if (!ref)
    return out.byte(encodingOf(type));
  core::HeapType heap =
      ref.getDefined() ? core::HeapType::concrete(typeIndex(ref.getDefined()))
                       : *core::HeapType::fromByte(ref.getAbstract());
  SmallString<8> bytes;
  llvm::raw_svector_ostream os(bytes);
  core::writeValueType(core::ValType::ref(heap, ref.getNullable()), os);
  out.raw(bytes);
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

void meld::wasm::writeFunctionType(FunctionType type, ByteWriter &out,
                                   TypeIndex typeIndex) {
  out.byte(0x60);
  for (TypeRange list :
       {TypeRange(type.getInputs()), TypeRange(type.getResults())}) {
    out.u(list.size());
    for (Type value : list)
      writeValueType(value, out, typeIndex);
  }
}

void meld::wasm::writeGroup(RecGroupAttr group, uint32_t first, ByteWriter &out,
                            TypeIndex typeIndex) {
  auto number = [&](uint32_t local) {
    return local < group.size() ? first + local
                                : typeIndex(group.resolve(local));
  };
  SmallVector<core::SubType> definitions;
  llvm::BumpPtrAllocator storage;
  for (uint32_t i = 0; i < group.size(); ++i)
    definitions.push_back(
        core::renumber(group.get(i, storage), number, storage));
  writeDefinitions(definitions, out);
}

void meld::wasm::writeDefinitions(ArrayRef<core::SubType> group,
                                  ByteWriter &out) {
  SmallString<64> bytes;
  llvm::raw_svector_ostream os(bytes);
  core::writeRecursionGroup(group, os);
  out.raw(bytes);
}

//===----------------------------------------------------------------------===//
// Entities
//===----------------------------------------------------------------------===//

static void writeLimits(uint64_t min, std::optional<uint64_t> max,
                        uint8_t flags, ByteWriter &out) {
  out.byte(flags | (max ? 1 : 0));
  out.u(min);
  if (max)
    out.u(*max);
}

void meld::wasm::writeEntityType(Type entity, ByteWriter &out,
                                 TypeIndex typeIndex) {
  llvm::TypeSwitch<Type>(entity)
      .Case<FunctionType, DefinedType>([&](auto t) { out.u(typeIndex(t)); })
      .Case([&](TableType t) {
        writeValueType(t.getElement(), out, typeIndex);
        writeLimits(t.getMin(), t.getMax(), t.getIndex64() ? 4 : 0, out);
      })
      .Case([&](MemoryType t) {
        writeLimits(t.getMin(), t.getMax(),
                    (t.getShared() ? 2 : 0) | (t.getIndex64() ? 4 : 0) |
                        (t.getBytePages() ? 8 : 0),
                    out);
        if (t.getBytePages())
          out.u(0); // the logarithm of the size
      })
      .Case([&](GlobalType t) {
        writeValueType(t.getValue(), out, typeIndex);
        out.byte(t.getMut());
      })
      .Case([&](TagType t) {
        out.byte(0);
        out.u(typeIndex(t.getFunction()));
      });
}
