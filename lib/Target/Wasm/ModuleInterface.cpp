//===- ModuleInterface.cpp - What a module needs ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModuleInterface.h"
#include "CoreTypes.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include "mlir/IR/Builders.h"

using namespace meld;
using namespace meld::wasm;
using namespace mlir;

namespace {
/// Makes the imports and exports of a module as ops.
class InterfaceBuilder {
public:
  InterfaceBuilder(const core::ModuleView &view, wasm::ModuleOp module,
                   StringAttr file)
      : view(view), file(file),
        builder(OpBuilder::atBlockEnd(&module.getBody().front())),
        convert(module.getContext()) {}

  std::optional<ReadError> build();

private:
  /// The type of an entity; an error where the dialect has none.
  Type entity(core::ExternKind kind, uint32_t index, uint64_t at,
              StringRef name);
  Location place(uint64_t offset) {
    return AtLoc::get(builder.getContext(), file, offset);
  }

  const core::ModuleView &view;
  StringAttr file;
  OpBuilder builder;
  CoreTypeConverter convert;
  std::optional<ReadError> error;
};
} // namespace

std::optional<ReadError> InterfaceBuilder::build() {
  if ((error = convert.enter(view)))
    return error;
  for (const core::ImportDef &def : view.imports)
    if (Type type = entity(def.kind, def.index, def.at, def.name))
      ImportOp::create(builder, place(def.at), "", def.module, def.name, type);
  for (const core::ExportDef &def : view.exports)
    if (Type type = entity(def.kind, def.index, def.at, def.name))
      ExportOp::create(builder, place(def.at), def.name, FlatSymbolRefAttr(),
                       type);
  return error;
}

Type InterfaceBuilder::entity(core::ExternKind kind, uint32_t index,
                              uint64_t at, StringRef name) {
  if (error)
    return {};
  Type type = convert.entity(view, kind, index);
  if (!type)
    error =
        ReadError{Rule::unsupported_feature, at,
                  ("the type of the " + Twine(core::stringifyExternKind(kind)) +
                   " " + quoted(name) + " cannot be imported yet")
                      .str()};
  return type;
}

std::optional<ReadError> wasm::declareInterface(wasm::ModuleOp module,
                                                ArrayRef<uint8_t> bytes,
                                                StringAttr file,
                                                uint64_t base) {
  core::ModuleView view;
  if (std::optional<ReadError> error = core::readModule(bytes, view, base))
    return error;
  if (std::optional<ReadError> error =
          core::validateModule(view, {/*bodies=*/false}))
    return error;
  return declareInterface(module, view, file);
}

std::optional<ReadError> wasm::declareInterface(wasm::ModuleOp module,
                                                const core::ModuleView &view,
                                                StringAttr file) {
  return InterfaceBuilder(view, module, file).build();
}
