//===- ValueMover.cpp - one value, lifted and lowered -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValueMover.h"

#include "Cases.h"
#include "Explain.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::adapters;
using namespace meld::component;
using meld::wasm::BinaryKind;
using meld::wasm::CompareKind;
using meld::wasm::Width;

ValueMover::ValueMover(Adapters &adapters, const Route &route, Code &code)
    : adapters(adapters), route(route), code(code),
      fromLayout(adapters.getLayout(route.from)),
      toLayout(adapters.getLayout(route.to)) {}

void ValueMover::move(Type type, Source &source, Target &target) {
  if (adapters.getWeight(type) > adapters.getStyle().inlineParts)
    moveByFunction(type, source, target);
  else
    moveInline(type, source, target);
}

void ValueMover::moveInline(Type type, Source &source, Target &target) {
  Shape shape = getShape(type);
  switch (shape.kind) {
  case Shape::scalar:
    return moveScalar(type, shape, source, target);
  case Shape::pair:
    return movePair(shape, source, target);
  case Shape::fields:
    return moveFields(type, shape, source, target);
  case Shape::cases:
    return moveCases(type, shape, source, target);
  }
}

//===----------------------------------------------------------------------===//
// Functions for large types
//===----------------------------------------------------------------------===//

/// A function with the source in its first parameters, an address of the target
/// in the last one, or core values of the target as its results.
void ValueMover::moveByFunction(Type type, Source &source, Target &target) {
  MLIRContext *context = code.getContext();
  Code::Values arguments;
  if (source.address)
    arguments = {code.addressOf(source.address, source.offset)};
  else
    for (size_t i = 0, e = fromLayout.getFlat(type).size(); i < e; ++i)
      arguments.push_back(source.take());
  size_t taken = arguments.size();
  if (target.address)
    arguments.push_back(code.addressOf(target.address, target.offset));
  ArrayRef<Type> results =
      target.address ? ArrayRef<Type>() : toLayout.getFlat(type);
  std::string key =
      getRouteKey(source.address ? "move from memory" : "move", route) +
      (target.address ? "\nto memory" : "");
  FlatSymbolRefAttr function = adapters.share(
      key, type, "move",
      FunctionType::get(context, ValueRange(arguments).getTypes(), results),
      [&](Location loc, Block &body) {
        Code b(loc, &body);
        Source from;
        if (source.address)
          from.address = body.getArgument(0);
        else
          llvm::append_range(from.values,
                             body.getArguments().take_front(taken));
        Target to;
        if (target.address)
          to.address = body.getArguments().back();
        ValueMover(adapters, route, b).moveInline(type, from, to);
        b.giveBack(to.values);
      });
  adapters.explain(function, false, [&] {
    return explainPart(route, type, adapters.getWeight(type),
                       adapters.getStyle().inlineParts);
  });
  llvm::append_range(target.values, code.call(function, arguments, results));
}

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

/// How much of memory a scalar takes.
static Width getWidth(const Shape &shape) {
  return shape.size == 1   ? Width::u8
         : shape.size == 2 ? Width::u16
                           : Width::full;
}

/// The same for a load, which extends.
static Width getLoadWidth(Type type, const Shape &shape) {
  return isa<S8Type>(type)    ? Width::s8
         : isa<S16Type>(type) ? Width::s16
                              : getWidth(shape);
}

static Value checkChar(Code &b, Value value) {
  // Surrogates become the highest numbers, and above 0x110000 all is high.
  Value surrogate = b.compare(
      CompareKind::eq,
      b.binary(BinaryKind::and_, value, int64_t(int32_t(0xfffff800))), 0xd800);
  Value high = b.compare(CompareKind::ge_u, value, 0x110000);
  b.trapIf(b.binary(BinaryKind::or_, high, surrogate), "InvalidChar");
  return value;
}

/// Flags that have no name are dropped.
static Value maskFlags(Code &b, Value value, size_t count) {
  if (count >= 32)
    return value;
  return b.binary(BinaryKind::and_, value, (int64_t(1) << count) - 1);
}

/// Brings the core value of a narrow number into its range.
static Value cut(Code &b, Value value, Type type) {
  auto extend = [&](wasm::UnaryKind kind) -> Value {
    return wasm::UnaryOp::create(b, value.getType(), kind, value);
  };
  return llvm::TypeSwitch<Type, Value>(type)
      .Case([&](S8Type) { return extend(wasm::UnaryKind::extend8_s); })
      .Case([&](S16Type) { return extend(wasm::UnaryKind::extend16_s); })
      .Case([&](U8Type) { return b.binary(BinaryKind::and_, value, 0xff); })
      .Case([&](U16Type) { return b.binary(BinaryKind::and_, value, 0xffff); })
      .Default([&](Type) { return value; });
}

Value ValueMover::lift(Type type, const Shape &shape, Source &source) {
  Value value;
  if (source.address)
    value = code.load(shape.core, route.from.memory, source.address,
                      source.offset, getLoadWidth(type, shape));
  else
    value = cut(code, source.take(), type);
  return llvm::TypeSwitch<Type, Value>(type)
      .Case([&](BoolType) { return code.compare(CompareKind::ne, value, 0); })
      .Case([&](CharType) { return checkChar(code, value); })
      .Case([&](FlagsType t) {
        return maskFlags(code, value, t.getNames().size());
      })
      .Default([&](Type) { return value; });
}

void ValueMover::lower(const Shape &shape, Value value, Target &target) {
  if (!target.address)
    return target.values.push_back(value);
  code.store(route.to.memory, target.address, target.offset, value,
             getWidth(shape));
}

void ValueMover::moveScalar(Type type, const Shape &shape, Source &source,
                            Target &target) {
  Value value = lift(type, shape, source);
  if (isHandle(type)) {
    const Side &own = route.toCallee ? route.from : route.to;
    auto transfer = async_intrinsic::TransferOp::create(
        code, TypeRange(code.getI32Type()), ValueRange(value),
        route.callee.getValue(), route.toCallee, type, own.instance);
    // Nobody's memory: the transfer is half of one.
    if (own.waits)
      transfer.setMemoryAttr(own.memory);
    value = transfer.getResult(0);
  }
  lower(shape, value, target);
}

//===----------------------------------------------------------------------===//
// Strings and lists
//===----------------------------------------------------------------------===//

void ValueMover::movePair(const Shape &shape, Source &source, Target &target) {
  Type fromAddress = getAddressType(code.getContext(), route.from);
  Type toAddress = getAddressType(code.getContext(), route.to);
  uint64_t fromSize = route.from.memory64 ? 8 : 4;
  uint64_t toSize = route.to.memory64 ? 8 : 4;
  Code::Values pair;
  for (uint64_t i : {0, 1})
    pair.push_back(source.address
                       ? code.load(fromAddress, route.from.memory,
                                   source.address, source.offset + i * fromSize)
                       : source.take());
  FlatSymbolRefAttr function = shape.element
                                   ? moveList(adapters, route, shape.element)
                                   : moveString(adapters, route);
  Code::Values moved = code.call(function, pair, {toAddress, toAddress});
  for (auto [i, value] : llvm::enumerate(moved)) {
    if (target.address)
      code.store(route.to.memory, target.address, target.offset + i * toSize,
                 value);
    else
      target.values.push_back(value);
  }
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

/// More bytes than this are copied by one instruction, if that is allowed.
static uint64_t getBytesInPlace(const Style &style) {
  return style.small ? 16 : 64;
}

void ValueMover::moveFields(Type type, const Shape &shape, Source &source,
                            Target &target) {
  bool inMemory = source.address && target.address;
  if (inMemory && fromLayout.isPlain(type) &&
      fromLayout.getSize(type) > getBytesInPlace(adapters.getStyle()))
    return code.copy(route.to.memory, route.from.memory,
                     code.addressOf(target.address, target.offset),
                     code.addressOf(source.address, source.offset),
                     fromLayout.getSize(type));
  if (inMemory && shape.repeat > 4)
    return moveRepeated(shape, source, target);
  uint64_t from = 0, to = 0;
  for (uint32_t i = 0; i < shape.repeat; ++i)
    for (Type field : shape.types) {
      from = llvm::alignTo(from, fromLayout.getAlignment(field));
      to = llvm::alignTo(to, toLayout.getAlignment(field));
      Source fieldSource = source.at(from);
      Target fieldTarget = target.at(to);
      move(field, source.address ? fieldSource : source,
           target.address ? fieldTarget : target);
      from += fromLayout.getSize(field);
      to += toLayout.getSize(field);
    }
}

/// A list of fixed length, whose elements are moved by a loop.
void ValueMover::moveRepeated(const Shape &shape, Source &source,
                              Target &target) {
  Type element = shape.types.front();
  code.repeat(code.i32(shape.repeat),
              {code.addressOf(source.address, source.offset),
               code.addressOf(target.address, target.offset)},
              {int64_t(fromLayout.getSize(element)),
               int64_t(toLayout.getSize(element))},
              [&](ArrayRef<Value> now) {
                Source from{now[0]};
                Target to{now[1]};
                move(element, from, to);
              });
}

//===----------------------------------------------------------------------===//
// Cases
//===----------------------------------------------------------------------===//

void ValueMover::moveCases(Type type, const Shape &shape, Source &source,
                           Target &target) {
  Shape discriminant{Shape::scalar, code.getI32Type(),
                     getDiscriminantSize(shape.types.size())};
  Value number = lift(U32Type::get(code.getContext()), discriminant, source);
  code.trapIf(code.compare(CompareKind::ge_u, number, shape.types.size()),
              "InvalidDiscriminant");
  lower(discriminant, number, target);

  ArrayRef<Type> fromFlat = fromLayout.getFlat(type).drop_front();
  ArrayRef<Type> toFlat = toLayout.getFlat(type).drop_front();
  Code::Values joined;
  if (!source.address)
    for (size_t i = 0; i < fromFlat.size(); ++i)
      joined.push_back(source.take());
  // Once for all cases: each looks at all of them.
  uint64_t fromOffset = fromLayout.getPayloadOffset(shape);
  uint64_t toOffset = toLayout.getPayloadOffset(shape);
  auto payload = [&](Type type) -> Code::Values {
    Target to = target.at(toOffset);
    if (type) {
      Source from = source.at(fromOffset);
      if (!source.address)
        from.values = splitJoined(code, joined, fromLayout.getFlat(type));
      move(type, from, to);
    }
    if (target.address)
      return {};
    return joinValues(code, to.values, toFlat);
  };
  llvm::append_range(target.values,
                     selectCase(code, number, shape.types,
                                target.address ? ArrayRef<Type>() : toFlat,
                                payload));
}
