//===- Handles.cpp - handles between instances ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `--lower-values` leaves transfers of single handles: each is taken out of the
// table of one instance and put into that of another.
//
//===----------------------------------------------------------------------===//

#include "Handles.h"

#include "EdgeStreams.h"
#include "Lowering.h"
#include "Numbers.h"
#include "Rewrapped.h"
#include "SelfCalls.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

#include "meld/Runtime/Layout.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using component::BorrowType;
using component::ErrorContextType;
using component::FutureType;
using component::OwnType;
using component::ResourceOp;
using component::StreamType;

namespace {
/// The two instances, as values for the runtime and by name.
struct Move {
  Code &code;
  FlatSymbolRefAttr from, to;

  ResourceOp definition(FlatSymbolRefAttr resource) {
    return code.program.symbols.lookup<ResourceOp>(resource.getAttr());
  }
  /// Whether `instance` is the host, and it defines the resource: then there is
  /// no handle, but what a handle stands for.
  bool isOwnOfHost(FlatSymbolRefAttr instance, FlatSymbolRefAttr resource) {
    ResourceOp defined = definition(resource);
    return !instance && defined && !defined.getInstance();
  }

  // Of each kind of handle; streams and futures are one.
  Value lift(Type type, Value handle);
  Value lift(OwnType type, Value handle);
  Value lift(BorrowType type, Value handle);
  /// The handle stays where it is.
  Value lift(ErrorContextType, Value handle) {
    return code.runtime("error_context_get", {code.instance(from), handle});
  }
  Value lower(Type type, Value end);
  Value lower(OwnType type, Value rep);
  Value lower(BorrowType type, Value rep);
  Value lower(ErrorContextType, Value record) {
    return code.runtime("error_context_lower", {code.instance(to), record});
  }
};
} // namespace

/// What the host gives is lifted: the number of an end.
Value Move::lift(Type type, Value handle) {
  if (!from)
    return handle;
  uint32_t want = code.program.records.endHeader(type, /*writable=*/false);
  return code.runtime("stream_lift",
                      {code.instance(from), handle, code.constant(want)});
}

Value Move::lower(Type type, Value end) {
  if (!from)
    return takeEnd(code, type, end, to);
  return to ? code.runtime("stream_lower", {code.instance(to), end})
            : giveEnd(code, type, end);
}

Value Move::lift(OwnType type, Value handle) {
  ResourceOp defined = definition(type.getResource());
  if (!from && isRewrapped(code.program, defined))
    handle = takeRewrapped(code, defined, handle);
  if (isOwnOfHost(from, type.getResource()))
    return handle;
  return code.runtime("own_lift", {code.instance(from), handle,
                                   code.resource(type.getResource())});
}

Value Move::lower(OwnType type, Value rep) {
  if (isOwnOfHost(to, type.getResource()))
    return rep;
  ResourceOp defined = definition(type.getResource());
  Value moved =
      code.runtime("resource_new",
                   {code.instance(to), code.resource(type.getResource()), rep});
  return !to && isRewrapped(code.program, defined)
             ? giveRewrapped(code, defined, moved)
             : moved;
}

Value Move::lift(BorrowType type, Value handle) {
  if (isOwnOfHost(from, type.getResource()))
    return handle;
  return code.runtime("borrow_lift", {code.instance(from), handle,
                                      code.resource(type.getResource())});
}

/// A borrow counts in the scope of the call whose arguments are being moved.
/// Who defines the resource gets what the handle stands for, and no handle.
Value Move::lower(BorrowType type, Value rep) {
  Value resource = code.resource(type.getResource());
  if (isOwnOfHost(from, type.getResource()))
    return code.runtime("borrow_admit", {code.instance(to), resource, rep});
  ResourceOp defined = definition(type.getResource());
  if (defined && defined.getInstanceAttr() == to)
    return rep;
  return code.runtime("borrow_lower", {code.instance(to), resource, rep});
}

/// `then` with `type` as the kind of handle that it is; null if it is none.
template <typename Then> static Value withKind(Type type, Then then) {
  return llvm::TypeSwitch<Type, Value>(type)
      .Case<StreamType, FutureType, OwnType, BorrowType, ErrorContextType>(then)
      .Default([](Type) { return Value(); });
}

Value meld::lowering::moveHandle(Code &code, Type type, Value handle,
                                 FlatSymbolRefAttr from, FlatSymbolRefAttr to) {
  Move move{code, from, to};
  return withKind(type,
                  [&](auto t) { return move.lower(t, move.lift(t, handle)); });
}

/// Half of a move within `instance`, which a transfer of nobody with a memory
/// is: what `handle` stands for, or the handle to that.
static Value moveHalf(Code &code, Type type, Value handle,
                      FlatSymbolRefAttr instance, bool lowers) {
  Move move{code, instance, instance};
  return withKind(type, [&](auto t) {
    return lowers ? move.lower(t, handle) : move.lift(t, handle);
  });
}

//===----------------------------------------------------------------------===//
// At the edge
//===----------------------------------------------------------------------===//

static bool isEdgeHandle(Type type) {
  return component::isHandle(type) && !isa<ErrorContextType>(type);
}

/// Whether the handles in values of `type` are core values of their own, at
/// places that do not depend on the value.
static bool arePlain(component::Layout &layout, Type type) {
  if (!layout.holdsHandles(type) || isEdgeHandle(type))
    return true;
  component::Shape shape = component::getShape(type);
  return shape.kind == component::Shape::fields &&
         llvm::all_of(shape.types,
                      [&](Type field) { return arePlain(layout, field); });
}

bool meld::lowering::canGiveHandles(component::TargetAttr target,
                                    component::FuncType type) {
  WalkResult others = TypeAttr::get(type).walk([&](Type inner) {
    bool isEnd = isa<StreamType, FutureType>(inner);
    return WalkResult(failure(isa<component::ErrorContextType>(inner) ||
                              (isEnd && !canCrossEdge(target))));
  });
  return !others.wasInterrupted();
}

bool meld::lowering::hasPlainHandles(component::FuncType type) {
  component::Layout layout;
  size_t count = 0;
  bool handles = false;
  for (Type param : type.getParams()) {
    if (!arePlain(layout, param))
      return false;
    handles |= layout.holdsHandles(param);
    count += layout.getFlat(param).size();
  }
  if (handles && count > component::maxFlatParams)
    return false;
  Type result = type.getResult();
  return !result || !layout.holdsHandles(result) || isEdgeHandle(result);
}

static void moveHandlesOf(Code &code, component::Layout &layout, Type type,
                          ValueRange &flat, FlatSymbolRefAttr from,
                          FlatSymbolRefAttr to, SmallVectorImpl<Value> &moved) {
  size_t count = layout.getFlat(type).size();
  if (isEdgeHandle(type)) {
    moved.push_back(moveHandle(code, type, flat.front(), from, to));
  } else if (layout.holdsHandles(type)) {
    component::Shape shape = component::getShape(type);
    for (uint32_t i = 0; i < shape.repeat; ++i)
      for (Type field : shape.types)
        moveHandlesOf(code, layout, field, flat, from, to, moved);
    return;
  } else {
    llvm::append_range(moved, flat.take_front(count));
  }
  flat = flat.drop_front(count);
}

SmallVector<Value> meld::lowering::moveHandles(Code &code, ArrayRef<Type> types,
                                               ValueRange flat,
                                               FlatSymbolRefAttr from,
                                               FlatSymbolRefAttr to) {
  if (llvm::none_of(types, component::holdsHandles))
    return llvm::to_vector(flat);
  component::Layout layout;
  SmallVector<Value> moved;
  for (Type type : types)
    moveHandlesOf(code, layout, type, flat, from, to, moved);
  llvm::append_range(moved, flat);
  return moved;
}

bool meld::lowering::lower(Lowering &lowering, TransferOp op) {
  Callee callee = lowering.program.callee(op.getCalleeAttr());
  if (isSelfTransfer(lowering.program, op))
    return lowerSelfTransfer(lowering, op, callee);
  Code code(lowering.program, op);
  if (callee.isHost() && isNumber(op.getType())) { // it has lifted
    op.replaceAllUsesWith(op.getValues());
  } else {
    FlatSymbolRefAttr own = op.getInstanceAttr();
    Value moved;
    if (!op.getInto() && !own && op.getMemory())
      moved = moveHalf(code, op.getType(), op.getValues().front(),
                       callee.instance, /*lowers=*/op.getTo());
    else if (!op.getInto())
      moved = moveHandle(code, op.getType(), op.getValues().front(),
                         op.getTo() ? own : callee.instance,
                         op.getTo() ? callee.instance : own);
    if (!moved)
      return false;
    op.getResult(0).replaceAllUsesWith(moved);
  }
  op.erase();
  return true;
}
