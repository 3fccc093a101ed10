//===- EdgeResources.cpp - resources that the host knows --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EdgeResources.h"

#include "Frame.h"
#include "Rewrapped.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::lowering;

static std::string getDropName(StringRef resource) {
  return ("[resource-drop]" + resource).str();
}

static FunctionType getDropType(MLIRContext *context) {
  Builder types(context);
  return types.getFunctionType(types.getI32Type(), {});
}

//===----------------------------------------------------------------------===//
// What the host is told
//===----------------------------------------------------------------------===//

void EdgeResources::add(FuncType type) {
  TypeAttr::get(type).walk([&](Type inner) {
    FlatSymbolRefAttr name;
    if (auto own = dyn_cast<OwnType>(inner))
      name = own.getResource();
    else if (auto borrow = dyn_cast<BorrowType>(inner))
      name = borrow.getResource();
    auto resource = name ? program.symbols.lookup<ResourceOp>(name.getAttr())
                         : ResourceOp();
    if (resource && described.insert(name.getAttr()).second)
      describe(resource);
  });
}

void EdgeResources::describe(ResourceOp resource) {
  bool ofHost = !resource.getInstance();
  abi.addResource(
      {resource.getSymName().str(), resource.getInterface().value_or("").str(),
       resource.getName().value_or("").str(), ofHost,
       isRewrapped(program, resource) ? getRewrappedDtorName(resource)
                                      : std::string()});
  if (!ofHost)
    exportDrop(resource);
}

void EdgeResources::exportDrop(ResourceOp resource) {
  wasm::FuncOp func = program.addFunction(program.root.getLoc(),
                                          "drop_" + resource.getSymName(),
                                          getDropType(resource.getContext()));
  Code code = Code::atEndOf(program, func);
  bool rewrapped = isRewrapped(program, resource);
  if (rewrapped)
    returnIfTaken(code);
  entry.enter(code);
  drop(code, resource, func.getArgument(0), {});
  entry.schedule(code);
  entry.leave(code);
  wasm::ReturnOp::create(code);
  program.addExport(rewrapped ? getRewrappedDtorName(resource)
                              : getDropName(resource.getSymName()),
                    FlatSymbolRefAttr::get(func));
}

FlatSymbolRefAttr EdgeResources::importDrop(ResourceOp resource) {
  FlatSymbolRefAttr &symbol = imports[resource.getSymNameAttr()];
  if (symbol)
    return symbol;
  StringRef interface = resource.getInterface().value_or("");
  OpBuilder b(program.root.getContext());
  symbol = program.add(
      wasm::ImportOp::create(
          b, resource.getLoc(), ("drop_" + resource.getSymName()).str(),
          interface.empty() ? "$root" : interface,
          getDropName(resource.getName().value_or(resource.getSymName())),
          getDropType(resource.getContext())),
      /*first=*/true);
  if (described.insert(resource.getSymNameAttr()).second)
    describe(resource);
  return symbol;
}

//===----------------------------------------------------------------------===//
// Drops
//===----------------------------------------------------------------------===//

/// A call of the destructor, which is a lift of synchronous type in the
/// instance of the resource, or a function of the host. An instance may call
/// its own. The host may drop while it was called itself.
void EdgeResources::destroy(Code &code, ResourceOp resource,
                            FlatSymbolRefAttr caller, Value rep) {
  FlatSymbolRefAttr home = resource.getInstanceAttr();
  if (!home) {
    entry.callHost(code, importDrop(resource), rep);
    return;
  }
  if (home != caller && program.reenters(caller, home))
    return code.trap(TrapKind::CannotEnter);
  Frame frame(code, caller, home, entry.canNest());
  code.call(resource.getDtorAttr(), rep);
  frame.restore(code);
}

void EdgeResources::drop(Code &code, ResourceOp resource, Value handle,
                         FlatSymbolRefAttr instance) {
  Value dropped = code.runtime(
      "resource_drop", {code.instance(instance), handle,
                        code.resource(FlatSymbolRefAttr::get(resource))});
  if (resource.getInstance() && !resource.getDtor())
    return;
  Value owned =
      code.compare(wasm::CompareKind::ne, dropped, code.constant64(0));
  code.when(owned, [&] {
    destroy(
        code, resource, instance,
        code.convert(wasm::ConvertKind::wrap_i64, dropped, code.getI32Type()));
  });
}
