//===- GeneratedModule.cpp - a function in a definition's place -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GeneratedModule.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

GeneratedModule::GeneratedModule(SymbolTable &symbols, Operation *anchor,
                                 StringRef hint)
    : anchor(anchor) {
  OpBuilder b(anchor->getContext());
  module = wasm::ModuleOp::create(b, anchor->getLoc(), hint);
  SymbolTable::setSymbolVisibility(module, SymbolTable::Visibility::Private);
  // In front of the definitions, in the order in which they are lowered: the
  // text then reads top down.
  symbols.insert(module, nextModulePosition(symbols));
}

Block::iterator GeneratedModule::nextModulePosition(SymbolTable &symbols) {
  Block &body = cast<RootOp>(symbols.getOp()).getBody().front();
  return llvm::find_if_not(
      body, [](Operation &op) { return isa<wasm::ModuleOp>(op); });
}

FlatSymbolRefAttr GeneratedModule::import(StringRef name, Value value,
                                          Type type) {
  OpBuilder b = OpBuilder::atBlockEnd(&module.getBody().front());
  wasm::ImportOp::create(b, anchor->getLoc(), name, "", name, type);
  arguments.push_back(value);
  argumentNames.push_back(b.getStringAttr(name));
  return FlatSymbolRefAttr::get(b.getContext(), name);
}

wasm::FuncOp GeneratedModule::function(StringRef name, FunctionType type) {
  OpBuilder b = OpBuilder::atBlockEnd(&module.getBody().front());
  auto func = wasm::FuncOp::create(b, anchor->getLoc(), name, type);
  functions.push_back(func.getSymNameAttr());
  return func;
}

SmallVector<Value> GeneratedModule::instantiate() {
  Location loc = anchor->getLoc();
  OpBuilder inside = OpBuilder::atBlockEnd(&module.getBody().front());
  for (StringAttr name : functions) {
    auto func = cast<wasm::FuncOp>(SymbolTable::lookupSymbolIn(module, name));
    wasm::ExportOp::create(inside, loc, name, FlatSymbolRefAttr::get(name),
                           TypeAttr::get(func.getFunctionType()));
  }

  OpBuilder b(anchor);
  auto value = CoreModuleOp::create(b, loc, FlatSymbolRefAttr::get(module));
  SmallVector<Value> instances;
  SmallVector<Attribute> instanceNames;
  if (!arguments.empty()) {
    instances.push_back(
        CoreBundleOp::create(b, loc, arguments, b.getArrayAttr(argumentNames)));
    instanceNames.push_back(b.getStringAttr(""));
  }
  auto instance = CoreInstantiateOp::create(b, loc, value, instances,
                                            b.getArrayAttr(instanceNames));
  return llvm::map_to_vector(functions, [&](StringAttr name) -> Value {
    return CoreAliasOp::create(b, loc, b.getType<CoreFuncSortType>(), instance,
                               name);
  });
}
