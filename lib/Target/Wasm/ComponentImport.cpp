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

LogicalResult meld::checkComponent(const llvm::MemoryBuffer &buffer,
                                   MLIRContext *context,
                                   bool asyncDestructors) {
  context->loadDialect<wasm::WasmDialect>();
  binary::ComponentView view;
  view.asyncDestructors = asyncDestructors;
  return binary::decodeComponent(buffer, context, view, /*checkBodies=*/true);
}

LogicalResult meld::importComponent(std::shared_ptr<llvm::MemoryBuffer> buffer,
                                    ModuleOp module,
                                    const ImportOptions &options) {
  MLIRContext *context = module.getContext();
  context->loadDialect<wasm::WasmDialect, component::ComponentDialect>();
  StringAttr file = binary::getFileName(*buffer, context);
  binary::ComponentView view;
  view.asyncDestructors = options.asyncDestructors;
  if (failed(
          binary::decodeComponent(*buffer, context, view, options.checkBodies)))
    return failure();
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  OperationState state(wasm::AtLoc::get(context, file, 0),
                       component::RootOp::getOperationName());
  state.addRegion()->emplaceBlock();
  state.addAttribute(
      SymbolTable::getSymbolAttrName(),
      builder.getStringAttr(rootNameOf(options, *view.root, file)));
  auto root = cast<component::RootOp>(builder.create(state));
  if (!view.root->name.empty())
    root.setLabel(view.root->name);
  root->remove();
  SymbolTable(module).insert(root, builder.getInsertionPoint());
  if (succeeded(
          binary::ComponentImporter(root, buffer, file, options).run(view)))
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
