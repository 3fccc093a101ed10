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

/// The bytes in front of a heap type.
enum : uint8_t { RefCode = 0x64, RefNullCode = 0x63 };

/// A reference to a heap type that is no type of the module has a short form
/// where it may be null.
static void writeReference(bool nullable, std::optional<uint32_t> defined,
                           uint8_t abstract, ByteWriter &out) {
  if (!nullable || defined)
    out.byte(nullable ? RefNullCode : RefCode);
  if (defined)
    out.s(*defined);
  else
    out.byte(abstract);
}

void meld::wasm::writeValueType(Type type, ByteWriter &out,
                                TypeIndex typeIndex) {
  auto ref = dyn_cast<RefType>(type);
  if (!ref)
    return out.byte(encodingOf(type));
  std::optional<uint32_t> defined;
  if (ref.getDefined())
    defined = typeIndex(ref.getDefined());
  writeReference(ref.getNullable(), defined, ref.getAbstract(), out);
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

namespace {
/// Writes definitions whose type indices are those of the module.
class DefinitionWriter {
public:
  explicit DefinitionWriter(ByteWriter &out) : out(out) {}

  void definition(const core::SubType &type);

private:
  void value(core::ValType type) {
    if (!type.isRef())
      return out.byte(uint8_t(type.bits()));
    core::HeapType heap = type.heap();
    bool isConcrete = heap.isConcrete();
    writeReference(type.isNullable(),
                   isConcrete ? std::optional(heap.index()) : std::nullopt,
                   isConcrete ? 0 : uint8_t(heap.abstract()), out);
  }
  void field(core::FieldType type) {
    value(type.storage);
    out.byte(type.mut);
  }

  ByteWriter &out;
};
} // namespace

void DefinitionWriter::definition(const core::SubType &type) {
  if (!type.isFinal || type.super) {
    out.byte(type.isFinal ? 0x4f : 0x50);
    out.u(type.super ? 1 : 0);
    if (type.super)
      out.u(*type.super);
  }
  switch (type.kind) {
  case core::SubType::Cont:
    out.byte(0x5d);
    return out.s(type.function);
  case core::SubType::Array:
    out.byte(0x5e);
    return field(type.fields.front());
  case core::SubType::Struct:
    out.byte(0x5f);
    out.u(type.fields.size());
    for (core::FieldType each : type.fields)
      field(each);
    return;
  case core::SubType::Func:
    out.byte(0x60);
    for (ArrayRef<core::ValType> list : {type.params, type.results}) {
      out.u(list.size());
      for (core::ValType each : list)
        value(each);
    }
    return;
  }
}

void meld::wasm::writeGroup(RecGroupAttr group, uint32_t first, ByteWriter &out,
                            TypeIndex typeIndex) {
  if (group.size() > 1) {
    out.byte(0x4e);
    out.u(group.size());
  }
  auto number = [&](uint32_t local) {
    return local < group.size() ? first + local
                                : typeIndex(group.resolve(local));
  };
  DefinitionWriter writer(out);
  llvm::BumpPtrAllocator storage;
  for (uint32_t i = 0; i < group.size(); ++i)
    writer.definition(core::renumber(group.get(i, storage), number, storage));
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
