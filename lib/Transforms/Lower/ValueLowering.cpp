//===- ValueLowering.cpp - values become code -------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValueLowering.h"

#include "../AdapterUse.h"
#include "CallOrder.h"
#include "FunctionTypes.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Support/Names.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::async_intrinsic;
using adapters::Adapters;
using adapters::Route;
using adapters::Side;

namespace {

/// The side of a call that is a lift, and what it names beside its options.
struct Lift {
  Side side;
  FlatSymbolRefAttr postReturn;
};

/// On which sides values lie behind a pointer.
struct Places {
  bool from = false, to = false;
};

class ValueLowering {
public:
  ValueLowering(RootOp root, adapters::Style style)
      : symbols(root), adapters(symbols, style),
        remarks(root.getContext(), "lower-values") {
    if (remarks.areHeard())
      adapters.listen();
  }

  LogicalResult lowerCall(CallDirectOp call, Lift lift);
  LogicalResult lowerTransfer(TransferOp transfer, const Lift &lift);

  /// The lift that `callee` names, if it is one.
  std::optional<Lift> getLift(FlatSymbolRefAttr callee);

  void remarkFunctions() const {
    meld::remarkFunctions(remarks, adapters, symbols);
  }

private:
  template <typename Op> Side getLowerSide(Op op);
  LogicalResult check(Operation *op, const Route &route, ArrayRef<Type> types,
                      TypeRange values, TypeRange results, Type into,
                      Places &places);

  void remarkTransfer(TransferOp transfer, const Lift &lift);
  void remarkCall(CallDirectOp call, const Lift &lift, bool isBare,
                  bool lends) const;

  SymbolTable symbols;
  Adapters adapters;
  Remarks remarks;
  /// Of which something has been said.
  llvm::DenseSet<Operation *> thunks;
};

} // namespace

//===----------------------------------------------------------------------===//
// Sides
//===----------------------------------------------------------------------===//

template <typename Op> Side ValueLowering::getLowerSide(Op op) {
  Side side{op.getInstanceAttr(), op.getMemoryAttr(), op.getReallocAttr()};
  side.encoding = symbolizeStringEncoding(op.getStringEncoding())
                      .value_or(StringEncoding::utf8);
  side.memory64 = isMemory64(symbols, side.memory);
  return side;
}

std::optional<Lift> ValueLowering::getLift(FlatSymbolRefAttr callee) {
  Operation *op = symbols.lookup(callee.getAttr());
  Lift lift;
  if (auto lifted = dyn_cast_if_present<LiftedOp>(op)) {
    lift.side = {lifted.getInstanceAttr(), lifted.getMemoryAttr(),
                 lifted.getReallocAttr()};
    lift.side.encoding =
        lifted.getStringEncoding().value_or(StringEncoding::utf8);
    lift.postReturn = lifted.getPostReturnAttr();
  } else if (auto task = dyn_cast_if_present<TaskTypeOp>(op)) {
    lift.side = {task.getInstanceAttr(), task.getMemoryAttr(),
                 task.getReallocAttr()};
    lift.side.encoding = symbolizeStringEncoding(task.getStringEncoding())
                             .value_or(StringEncoding::utf8);
  } else {
    return std::nullopt;
  }
  lift.side.memory64 = isMemory64(symbols, lift.side.memory);
  return lift;
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

/// Whether `core` are the core values of `types`, or one pointer to them.
static bool passes(Layout &layout, ArrayRef<Type> types, TypeRange core,
                   bool &inMemory) {
  SmallVector<Type> flat;
  for (Type type : types)
    llvm::append_range(flat, layout.getFlat(type));
  inMemory = false;
  if (llvm::equal(flat, core))
    return flat.size() <= maxFlatParams;
  inMemory = true;
  return core.size() == 1 && !flat.empty() &&
         core.front() == layout.getAddressType(types.front().getContext());
}

LogicalResult ValueLowering::check(Operation *op, const Route &route,
                                   ArrayRef<Type> types, TypeRange values,
                                   TypeRange results, Type into,
                                   Places &places) {
  Layout &from = adapters.getLayout(route.from);
  Layout &to = adapters.getLayout(route.to);
  bool fits = passes(from, types, values, places.from);
  bool allocates = false;
  if (into)
    fits &= results.empty() && into == to.getAddressType(op->getContext());
  else
    fits &= passes(to, types, results, allocates);
  places.to = into || allocates;
  if (!fits)
    return op->emitOpError("takes or gives other core values than its type");
  bool pointers =
      llvm::any_of(types, [&](Type type) { return from.holdsPointers(type); });
  if ((places.from || pointers) && !route.from.memory)
    return op->emitOpError("lifts from memory, but there is none");
  if ((places.to || pointers) && !route.to.memory)
    return op->emitOpError("lowers into memory, but there is none");
  if ((allocates || pointers) && !route.to.realloc)
    return op->emitOpError("lowers into memory, but there is no realloc");
  return success();
}

//===----------------------------------------------------------------------===//
// Calls and transfers
//===----------------------------------------------------------------------===//

LogicalResult ValueLowering::lowerCall(CallDirectOp call, Lift lift) {
  auto type = dyn_cast<FuncType>(call.getFunctionType());
  if (!type || !call.getInstanceAttr())
    return call.emitOpError("names no function type, or no instance");
  Side lower = getLowerSide(call);
  Route there{lower, lift.side, call.getCalleeAttr(), /*toCallee=*/true};
  Route back{lift.side, lower, call.getCalleeAttr(), /*toCallee=*/false};
  DirectCall direct(call, lift.side.instance, lift.postReturn,
                    lift.side.memory64);
  Places places;
  if (failed(check(call, there, type.getParams(), direct.arguments.getTypes(),
                   direct.entry.getInputs(), {}, places)) ||
      failed(check(call, back, direct.results, direct.entry.getResults(),
                   call.getResultTypes(),
                   direct.into ? direct.into.getType() : Type(), places)))
    return failure();
  if (mixesSides(direct))
    return success(); // --lower-async-intrinsics has a place for the values

  ImplicitLocOpBuilder b(call.getLoc(), call);
  bool isBare = !lift.postReturn;
  auto mover = [&](const Route &route) {
    return [&](ArrayRef<Type> types, ValueRange values, Value into) {
      SmallVector<Value> moved = adapters.move(b, route, types, values, into);
      isBare &= llvm::equal(moved, values);
      return moved;
    };
  };
  SmallVector<Value> moved = direct.build(b, mover(there), mover(back));
  remarkCall(call, lift, isBare, lends(type));
  call.replaceAllUsesWith(moved);
  call.erase();
  return success();
}

LogicalResult ValueLowering::lowerTransfer(TransferOp transfer,
                                           const Lift &lift) {
  if (isOneHandle(transfer))
    return success();
  if (!transfer.getInstanceAttr())
    return transfer.emitOpError("names no instance");
  Side lower = getLowerSide(transfer);
  Route route{lower, lift.side, transfer.getCalleeAttr(), transfer.getTo()};
  if (!route.toCallee)
    std::swap(route.from, route.to);
  SmallVector<Type> types = getTypes(transfer);
  Value into = transfer.getInto();
  Places places;
  if (failed(check(transfer, route, types, transfer.getValues().getTypes(),
                   transfer.getResultTypes(), into ? into.getType() : Type(),
                   places)))
    return failure();
  if (lower.instance == lift.side.instance &&
      mixesSides(types, places.from, places.to))
    return success(); // as for such a call
  remarkTransfer(transfer, lift);
  ImplicitLocOpBuilder b(transfer.getLoc(), transfer);
  transfer.replaceAllUsesWith(
      adapters.move(b, route, types, transfer.getValues(), into));
  transfer.erase();
  return success();
}

//===----------------------------------------------------------------------===//
// What is said
//===----------------------------------------------------------------------===//

void ValueLowering::remarkCall(CallDirectOp call, const Lift &lift, bool isBare,
                               bool lends) const {
  if (!remarks.areHeard())
    return;
  auto func = call->getParentOfType<wasm::FuncOp>();
  std::string text = quoted(func.getSymName()) + " to " +
                     quoted(lift.side.instance.getValue()) + ": ";
  text += isBare ? "its core values go as they are"
                 : "values are moved in front of the call and behind it";
  text += lends ? "; a scope counts what is lent (nothing-lent does not hold)"
                : "; no scope, because no parameter holds a borrow "
                  "(nothing-lent)";
  if (lift.postReturn && adapters.canTryToLeave(lift.side.instance))
    text += "; the way out is shut around post-return (cannot-leave does not "
            "hold)";
  auto say = [&] { return text; };
  if (isBare)
    remarks.passed(call.getLoc(), "bare", func.getSymName(), say);
  else
    remarks.passed(call.getLoc(), "moved", func.getSymName(), say);
}

/// Once for each thunk, though each of a few values has a transfer.
void ValueLowering::remarkTransfer(TransferOp transfer, const Lift &lift) {
  auto func = transfer->getParentOfType<wasm::FuncOp>();
  if (!thunks.insert(func).second)
    return;
  bool to = transfer.getTo();
  remarks.passed(transfer.getLoc(), "moved", func.getSymName(), [&] {
    return quoted(func.getSymName()) +
           (to ? " moves the arguments to " : " moves the result from ") +
           quoted(lift.side.instance.getValue()) + " when the callee " +
           (to ? "starts" : "returns");
  });
}

FailureOr<bool> meld::lowerValues(RootOp root, unsigned inlineParts) {
  SmallVector<Operation *> work;
  root.walk([&](Operation *op) {
    if (isa<CallDirectOp, TransferOp>(op))
      work.push_back(op);
  });
  if (work.empty())
    return false;
  ValueLowering lowering(root, getAdapterStyle(root, inlineParts));
  for (Operation *op : work) {
    auto callee = op->getAttrOfType<FlatSymbolRefAttr>("callee");
    std::optional<Lift> lift = lowering.getLift(callee);
    if (!lift)
      continue; // the host's: it lifts and lowers itself
    auto call = dyn_cast<CallDirectOp>(op);
    if (failed(call ? lowering.lowerCall(call, *lift)
                    : lowering.lowerTransfer(cast<TransferOp>(op), *lift)))
      return failure();
  }
  lowering.remarkFunctions();
  return true;
}
