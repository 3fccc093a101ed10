//===- CallBody.cpp - adapters of calls -------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CallBody.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::async_intrinsic;

static SmallVector<Type> flatten(ArrayRef<Type> types) {
  SmallVector<Type> flat;
  for (Type type : types)
    flattenType(type, flat);
  return flat;
}

static Type getPointerType(MLIRContext *context, bool memory64) {
  return IntegerType::get(context, memory64 ? 64 : 32);
}

FunctionType LowerUse::getCoreType() const {
  FlatOptions options;
  options.isAsync = async;
  options.memory64 = memory64;
  return flattenFunctype(type, CallSide::lower, options);
}

bool LowerUse::hasResultPointer() const {
  if (!type.getResult())
    return false;
  return async || getCoreType().getNumResults() == 0;
}

FunctionType LowerUse::getReturnType() const {
  MLIRContext *context = type.getContext();
  SmallVector<Type> values =
      flattenTaskReturn(context, type.getResult(), calleeMemory64);
  if (calleeIsSync && values.size() > maxFlatResults)
    values.assign(1, getPointerType(context, calleeMemory64));
  values.insert(values.begin(), IntegerType::get(context, 32));
  return FunctionType::get(context, values, {});
}

FunctionType meld::getStartType(MLIRContext *context) {
  return FunctionType::get(context, {IntegerType::get(context, 32)}, {});
}

// A value that is the same core value in memory, or a handle.
static bool isOneCoreValue(Type type) {
  SmallVector<Type> flat;
  flattenType(type, flat);
  return flat.size() == 1;
}

bool meld::isFlatCall(FuncType type, bool async) {
  unsigned limit = async ? maxFlatAsyncParams : maxFlatParams;
  if (flatten(type.getParams()).size() > limit)
    return false;
  if (llvm::any_of(type.getParams(), holdsPointers))
    return false;
  Type result = type.getResult();
  return !result || (!holdsPointers(result) && isOneCoreValue(result));
}

static StringAttr getEncoding(ImplicitLocOpBuilder &b, const LowerUse &use) {
  return b.getStringAttr(stringifyStringEncoding(use.encoding));
}

void meld::buildDirectCall(ImplicitLocOpBuilder &b, Block &body,
                           const LowerUse &use) {
  b.setInsertionPointToEnd(&body);
  CheckMayLeaveOp::create(b, use.instance);
  auto call = CallDirectOp::create(b, use.getCoreType().getResults(),
                                   use.callee, body.getArguments(), use.memory,
                                   use.realloc, getEncoding(b, use),
                                   TypeAttr::get(use.type), use.instance);
  wasm::ReturnOp::create(b, call.getResults());
}

void meld::buildSyncCall(ImplicitLocOpBuilder &b, Block &body,
                         const LowerUse &use) {
  b.setInsertionPointToEnd(&body);
  CheckMayLeaveOp::create(b, use.instance);
  auto call =
      CallSyncOp::create(b, use.getCoreType().getResults(), use.callee,
                         body.getArguments(), use.start, use.returns,
                         use.memory, TypeAttr::get(use.type), use.instance);
  wasm::ReturnOp::create(b, call.getResults());
}

void meld::buildAsyncCall(ImplicitLocOpBuilder &b, Block &body,
                          const LowerUse &use) {
  b.setInsertionPointToEnd(&body);
  CheckMayLeaveOp::create(b, use.instance);
  Value state = CallOp::create(b, b.getI32Type(), use.callee,
                               body.getArguments(), use.start, use.returns,
                               use.memory, use.realloc, getEncoding(b, use),
                               TypeAttr::get(use.type), use.instance);
  wasm::ReturnOp::create(b, ValueRange(state));
}

/// Moves each of `types`, whose core values lie one behind the other in
/// `values`, to the instance of the callee or from it.
static SmallVector<Value> transfer(ImplicitLocOpBuilder &b, const LowerUse &use,
                                   ArrayRef<Type> types, ValueRange values,
                                   bool to) {
  SmallVector<Value> moved;
  for (Type type : types) {
    size_t count = flatten(type).size();
    ValueRange own = values.take_front(count);
    values = values.drop_front(count);
    auto op = TransferOp::create(b, own.getTypes(), own, use.callee.getValue(),
                                 to, type, use.instance);
    llvm::append_range(moved, op.getResults());
  }
  return moved;
}

/// All values at once, where some may lie in memory; through `into`, if that is
/// there.
static SmallVector<Value> transferAll(ImplicitLocOpBuilder &b,
                                      const LowerUse &use, ArrayRef<Type> types,
                                      ValueRange values, TypeRange results,
                                      bool to, Value into = {}) {
  if (types.empty())
    return {};
  Type type = types.size() == 1 ? types.front()
                                : ValueTupleType::get(b.getContext(), types);
  auto op = TransferOp::create(b, results, values, into, use.callee,
                               to ? b.getUnitAttr() : UnitAttr(), use.memory,
                               use.realloc, getEncoding(b, use),
                               TypeAttr::get(type), use.instance);
  return llvm::to_vector_of<Value>(op.getResults());
}

void meld::buildStartThunk(ImplicitLocOpBuilder &b, Block &body,
                           const LowerUse &use) {
  b.setInsertionPointToEnd(&body);
  Value call = body.getArgument(0);
  ArrayRef<Type> params = use.type.getParams();
  TypeRange core = use.getCoreType().getInputs();
  if (use.hasResultPointer())
    core = core.drop_back();
  auto arguments = CallArgumentsOp::create(b, core, call);
  if (lends(use.type))
    ScopeEnterOp::create(b, call);
  SmallVector<Value> moved;
  // All handles are lifted before the first is lowered.
  if (isFlatCall(use.type, use.async) &&
      llvm::count_if(params, holdsHandles) <= 1) {
    moved = transfer(b, use, params, arguments.getResults(), /*to=*/true);
  } else {
    FlatOptions lift;
    lift.memory64 = use.calleeMemory64;
    FunctionType entry = flattenFunctype(use.type, CallSide::lift, lift);
    moved = transferAll(b, use, params, arguments.getResults(),
                        entry.getInputs(), /*to=*/true);
  }
  EnterOp::create(b, use.callee, moved, call);
  wasm::ReturnOp::create(b);
}

/// How much of memory a value takes whose core value is wider.
static wasm::Width getWidth(Type type) {
  switch (getElementSize(type)) {
  case 1:
    return wasm::Width::u8;
  case 2:
    return wasm::Width::u16;
  default:
    return wasm::Width::full;
  }
}

/// The result of an asynchronous lower goes to memory, checked last.
static void storeResult(ImplicitLocOpBuilder &b, const LowerUse &use,
                        Value call, Value value) {
  Type result = use.type.getResult();
  Value pointer = CallResultPointerOp::create(b, b.getI32Type(), call);
  CheckPointerOp::create(b, pointer, getElementSize(result),
                         getAlignment(result), use.memory.getValue());
  wasm::StoreOp::create(b, use.memory.getValue(), pointer, value, /*offset=*/0,
                        getWidth(result));
}

void meld::buildReturnThunk(ImplicitLocOpBuilder &b, Block &body,
                            const LowerUse &use) {
  b.setInsertionPointToEnd(&body);
  Value call = body.getArgument(0);
  ValueRange values = ValueRange(body.getArguments()).drop_front();
  Type result = use.type.getResult();
  if (result && isFlatCall(use.type, use.async)) {
    SmallVector<Value> moved = transfer(b, use, result, values, /*to=*/false);
    if (use.hasResultPointer())
      storeResult(b, use, call, moved.front());
    else
      CallSetResultOp::create(b, call, moved.front());
  } else if (result && use.hasResultPointer()) {
    Value pointer = CallResultPointerOp::create(b, b.getI32Type(), call);
    transferAll(b, use, result, values, {}, /*to=*/false, pointer);
  } else if (result) {
    SmallVector<Value> moved =
        transferAll(b, use, result, values, use.getCoreType().getResults(),
                    /*to=*/false);
    CallSetResultOp::create(b, call, moved.front());
  }
  wasm::ReturnOp::create(b);
}
