//===- CallOrder.cpp - the order of effects of a direct call ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CallOrder.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::async_intrinsic;

DirectCall::DirectCall(CallDirectOp op, FlatSymbolRefAttr instance,
                       FlatSymbolRefAttr postReturn, bool memory64)
    : op(op), type(cast<FuncType>(op.getFunctionType())), instance(instance),
      postReturn(postReturn), arguments(op.getArguments()) {
  FlatOptions options;
  options.memory64 = memory64;
  entry = flattenFunctype(type, CallSide::lift, options);
  if (type.getResult())
    results.push_back(type.getResult());
  if (!results.empty() && op.getResults().empty() && !arguments.empty()) {
    into = arguments.back();
    arguments = arguments.drop_back();
  }
}

SmallVector<Value> DirectCall::build(ImplicitLocOpBuilder &b, MoveValues there,
                                     MoveValues back) const {
  Value scope;
  if (lends(type))
    scope = ScopeBeginOp::create(b, b.getI32Type());
  SmallVector<Value> lowered = there(type.getParams(), arguments, {});
  CallDirectOp call = op;
  auto raw = CallEntryOp::create(b, entry.getResults(), call.getCalleeAttr(),
                                 lowered, call.getInstanceAttr());
  if (scope)
    ScopeCheckOp::create(b, scope);
  SmallVector<Value> moved = back(results, raw.getResults(), into);
  if (postReturn)
    CallPostReturnOp::create(b, postReturn, raw.getResults(), instance);
  if (scope)
    ScopeEndOp::create(b, scope);
  return moved;
}

bool meld::mixesSides(ArrayRef<Type> types, bool fromMemory, bool toMemory) {
  return (fromMemory && toMemory) || llvm::any_of(types, [](Type type) {
           return holdsPointers(type) || holdsHandles(type);
         });
}

bool meld::mixesSides(const DirectCall &call) {
  CallDirectOp op = call.op;
  if (op.getInstanceAttr() != call.instance)
    return false;
  SmallVector<Type> flat;
  for (Type param : call.type.getParams())
    flattenType(param, flat);
  bool spills = flat.size() > maxFlatParams;
  bool byPointer = static_cast<bool>(call.into);
  return mixesSides(call.type.getParams(), spills, spills) ||
         mixesSides(call.results, byPointer, byPointer);
}

SmallVector<Type> meld::getTypes(TransferOp transfer) {
  if (auto tuple = dyn_cast<ValueTupleType>(transfer.getType()))
    return llvm::to_vector(tuple.getTypes());
  return {transfer.getType()};
}

bool meld::isOneHandle(TransferOp transfer) {
  return isHandle(transfer.getType()) && !transfer.getInto();
}
