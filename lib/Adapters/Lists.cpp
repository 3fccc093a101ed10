//===- Lists.cpp - lists, copied or moved element by element ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explain.h"
#include "ValueMover.h"

using namespace mlir;
using namespace meld;
using namespace meld::adapters;
using namespace meld::component;
using meld::wasm::BinaryKind;
using meld::wasm::CompareKind;

namespace {
struct ListMove {
  Adapters &adapters;
  const Route &route;
  Type element;
  uint64_t fromSize, toSize;
  uint32_t fromAlignment, toAlignment;
  bool plain;

  ListMove(Adapters &adapters, const Route &route, Type element)
      : adapters(adapters), route(route), element(element) {
    Layout &from = adapters.getLayout(route.from);
    Layout &to = adapters.getLayout(route.to);
    fromSize = from.getSize(element), toSize = to.getSize(element);
    fromAlignment = from.getAlignment(element);
    toAlignment = to.getAlignment(element);
    plain = from.isPlain(element);
  }

  void build(Code &b, Block &body) const;
  void moveElements(Code &b, Value to, Value from, Value length,
                    Value bytes) const;
};
} // namespace

void ListMove::moveElements(Code &b, Value to, Value from, Value length,
                            Value bytes) const {
  if (plain)
    return b.copy(route.to.memory, route.from.memory, to, from, bytes);
  b.repeat(b.resized(length, b.getI32Type()), {from, to},
           {int64_t(fromSize), int64_t(toSize)}, [&](ArrayRef<Value> now) {
             Source source{now[0]};
             Target target{now[1]};
             ValueMover(adapters, route, b).moveInline(element, source, target);
           });
}

void ListMove::build(Code &b, Block &body) const {
  Value pointer = body.getArgument(0), length = body.getArgument(1);
  Type fromAddress = pointer.getType();
  Type toAddress = getAddressType(b.getContext(), route.to);
  b.trapIf(b.compare(CompareKind::gt_u, length, maxListBytes / fromSize),
           "ListTooLong");
  Value bytes = b.binary(BinaryKind::mul, length, fromSize);
  b.call(checkRange(adapters, route.from, "ListOutOfBounds"),
         {pointer, bytes, b.constant(fromAddress, fromAlignment - 1)});
  Value toLength = b.resized(length, toAddress);
  Value toBytes = toLength == length && toSize == fromSize
                      ? bytes
                      : b.binary(BinaryKind::mul, toLength, toSize);
  Value to = allocateChecked(b, adapters, route.to, toAlignment, toBytes);
  moveElements(b, to, pointer, length, bytes);
  b.giveBack({to, toLength});
}

void Adapters::moveElements(ImplicitLocOpBuilder &builder, const Route &route,
                            Type element, Value target, Value source,
                            Value count) {
  Code b(builder.getLoc(), builder.getInsertionBlock());
  b.restoreInsertionPoint(builder.saveInsertionPoint());
  ListMove list(*this, route, element);
  Value bytes =
      list.plain ? b.binary(BinaryKind::mul, count, list.fromSize) : Value();
  list.moveElements(b, target, source, count, bytes);
  builder.restoreInsertionPoint(b.saveInsertionPoint());
}

FlatSymbolRefAttr meld::adapters::moveList(Adapters &adapters,
                                           const Route &route, Type element) {
  MLIRContext *context = element.getContext();
  ListMove list(adapters, route, element);
  Type from = getAddressType(context, route.from);
  Type to = getAddressType(context, route.to);
  // Plain elements differ by size and alignment only.
  std::string what = list.plain ? ("copy list " + Twine(list.fromSize) + " " +
                                   Twine(list.fromAlignment))
                                      .str()
                                : "move list";
  FlatSymbolRefAttr function =
      adapters.share(getRouteKey(what, route), list.plain ? Type() : element,
                     list.plain ? "copy_list" : "move_list",
                     FunctionType::get(context, {from, from}, {to, to}),
                     [&](Location loc, Block &body) {
                       Code b(loc, &body);
                       list.build(b, body);
                     });
  adapters.explain(function, list.plain, [&] {
    return explainList(adapters.getLayout(route.from), route, element);
  });
  return function;
}
