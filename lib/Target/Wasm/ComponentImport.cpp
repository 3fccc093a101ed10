//===- ComponentImport.cpp - Component binaries into MLIR -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ComponentImport.h"
#include "ComponentImporter.h"
#include "ComponentInput.h"
#include "llvm/Support/Path.h"

using namespace meld;
using namespace mlir;

static std::string rootNameOf(const ImportOptions &options,
                              const binary::Scope &scope, StringRef file) {
  if (!options.rootName.empty())
    return options.rootName;
  if (!scope.name.empty())
    return scope.name.str();
  StringRef stem = llvm::sys::path::stem(file);
  return stem.empty() || stem == "<stdin>" ? "root" : stem.str();
}

/// The location says whether the binary names the component.
static Location rootLocOf(const binary::Scope &scope, StringAttr file) {
  Location at = wasm::AtLoc::get(file.getContext(), file, 0);
  if (scope.name.empty())
    return at;
  return NameLoc::get(StringAttr::get(file.getContext(), scope.name), at);
}

LogicalResult meld::checkComponent(const llvm::MemoryBuffer &buffer,
                                   MLIRContext *context) {
  context->loadDialect<wasm::WasmDialect>();
  binary::ComponentView view;
  return binary::decodeComponent(buffer, context, view, /*checkBodies=*/true);
}

LogicalResult meld::importComponent(std::shared_ptr<llvm::MemoryBuffer> buffer,
                                    ModuleOp module,
                                    const ImportOptions &options) {
  MLIRContext *context = module.getContext();
  context->loadDialect<wasm::WasmDialect, component::ComponentDialect>();
  StringAttr file = binary::getFileName(*buffer, context);
  binary::ComponentView view;
  if (failed(
          binary::decodeComponent(*buffer, context, view, options.checkBodies)))
    return failure();
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  OperationState state(rootLocOf(*view.root, file),
                       component::RootOp::getOperationName());
  state.addRegion()->emplaceBlock();
  state.addAttribute(
      SymbolTable::getSymbolAttrName(),
      builder.getStringAttr(rootNameOf(options, *view.root, file)));
  auto root = cast<component::RootOp>(builder.create(state));
  root->remove();
  SymbolTable(module).insert(root, builder.getInsertionPoint());
  if (succeeded(binary::ComponentImporter(root, buffer, file, options)
                    .run(*view.root)))
    return success();
  root.erase();
  return failure();
}

OwningOpRef<ModuleOp>
meld::importComponent(std::shared_ptr<llvm::MemoryBuffer> buffer,
                      MLIRContext *context, const ImportOptions &options) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(context));
  if (failed(importComponent(std::move(buffer), *module, options)))
    return nullptr;
  return module;
}
