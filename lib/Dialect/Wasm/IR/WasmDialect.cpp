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

/// The function type that `type` is a reference to, or null.
FunctionType functionOf(Type type) {
  auto ref = dyn_cast<RefType>(type);
  return ref ? dyn_cast_if_present<FunctionType>(ref.getDefined())
             : FunctionType();
}

/// Whether `function`, which may be null, has values that refer to functions.
bool namesFunction(FunctionType function) {
  return function && (llvm::any_of(function.getInputs(), functionOf) ||
                      llvm::any_of(function.getResults(), functionOf));
}

/// Whether `function`, which may be null, has an alias.
bool isPrintedOnce(FunctionType function) {
  constexpr size_t longest = 32;
  return function &&
         (namesFunction(function) ||
          function.getNumInputs() + function.getNumResults() > longest);
}

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

  /// So do function types, by references: one that names others or is long is
  /// printed once, and so is a reference to it. What else there is has a short
  /// text, and is read where it stands.
  AliasResult getAlias(Type type, raw_ostream &os) const override {
    if (isPrintedOnce(dyn_cast<FunctionType>(type)))
      os << "func";
    else if (isPrintedOnce(functionOf(type)))
      os << "ref";
    else
      return AliasResult::NoAlias;
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
/// recursion groups, and all types that may name them or function types:
/// without aliases, the text of types that name each other is exponentially
/// long.
struct Bytecode : VersionedBytecode {
  using VersionedBytecode::VersionedBytecode;

  enum Kind : uint64_t { ModuleBytes = 0, RecGroup = 1 };
  enum TypeKind : uint64_t {
    Defined,
    AbstractRef,
    DefinedRef,
    Global,
    Table,
    Tag
  };

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
    if (auto tag = dyn_cast<TagType>(type)) {
      writer.writeVarInt(Tag);
      writer.writeVarInt(0);
      writer.writeType(tag.getFunction());
      return success();
    }
    if (auto global = dyn_cast<GlobalType>(type)) {
      writer.writeVarInt(Global);
      writer.writeVarInt(global.getMut());
      writer.writeType(global.getValue());
      return success();
    }
    if (auto table = dyn_cast<TableType>(type)) {
      writer.writeVarInt(Table);
      writer.writeVarInt(bool(table.getMax()) << 1 | table.getIndex64());
      writer.writeType(table.getElement());
      writer.writeVarInt(table.getMin());
      writer.writeVarInt(table.getMax().value_or(0));
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
    if (kind >= Global && kind <= Tag)
      return readEntity(reader, TypeKind(kind), number);
    if (kind != AbstractRef && kind != DefinedRef)
      return reader.emitError() << "unknown wasm type kind " << kind, Type();
    if (kind == DefinedRef && failed(reader.readType(defined)))
      return {};
    return RefType::getChecked(emitError, getContext(), uint8_t(number >> 1),
                               defined, bool(number & 1));
  }

  Type readEntity(DialectBytecodeReader &reader, TypeKind kind,
                  uint64_t flags) const {
    auto emitError = [&] { return reader.emitError(); };
    Type named;
    uint64_t min, max;
    if (failed(reader.readType(named)))
      return {};
    if (kind == Tag)
      return TagType::getChecked(emitError, getContext(), named);
    if (kind == Global)
      return GlobalType::getChecked(emitError, getContext(), named,
                                    bool(flags & 1));
    if (failed(reader.readVarInt(min)) || failed(reader.readVarInt(max)))
      return {};
    return TableType::getChecked(emitError, getContext(), min,
                                 flags & 2 ? std::optional<uint64_t>(max)
                                           : std::nullopt,
                                 named, bool(flags & 1));
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
