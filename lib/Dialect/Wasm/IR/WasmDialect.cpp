//===- WasmDialect.cpp - registration and bytecode -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Support/Rules.h"

#include "meld/Support/Bytecode.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Target/Wasm/GroupWords.h"
#include "llvm/ADT/TypeSwitch.h"

#include "meld/Dialect/Wasm/IR/WasmDialect.cpp.inc"

#include "meld/Dialect/Wasm/IR/WasmEnums.cpp.inc"

#include "meld/Dialect/Wasm/IR/WasmInterfaces.cpp.inc"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

namespace {

/// The resources of the dialect: the bytes of modules.
using Blobs = ResourceBlobManagerDialectInterfaceBase<BlobHandle>;

struct Assembly : OpAsmDialectInterface {
  Assembly(Dialect *dialect, Blobs &blobs)
      : OpAsmDialectInterface(dialect), blobs(blobs) {}

  /// Groups name each other: each is printed once.
  AliasResult getAlias(Attribute attribute, raw_ostream &os) const override {
    if (!isa<RecGroupAttr>(attribute))
      return AliasResult::NoAlias;
    os << "rec";
    return AliasResult::FinalAlias;
  }

  std::string
  getResourceKey(const AsmDialectResourceHandle &handle) const override {
    return cast<BlobHandle>(handle).getKey().str();
  }
  FailureOr<AsmDialectResourceHandle>
  declareResource(StringRef key) const override {
    return blobs.insert(key);
  }
  LogicalResult parseResource(AsmParsedResourceEntry &entry) const override {
    // Two texts in one file: MLIR would give both the bytes of the last.
    auto *known = blobs.getBlobManager().lookup(entry.getKey());
    if (known && known->getBlob())
      return RuleDiag(entry.emitError(), Rule::unique_names)
             << "bytes of two modules have one name: "
             << quoted(entry.getKey());
    FailureOr<AsmResourceBlob> blob = entry.parseAsBlob();
    if (failed(blob))
      return failure();
    blobs.update(entry.getKey(), std::move(*blob));
    return success();
  }
  void buildResources(Operation *,
                      const SetVector<AsmDialectResourceHandle> &referenced,
                      AsmResourceBuilder &builder) const override {
    blobs.buildResources(builder, referenced.getArrayRef());
  }

  Blobs &blobs;
};

/// Resource handles need an encoding of their own: the text in which other
/// attributes are written would declare a second, empty resource. So do
/// recursion groups, and the types that name them: without aliases, the text of
/// groups that name each other is exponentially long.
struct Bytecode : VersionedBytecode {
  using VersionedBytecode::VersionedBytecode;

  enum Kind : uint64_t { ModuleBytes = 0, RecGroup = 1 };
  enum TypeKind : uint64_t { Defined = 0, AbstractRef = 1, DefinedRef = 2 };

  LogicalResult writeAttribute(Attribute attribute,
                               DialectBytecodeWriter &writer) const override {
    if (auto bytes = dyn_cast<ModuleBytesAttr>(attribute)) {
      writer.writeVarInt(ModuleBytes);
      writer.writeResourceHandle(bytes.getHandle());
      return success();
    }
    auto group = dyn_cast<RecGroupAttr>(attribute);
    if (!group)
      return failure();
    writer.writeVarInt(RecGroup);
    writer.writeList(group.getWords(),
                     [&](uint32_t word) { writer.writeVarInt(word); });
    writer.writeTypes(group.getOuter());
    return success();
  }

  Attribute readAttribute(DialectBytecodeReader &reader) const override {
    uint64_t kind;
    if (failed(reader.readVarInt(kind)))
      return {};
    if (kind == RecGroup)
      return readGroup(reader);
    if (kind != ModuleBytes)
      return reader.emitError() << "unknown wasm attribute kind " << kind,
             Attribute();
    FailureOr<BlobHandle> handle = reader.readResourceHandle<BlobHandle>();
    if (failed(handle))
      return {};
    return ModuleBytesAttr::get(getContext(), *handle);
  }

  /// `readList` would reserve room for as many items as the bytes claim.
  template <typename Read>
  static LogicalResult readItems(DialectBytecodeReader &reader, Read read) {
    uint64_t count;
    if (failed(reader.readVarInt(count)))
      return failure();
    for (; count; --count)
      if (failed(read()))
        return failure();
    return success();
  }

  Attribute readGroup(DialectBytecodeReader &reader) const {
    SmallVector<uint32_t> words;
    SmallVector<Type> outer;
    auto word = [&] {
      uint64_t value;
      if (failed(reader.readVarInt(value)) || value > UINT32_MAX)
        return failure();
      words.push_back(value);
      return success();
    };
    auto type = [&] { return reader.readType(outer.emplace_back()); };
    if (failed(readItems(reader, word)) || failed(readItems(reader, type)))
      return {};
    if (!core::isGroup(words, outer.size()) ||
        !llvm::all_of(outer, llvm::IsaPred<FunctionType, DefinedType>))
      return reader.emitError() << "a recursion group is malformed",
             Attribute();
    return RecGroupAttr::get(getContext(), words, outer);
  }

  LogicalResult writeType(Type type,
                          DialectBytecodeWriter &writer) const override {
    if (auto defined = dyn_cast<DefinedType>(type)) {
      writer.writeVarInt(Defined);
      writer.writeVarInt(defined.getPosition());
      writer.writeAttribute(defined.getGroup());
      return success();
    }
    auto ref = dyn_cast<RefType>(type);
    if (!ref)
      return failure();
    writer.writeVarInt(ref.getDefined() ? DefinedRef : AbstractRef);
    writer.writeVarInt(ref.getAbstract() << 1 | ref.getNullable());
    if (ref.getDefined())
      writer.writeType(ref.getDefined());
    return success();
  }

  Type readType(DialectBytecodeReader &reader) const override {
    uint64_t kind, number;
    if (failed(reader.readVarInt(kind)) || failed(reader.readVarInt(number)))
      return {};
    auto emitError = [&] { return reader.emitError(); };
    if (kind == Defined) {
      RecGroupAttr group;
      if (failed(reader.readAttribute(group)))
        return {};
      return DefinedType::getChecked(emitError, getContext(), uint32_t(number),
                                     group);
    }
    Type defined;
    if (kind != AbstractRef && kind != DefinedRef)
      return reader.emitError() << "unknown wasm type kind " << kind, Type();
    if (kind == DefinedRef && failed(reader.readType(defined)))
      return {};
    return RefType::getChecked(emitError, getContext(), uint8_t(number >> 1),
                               defined, bool(number & 1));
  }
};

} // namespace

void WasmDialect::initialize() {
  registerAttributes();
  registerTypes();
  registerModuleOps();
  registerControlOps();
  registerValueOps();
  Blobs &blobs = addInterface<Blobs>();
  addInterface<Assembly>(blobs);
  addInterfaces<Bytecode>();
}
