//===- Shared.cpp - functions that adapters share ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Shared.h"

#include "Explain.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"

using namespace mlir;
using namespace meld;
using namespace meld::adapters;
using namespace meld::wasm;

//===----------------------------------------------------------------------===//
// One function for equal needs
//===----------------------------------------------------------------------===//

/// An instance can try to leave through what checks whether it may, or will
/// when it is lowered.
static FlatSymbolRefAttr leaverOf(Operation *op) {
  if (auto check = dyn_cast<async_intrinsic::CheckMayLeaveOp>(op))
    return check.getInstanceAttr();
  if (auto lowered = dyn_cast<component::LoweredOp>(op))
    return lowered.getInstanceAttr();
  if (auto canonical = dyn_cast<component::CanonicalOp>(op))
    return canonical.getInstanceAttr();
  return {};
}

/// Whether an instance is given a built-in of its thread's storage, lowered or
/// not.
static bool isContextBuiltin(Operation *op) {
  if (auto canonical = dyn_cast<component::CanonicalOp>(op))
    return canonical.getBuiltin() == component::Builtin::context_get ||
           canonical.getBuiltin() == component::Builtin::context_set;
  return isa<async_intrinsic::ContextGetOp, async_intrinsic::ContextSetOp>(op);
}

Adapters::Adapters(SymbolTable &symbols, Style style)
    : symbols(symbols), style(style) {
  symbols.getOp()->walk([&](Operation *op) {
    if (FlatSymbolRefAttr instance = leaverOf(op))
      leavers.insert(instance.getAttr());
    if (isContextBuiltin(op))
      if (auto instance = op->getAttrOfType<FlatSymbolRefAttr>("instance"))
        contextUsers.insert(instance.getAttr());
  });
}

bool Adapters::usesContext(FlatSymbolRefAttr instance) const {
  return instance && contextUsers.contains(instance.getAttr());
}

bool Adapters::canTryToLeave(FlatSymbolRefAttr instance) const {
  return instance && leavers.contains(instance.getAttr());
}

FlatSymbolRefAttr Adapters::share(StringRef key, Type type, StringRef name,
                                  FunctionType functionType, Build build) {
  Operation *root = symbols.getOp();
  auto at = std::make_pair(StringAttr::get(root->getContext(), key), type);
  auto [known, isNew] = functions.try_emplace(at, made.size());
  if (!isNew) {
    ++made[known->second].uses;
    return made[known->second].symbol;
  }
  OpBuilder b(root->getContext());
  auto function = wasm::FuncOp::create(b, root->getLoc(), name, functionType);
  symbols.insert(function);
  // Known before it is built: a recursion would end, and `functions` may grow.
  auto symbol = FlatSymbolRefAttr::get(function);
  numbers[symbol] = made.size();
  made.push_back({symbol, true, {}, 1});
  build(root->getLoc(), function.getBody().front());
  return symbol;
}

void Adapters::explain(FlatSymbolRefAttr function, bool isFast,
                       llvm::function_ref<std::string()> text) {
  if (!isHeard)
    return;
  auto found = numbers.find(function);
  if (found == numbers.end() || !made[found->second].text.empty())
    return;
  made[found->second].isFast = isFast;
  made[found->second].text = text();
}

static std::string getSideKey(const Side &side) {
  auto name = [](FlatSymbolRefAttr symbol) {
    return symbol ? symbol.getValue() : StringRef();
  };
  return (name(side.instance) + "\n" + name(side.memory) + "\n" +
          name(side.realloc) + "\n" +
          component::stringifyStringEncoding(side.encoding) +
          (side.waits ? "\nwaits" : ""))
      .str();
}

/// Nothing is allocated where values come from, so a lower that names a realloc
/// for its result shares with one that has none.
std::string meld::adapters::getRouteKey(StringRef what, const Route &route) {
  Side from = route.from;
  from.realloc = {};
  return (what + "\n" + getSideKey(from) + "\n" + getSideKey(route.to)).str();
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

/// Sums are made in 64 bits, where those of 32-bit addresses have room. With
/// 64-bit addresses `bytes` is taken from the size of the memory instead.
static void buildCheckRange(Code &b, Block &body, FlatSymbolRefAttr memory,
                            StringRef unaligned, StringRef outOfBounds) {
  Value pointer = body.getArgument(0), bytes = body.getArgument(1);
  Type address = pointer.getType(), i64 = b.getI64Type();
  Value low = b.binary(BinaryKind::and_, pointer, body.getArgument(2));
  b.trapIf(b.compare(CompareKind::ne, low, 0), unaligned);
  Value pages = MemorySizeOp::create(b, address, memory);
  Value size = b.binary(BinaryKind::shl, b.resized(pages, i64), 16);
  Value count = b.resized(bytes, i64), start = b.resized(pointer, i64);
  if (address.isInteger(32)) {
    Value end = b.binary(BinaryKind::add, start, count);
    b.trapIf(b.compare(CompareKind::gt_u, end, size), outOfBounds);
  } else {
    Value last = b.binary(BinaryKind::sub, size, count);
    Value over = b.compare(CompareKind::gt_u, count, size);
    b.trapIf(b.binary(BinaryKind::or_, over,
                      b.compare(CompareKind::gt_u, start, last)),
             outOfBounds);
  }
  b.giveBack({});
}

static FlatSymbolRefAttr shareCheck(Adapters &adapters, const Side &side,
                                    StringRef unaligned,
                                    StringRef outOfBounds) {
  MLIRContext *context = side.memory.getContext();
  Type address = getAddressType(context, side);
  auto type = FunctionType::get(context, {address, address, address}, {});
  std::string key =
      ("check\n" + outOfBounds + "\n" + side.memory.getValue()).str();
  return adapters.share(
      key, {}, "check_range", type, [&](Location loc, Block &body) {
        Code b(loc, &body);
        buildCheckRange(b, body, side.memory, unaligned, outOfBounds);
      });
}

FlatSymbolRefAttr meld::adapters::checkRange(Adapters &adapters,
                                             const Side &side, StringRef kind) {
  return shareCheck(adapters, side, "UnalignedPointer", kind);
}

FlatSymbolRefAttr meld::adapters::allocate(Adapters &adapters,
                                           const Side &side) {
  // Under *cannot-leave* and *no-context* the guest's function itself.
  if (!adapters.canTryToLeave(side.instance) &&
      !adapters.usesContext(side.instance))
    return side.realloc;
  MLIRContext *context = side.realloc.getContext();
  Type address = getAddressType(context, side);
  auto type = FunctionType::get(context, {address, address, address, address},
                                {address});
  std::string key =
      ("allocate\n" + side.instance.getValue() + "\n" + side.realloc.getValue())
          .str();
  FlatSymbolRefAttr function =
      adapters.share(key, {}, "allocate", type, [&](Location loc, Block &body) {
        Code b(loc, &body);
        Value pointer = async_intrinsic::CallReallocOp::create(
            b, address, side.realloc, body.getArguments(), side.instance);
        b.giveBack(pointer);
      });
  adapters.explain(function, false, [&] {
    return explainAllocate(side, adapters.canTryToLeave(side.instance),
                           adapters.usesContext(side.instance));
  });
  return function;
}

Value meld::adapters::allocateChecked(Code &b, Adapters &adapters,
                                      const Side &side, uint32_t alignment,
                                      Value bytes, Value old, Value oldBytes) {
  Type address = getAddressType(b.getContext(), side);
  Value zero = b.constant(address, 0);
  Value pointer = b.call(allocate(adapters, side),
                         {old ? old : zero, old ? oldBytes : zero,
                          b.constant(address, alignment), bytes},
                         address)
                      .front();
  b.call(shareCheck(adapters, side, "ReallocUnaligned", "ReallocOutOfBounds"),
         {pointer, bytes, b.constant(address, alignment - 1)});
  return pointer;
}
