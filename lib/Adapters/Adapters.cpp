//===- Adapters.cpp - how values move between instances ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValueMover.h"

using namespace mlir;
using namespace meld;
using namespace meld::adapters;
using namespace meld::component;

static unsigned getSum(Adapters &adapters, ArrayRef<Type> types) {
  unsigned sum = 0;
  for (auto [i, type] : llvm::enumerate(types))
    if (type && (i == 0 || types[i - 1] != type))
      sum = std::min(maxWeight, sum + adapters.getWeight(type));
  return sum;
}

static unsigned getFieldsWeight(Adapters &adapters, const Shape &shape) {
  uint64_t sum = 0;
  for (Type type : shape.types)
    sum = std::min<uint64_t>(maxWeight, sum + adapters.getWeight(type));
  return std::min<uint64_t>(maxWeight, sum * shape.repeat);
}

unsigned Adapters::getWeight(Type type) {
  if (auto known = weights.find(type); known != weights.end())
    return known->second;
  Shape shape = getShape(type);
  unsigned weight = 1;
  if (shape.kind == Shape::fields)
    weight = getFieldsWeight(*this, shape);
  else if (shape.kind == Shape::cases)
    weight = std::min(maxWeight, 1 + getSum(*this, shape.types));
  weights[type] = weight;
  return weight;
}

/// How many core values `types` flatten to, counted up to one more than fit.
static size_t countFlat(Layout &layout, ArrayRef<Type> types) {
  size_t count = 0;
  for (Type type : types)
    count += layout.getFlat(type).size();
  return count;
}

/// A pointer to values of `types`, checked for all of them.
static void checkSpilled(Code &b, Adapters &adapters, const Side &side,
                         Type tuple, Value pointer) {
  Layout &layout = adapters.getLayout(side);
  Type address = pointer.getType();
  b.call(checkRange(adapters, side, "PointerOutOfBounds"),
         {pointer, b.constant(address, layout.getSize(tuple)),
          b.constant(address, layout.getAlignment(tuple) - 1)});
}

SmallVector<Value> Adapters::move(ImplicitLocOpBuilder &builder,
                                  const Route &route, ArrayRef<Type> types,
                                  ValueRange values, Value into,
                                  bool fromMemory) {
  if (types.empty())
    return {};
  Code b(builder.getLoc(), builder.getInsertionBlock());
  b.restoreInsertionPoint(builder.saveInsertionPoint());
  auto tuple = ValueTupleType::get(b.getContext(), types);
  Layout &from = getLayout(route.from), &to = getLayout(route.to);

  Source source;
  if (!fromMemory && values.size() == countFlat(from, types))
    source.values = llvm::to_vector(values);
  else
    checkSpilled(b, *this, route.from, tuple, source.address = values.front());

  Target target{into};
  bool spills = !into && countFlat(to, types) > maxFlatParams;
  if (spills)
    target.address =
        allocateChecked(b, *this, route.to, to.getAlignment(tuple),
                        b.constant(getAddressType(b.getContext(), route.to),
                                   to.getSize(tuple)));
  else if (into)
    checkSpilled(b, *this, route.to, tuple, into);

  ValueMover(*this, route, b).moveInline(tuple, source, target);
  builder.restoreInsertionPoint(b.saveInsertionPoint());
  return spills ? SmallVector<Value>{target.address} : target.values;
}
