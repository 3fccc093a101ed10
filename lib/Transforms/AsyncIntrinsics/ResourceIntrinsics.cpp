//===- ResourceIntrinsics.cpp - handles to resources ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using component::OwnType;
using component::ResourceOp;

/// The addresses and numbers that the runtime knows an instance and a resource
/// type by.
static Value instanceOf(Code &code, FlatSymbolRefAttr instance) {
  return code.constant(code.program.records.instance(instance));
}
static Value numberOf(Code &code, FlatSymbolRefAttr resource) {
  return code.constant(code.program.records.resource(resource));
}

//===----------------------------------------------------------------------===//
// Built-ins
//===----------------------------------------------------------------------===//

/// The resource that a built-in names.
template <typename Op> static ResourceOp getResource(Program &program, Op op) {
  auto own = dyn_cast<OwnType>(op.getType());
  return own ? program.symbols.lookup<ResourceOp>(own.getResource().getAttr())
             : ResourceOp();
}

bool meld::lowering::lower(Lowering &lowering, ResourceNewOp op) {
  ResourceOp resource = getResource(lowering.program, op);
  if (!resource)
    return false;
  Code code(lowering.program, op);
  Value handle = code.runtime("resource_new",
                              {instanceOf(code, op.getInstanceAttr()),
                               numberOf(code, FlatSymbolRefAttr::get(resource)),
                               op.getRep()});
  op.replaceAllUsesWith(handle);
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, ResourceRepOp op) {
  ResourceOp resource = getResource(lowering.program, op);
  if (!resource)
    return false;
  Code code(lowering.program, op);
  Value rep = code.runtime(
      "resource_rep", {instanceOf(code, op.getInstanceAttr()), op.getHandle(),
                       numberOf(code, FlatSymbolRefAttr::get(resource))});
  op.replaceAllUsesWith(rep);
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, ResourceDropOp op) {
  ResourceOp resource = getResource(lowering.program, op);
  if (!resource)
    return false;
  Code code(lowering.program, op);
  lowering.resources.drop(code, resource, op.getHandle(), op.getInstanceAttr());
  op.erase();
  return true;
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

bool meld::lowering::lower(Lowering &lowering, ScopeBeginOp op) {
  Code code(lowering.program, op);
  op.replaceAllUsesWith(code.runtime("scope_begin", {}));
  op.erase();
  return true;
}

template <typename Op>
static bool callOn(Lowering &lowering, Op op, StringRef function) {
  Code(lowering.program, op).runtime(function, op->getOperand(0));
  op.erase();
  return true;
}

bool meld::lowering::lower(Lowering &lowering, ScopeEnterOp op) {
  return callOn(lowering, op, "scope_enter");
}
bool meld::lowering::lower(Lowering &lowering, ScopeCheckOp op) {
  return callOn(lowering, op, "scope_check");
}
bool meld::lowering::lower(Lowering &lowering, ScopeEndOp op) {
  return callOn(lowering, op, "scope_end");
}
