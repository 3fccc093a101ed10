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

FunctionType LowerUse::getCoreType() const {
  FlatOptions options;
  options.isAsync = async;
  return flattenFunctype(type, CallSide::lower, options);
}

FunctionType LowerUse::getReturnType() const {
  SmallVector<Type> inputs{IntegerType::get(type.getContext(), 32)};
  if (type.getResult())
    flattenType(type.getResult(), inputs);
  return FunctionType::get(type.getContext(), inputs, {});
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

void meld::buildDirectCall(ImplicitLocOpBuilder &b, Block &body,
                           const LowerUse &use) {
  b.setInsertionPointToEnd(&body);
  CheckMayLeaveOp::create(b, use.instance);
  auto call = CallDirectOp::create(b, use.getCoreType().getResults(),
                                   use.callee.getValue(), body.getArguments(),
                                   use.memory, use.type, use.instance);
  wasm::ReturnOp::create(b, call.getResults());
}

void meld::buildAsyncCall(ImplicitLocOpBuilder &b, Block &body,
                          const LowerUse &use) {
  b.setInsertionPointToEnd(&body);
  CheckMayLeaveOp::create(b, use.instance);
  Value state = CallOp::create(b, b.getI32Type(), use.callee.getValue(),
                               body.getArguments(), use.start, use.returns,
                               use.memory, use.type, use.instance);
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

void meld::buildStartThunk(ImplicitLocOpBuilder &b, Block &body,
                           const LowerUse &use) {
  b.setInsertionPointToEnd(&body);
  Value call = body.getArgument(0);
  ArrayRef<Type> params = use.type.getParams();
  auto arguments = CallArgumentsOp::create(b, flatten(params), call);
  EnterOp::create(b, use.callee,
                  transfer(b, use, params, arguments.getResults(), /*to=*/true),
                  call);
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

void meld::buildReturnThunk(ImplicitLocOpBuilder &b, Block &body,
                            const LowerUse &use) {
  b.setInsertionPointToEnd(&body);
  if (Type result = use.type.getResult()) {
    Value call = body.getArgument(0);
    SmallVector<Value> moved =
        transfer(b, use, result, ValueRange(body.getArguments()).drop_front(),
                 /*to=*/false);
    Value pointer = CallResultPointerOp::create(b, b.getI32Type(), call);
    CheckPointerOp::create(b, pointer, getElementSize(result),
                           getAlignment(result), use.memory.getValue());
    wasm::StoreOp::create(b, use.memory.getValue(), pointer, moved.front(),
                          /*offset=*/0, getWidth(result));
  }
  wasm::ReturnOp::create(b);
}
