//===- LowerRemarks.cpp - what becomes of a lower, in words -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerRemarks.h"

#include "../AsyncIntrinsics/EdgeMemory.h"
#include "CallBody.h"
#include "FunctionTypes.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Dialect/Component/IR/SymbolUses.h"
#include "meld/Support/Names.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

LowerRemarks::LowerRemarks(SymbolTable &symbols)
    : symbols(symbols), calls(symbols.getOp()->getContext(), "lower-calls"),
      resources(symbols.getOp()->getContext(), "lower-resources") {}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

static std::string callOf(StringRef lower, StringRef callee) {
  return quoted(lower) + " calls " + quoted(callee);
}

/// What is known of the callee, and who it is: "of instance "p"".
static FuncType getCallee(Operation *op, std::string &owner) {
  if (auto lifted = dyn_cast_if_present<LiftedOp>(op)) {
    owner = " of " + quoted(lifted.getInstance());
    return lifted.getFuncType();
  }
  if (auto task = dyn_cast_if_present<async_intrinsic::TaskTypeOp>(op)) {
    owner = " of " + quoted(task.getInstance());
    return dyn_cast<FuncType>(task.getFunctionType());
  }
  owner = " of the host";
  auto host = dyn_cast_if_present<HostFuncOp>(op);
  return host ? host.getFuncType() : FuncType();
}

void LowerRemarks::about(Operation *op) const {
  if (!calls.areHeard())
    return;
  if (auto lowered = dyn_cast<LoweredOp>(op))
    return aboutLowered(lowered);
  auto lower = dyn_cast<LowerOp>(op);
  if (!lower)
    return;
  FailureOr<FuncType> type = resolveFunctionType(lower.getFunction());
  if (failed(type))
    return calls.missed(op->getLoc(), "left", "", [] {
      return "stays a lower: the type of its function depends on an import, "
             "which is known behind --component-flatten";
    });
  if (!isFlatCall(*type, lower.getAsync()))
    return calls.missed(op->getLoc(), "left", "", [] {
      return "stays a lower: its values lie in memory, and which memory the "
             "other side has is known behind --component-flatten";
    });
}

void LowerRemarks::aboutLowered(LoweredOp op) const {
  std::string owner;
  Operation *callee = symbols.lookup(op.getFunctionAttr().getAttr());
  FuncType type = getCallee(callee, owner);
  std::string call = callOf(op.getSymName(), op.getFunction()) + owner;
  Location loc = op.getLoc();
  StringRef name = op.getSymName();
  if (!type)
    return calls.missed(loc, "left", name,
                        [&] { return call + ": its type is not known"; });
  bool isDirect = !op.getAsync() && !type.getAsync();
  if (!isDirect && isMemory64(symbols, op.getMemoryAttr()))
    return calls.missed(loc, "left", name, [&] {
      return call + ": stays a lower, because the record of a call that may "
                    "wait has 32-bit pointers";
    });
  if (op.getAsync())
    return calls.missed(loc, "thunks", name, [&] {
      return call + " asynchronously: the caller goes on, so arguments and "
                    "result are moved by two thunks";
    });
  if (type.getAsync())
    return calls.missed(loc, "waits", name, [&] {
      return call + " and waits: the function is of asynchronous type and may "
                    "start later, so arguments and result are moved by two "
                    "thunks";
    });
  if (isa<HostFuncOp>(callee))
    if (StringRef why = lowering::whyStaged(
            op->getParentOfType<RootOp>().getTargetOrDefault(), type,
            op.getMemoryAttr());
        !why.empty())
      return calls.missed(loc, "staged", name, [&] {
        return call +
               " with values that are moved to the program's own memory "
               "first: " +
               why.str();
      });
  calls.passed(loc, "direct", name, [&] {
    return call + (isa<HostFuncOp>(callee)
                       ? " directly: the host lifts and lowers itself"
                       : " directly: both sides are synchronous, so one "
                         "function moves the values and calls");
  });
}

//===----------------------------------------------------------------------===//
// Resources
//===----------------------------------------------------------------------===//

std::string LowerRemarks::describeDrop(CanonicalOp op,
                                       ResourceOp resource) const {
  if (!resource.getInstance())
    return "calls the host's drop of an owned handle";
  auto dtor = resource.getDtorAttr();
  if (!dtor)
    return "frees the handle and runs nothing: there is no destructor";
  std::string run = "runs the destructor " + quoted(dtor.getValue());
  return run +
         (resource.getInstanceAttr() == op.getInstanceAttr()
              ? " in its own instance"
              : " in the other instance " + quoted(*resource.getInstance()));
}

void LowerRemarks::aboutResource(CanonicalOp op) const {
  if (!resources.areHeard())
    return;
  auto own = dyn_cast_if_present<OwnType>(op.getType().value_or(Type()));
  auto resource = own ? symbols.lookup<ResourceOp>(own.getResource().getAttr())
                      : ResourceOp();
  if (!resource)
    return;
  std::string what = quoted(op.getSymName()) + " is `" +
                     lookupBuiltin(op.getBuiltin()).SpecName + "` of " +
                     quoted(resource.getSymName()) + " in " +
                     quoted(op.getInstance());
  auto say = [&](StringRef name, std::string how) {
    resources.passed(op.getLoc(), name, op.getSymName(),
                     [&] { return what + ": " + how; });
  };
  switch (op.getBuiltin()) {
  case Builtin::resource_new:
    return say("new", "adds a handle to the table of the instance");
  case Builtin::resource_rep:
    return say("rep", "looks the handle up, also where the instance may not "
                      "leave");
  case Builtin::resource_drop:
    return say("drop", describeDrop(op, resource));
  default:
    return;
  }
}
