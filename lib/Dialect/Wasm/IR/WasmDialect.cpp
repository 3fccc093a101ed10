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
/// attributes are written would declare a second, empty resource.
struct Bytecode : VersionedBytecode {
  using VersionedBytecode::VersionedBytecode;

  enum Kind : uint64_t { ModuleBytes = 0 };

  LogicalResult writeAttribute(Attribute attribute,
                               DialectBytecodeWriter &writer) const override {
    auto bytes = dyn_cast<ModuleBytesAttr>(attribute);
    if (!bytes)
      return failure();
    writer.writeVarInt(ModuleBytes);
    writer.writeResourceHandle(bytes.getHandle());
    return success();
  }
  Attribute readAttribute(DialectBytecodeReader &reader) const override {
    uint64_t kind;
    if (failed(reader.readVarInt(kind)))
      return {};
    if (kind != ModuleBytes)
      return reader.emitError() << "unknown wasm attribute kind " << kind,
             Attribute();
    FailureOr<BlobHandle> handle = reader.readResourceHandle<BlobHandle>();
    if (failed(handle))
      return {};
    return ModuleBytesAttr::get(getContext(), *handle);
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
