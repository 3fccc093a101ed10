//===- Lowers.cpp - what becomes of `canon lower` ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowers.h"

#include "CallBody.h"
#include "FunctionTypes.h"
#include "GeneratedModule.h"
#include "LowerOnly.h"
#include "LowerRemarks.h"
#include "Thunks.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Component/IR/SymbolUses.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

using BuildBody = void (*)(ImplicitLocOpBuilder &, Block &, const LowerUse &);

static void fill(wasm::FuncOp func, const LowerUse &use, BuildBody build) {
  ImplicitLocOpBuilder b(func.getLoc(), func.getContext());
  build(b, func.getBody().front(), use);
}

//===----------------------------------------------------------------------===//
// Before flatten
//===----------------------------------------------------------------------===//

/// The type and form of a lower; its operands get symbols in a module.
static FailureOr<LowerUse> describe(LowerOp op) {
  FailureOr<FuncType> type = resolveFunctionType(op.getFunction());
  if (failed(type) || !isFlatCall(*type, op.getAsync()))
    return failure();
  // Without it the lower is invalid, which flatten says.
  if (needsMemory(*type, op.getAsync()) && !op.getMemory())
    return failure();
  LowerUse use;
  use.type = *type;
  use.async = op.getAsync();
  return use;
}

static void importOperands(GeneratedModule &module, LowerOp op, LowerUse &use) {
  use.callee = module.import("callee", op.getFunction(), use.type);
  if (Value memory = op.getMemory())
    use.memory = module.import("memory", memory,
                               wasm::MemoryType::get(op.getContext(), 0));
  if (!op.getStartThunk())
    return;
  use.start =
      module.import("start", op.getStartThunk(), getStartType(op.getContext()));
  use.returns =
      module.import("return", op.getReturnThunk(), use.getReturnType());
}

static void replace(SymbolTable &symbols, LowerOp op, LowerUse use,
                    BuildBody build) {
  GeneratedModule module(symbols, op, "lower");
  importOperands(module, op, use);
  fill(module.function("lower", use.getCoreType()), use, build);
  op.getResult().replaceAllUsesWith(module.instantiate().front());
  op.erase();
}

/// Adds both thunks to the module, and names them in `use`.
static void makeThunks(GeneratedModule &module, LowerUse &use) {
  MLIRContext *context = use.type.getContext();
  wasm::FuncOp start = module.function("start", getStartType(context)),
               returns = module.function("return", use.getReturnType());
  fill(start, use, buildStartThunk);
  fill(returns, use, buildReturnThunk);
  use.start = FlatSymbolRefAttr::get(start);
  use.returns = FlatSymbolRefAttr::get(returns);
}

/// A synchronous lower of a function of asynchronous type: one module holds the
/// function and its thunks.
static void replaceSync(SymbolTable &symbols, Thunks &, LowerOp op,
                        LowerUse use) {
  GeneratedModule module(symbols, op, "lower");
  importOperands(module, op, use);
  makeThunks(module, use);
  fill(module.function("lower", use.getCoreType()), use, buildSyncCall);
  op.getResult().replaceAllUsesWith(module.instantiate().back());
  op.erase();
}

static void addThunks(SymbolTable &symbols, Thunks &, LowerOp op,
                      LowerUse use) {
  GeneratedModule module(symbols, op, "thunks");
  importOperands(module, op, use);
  makeThunks(module, use);
  SmallVector<Value> thunks = module.instantiate();
  op.getStartThunkMutable().assign(thunks[0]);
  op.getReturnThunkMutable().assign(thunks[1]);
}

//===----------------------------------------------------------------------===//
// After flatten
//===----------------------------------------------------------------------===//

/// The type of what a symbol of a flattened root calls; null if it is none.
static FuncType getCalleeType(SymbolTable &symbols, StringAttr name) {
  Operation *op = symbols.lookup(name);
  if (auto lifted = dyn_cast_if_present<LiftedOp>(op))
    return lifted.getFuncType();
  if (auto host = dyn_cast_if_present<HostFuncOp>(op))
    return host.getFuncType();
  if (auto task = dyn_cast_if_present<async_intrinsic::TaskTypeOp>(op))
    return dyn_cast<FuncType>(task.getFunctionType());
  return {};
}

/// What the callee's lift adds to a use.
static void describeCallee(SymbolTable &symbols, LowerUse &use) {
  Operation *op = symbols.lookup(use.callee.getAttr());
  if (!isa_and_present<LiftedOp, async_intrinsic::TaskTypeOp>(op))
    return;
  use.calleeIsSync = !op->hasAttr("async");
  use.calleeMemory64 =
      isMemory64(symbols, op->getAttrOfType<FlatSymbolRefAttr>("memory"));
}

static FailureOr<LowerUse> describe(SymbolTable &symbols, LoweredOp op) {
  LowerUse use;
  use.type = getCalleeType(symbols, op.getFunctionAttr().getAttr());
  if (!use.type)
    return failure();
  use.async = op.getAsync();
  use.callee = op.getFunctionAttr();
  use.memory = op.getMemoryAttr();
  use.realloc = op.getReallocAttr();
  use.encoding = op.getStringEncoding().value_or(StringEncoding::utf8);
  use.instance = op.getInstanceAttr();
  use.start = op.getStartThunkAttr();
  use.returns = op.getReturnThunkAttr();
  use.memory64 = isMemory64(symbols, use.memory);
  describeCallee(symbols, use);
  if (!use.isDirect() &&
      use.memory64) // the record of a call has 32-bit pointers
    return failure();
  return use;
}

static void replace(SymbolTable &symbols, LoweredOp op, const LowerUse &use,
                    BuildBody build) {
  OpBuilder b(op);
  auto func =
      wasm::FuncOp::create(b, op.getLoc(), op.getSymName(), use.getCoreType());
  fill(func, use, build);
  symbols.erase(op);
  symbols.insert(func);
}

static void replaceSync(SymbolTable &symbols, Thunks &thunks, LoweredOp op,
                        LowerUse use) {
  thunks.add(symbols, op, op.getSymName(), use);
  replace(symbols, op, use, buildSyncCall);
}

static void addThunks(SymbolTable &symbols, Thunks &thunks, LoweredOp op,
                      LowerUse use) {
  thunks.add(symbols, op, op.getSymName(), use);
  op.setStartThunkAttr(use.start);
  op.setReturnThunkAttr(use.returns);
}

/// The thunks of a call that --lower-tasks has made, beside its function.
static void addThunks(SymbolTable &symbols, Thunks &thunks,
                      async_intrinsic::CallOp call) {
  LowerUse use;
  use.type = cast<FuncType>(call.getFunctionType());
  use.callee = call.getCalleeAttr();
  use.memory = call.getMemoryAttr();
  use.realloc = call.getReallocAttr();
  use.encoding = *symbolizeStringEncoding(call.getStringEncoding());
  use.instance = call.getInstanceAttr();
  use.async = true;
  auto func = call->getParentOfType<wasm::FuncOp>();
  describeCallee(symbols, use);
  thunks.add(symbols, func, func.getSymName(), use);
  call.setStartAttr(use.start);
  call.setReturnThunkAttr(use.returns);
}

//===----------------------------------------------------------------------===//
// Both
//===----------------------------------------------------------------------===//

static FailureOr<LowerUse> describe(SymbolTable &, LowerOp op) {
  return describe(op);
}

template <typename Op>
static bool lowerCall(SymbolTable &symbols, Thunks &thunks, Op op) {
  FailureOr<LowerUse> use = describe(symbols, op);
  if (failed(use))
    return false;
  if (use->isDirect())
    replace(symbols, op, *use, buildDirectCall);
  else if (!use->async)
    replaceSync(symbols, thunks, op, *use);
  else if (!op.getStartThunk())
    addThunks(symbols, thunks, op, *use);
  else
    return false;
  return true;
}

template <typename Op> static bool lowerAsync(SymbolTable &symbols, Op op) {
  FailureOr<LowerUse> use = describe(symbols, op);
  if (failed(use) || !use->async)
    return false;
  replace(symbols, op, *use, buildAsyncCall);
  return true;
}

template <typename... Ops>
static SmallVector<Operation *> collect(RootOp root) {
  SmallVector<Operation *> found;
  root.walk([&](Operation *op) {
    if (isa<Ops...>(op))
      found.push_back(op);
  });
  return found;
}

bool meld::lowerCalls(RootOp root, ArrayRef<std::string> only) {
  SymbolTable symbols(root);
  LowerRemarks remarks(symbols);
  Thunks thunks;
  bool changed = false;
  for (Operation *op : collect<LowerOp, LoweredOp>(root)) {
    if (!isWanted(op, only))
      continue;
    remarks.about(op);
    if (auto lower = dyn_cast<LowerOp>(op))
      changed |= lowerCall(symbols, thunks, lower);
    else
      changed |= lowerCall(symbols, thunks, cast<LoweredOp>(op));
  }
  SymbolTableCollection modules;
  for (Operation *op : collect<async_intrinsic::CallOp>(root)) {
    auto call = cast<async_intrinsic::CallOp>(op);
    // Without its type or memory it is invalid, as --lower-async-intrinsics
    // says.
    auto type = dyn_cast<FuncType>(call.getFunctionType());
    if (!type || call.getStart() || !isWanted(call, only) ||
        (needsMemory(type, /*async=*/true) && !call.getMemory()))
      continue;
    Operation *parent = call->getParentOfType<wasm::FuncOp>()->getParentOp();
    addThunks(parent == root ? symbols : modules.getSymbolTable(parent), thunks,
              call);
    changed = true;
  }
  return changed;
}

bool meld::lowerAsyncLowers(RootOp root) {
  SymbolTable symbols(root);
  bool changed = false;
  for (Operation *op : collect<LowerOp, LoweredOp>(root)) {
    if (auto lower = dyn_cast<LowerOp>(op))
      changed |= lowerAsync(symbols, lower);
    else
      changed |= lowerAsync(symbols, cast<LoweredOp>(op));
  }
  return changed;
}

bool meld::lowerAsyncLifts(RootOp root) {
  SmallVector<LiftedOp> work;
  for (auto lifted : root.getBody().getOps<LiftedOp>())
    if (lifted.getFuncType().getAsync())
      work.push_back(lifted);
  for (LiftedOp lifted : work) {
    OpBuilder b(lifted);
    async_intrinsic::TaskTypeOp::create(
        b, lifted.getLoc(), lifted.getSymName(), lifted.getInstance(),
        lifted.getFunction(), lifted.getCallbackAttr(), lifted.getStepAttr(),
        lifted.getMemoryAttr(), lifted.getReallocAttr(),
        lifted.getPostReturnAttr(),
        stringifyStringEncoding(
            lifted.getStringEncoding().value_or(StringEncoding::utf8)),
        lifted.getAsync(), lifted.getFuncType());
    lifted.erase();
  }
  return !work.empty();
}
