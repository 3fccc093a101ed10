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
                              {code.instance(op.getInstanceAttr()),
                               code.resource(FlatSymbolRefAttr::get(resource)),
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
  Value rep = code.runtime("resource_rep",
                           {code.instance(op.getInstanceAttr()), op.getHandle(),
                            code.resource(FlatSymbolRefAttr::get(resource))});
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
  return lowerToCall(lowering, op, "scope_begin");
}

bool meld::lowering::lower(Lowering &lowering, ScopeEnterOp op) {
  return lowerToCall(lowering, op, "scope_enter");
}
bool meld::lowering::lower(Lowering &lowering, ScopeCheckOp op) {
  return lowerToCall(lowering, op, "scope_check");
}
bool meld::lowering::lower(Lowering &lowering, ScopeEndOp op) {
  return lowerToCall(lowering, op, "scope_end");
}
