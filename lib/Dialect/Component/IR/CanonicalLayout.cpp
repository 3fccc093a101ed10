//===- CanonicalLayout.cpp - flattening, size and alignment -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace meld::component;

// What a type is in memory and registers: a scalar, a pair of pointer and
// length, fields, or cases. This is `despecialize` of the spec, without making
// the despecialized type.
namespace {
struct Shape {
  enum Kind { scalar, pair, fields, cases } kind;
  Type core;               // scalar: the core type
  uint32_t size = 0;       // scalar: bytes
  SmallVector<Type> types; // fields, cases; null for no payload
  uint32_t repeat = 1;     // fields: how often they follow each other
};
} // namespace

static Shape getScalar(Type core, uint32_t size) {
  return {Shape::scalar, core, size, {}, 1};
}

static Shape getFields(ArrayRef<Type> types, uint32_t repeat = 1) {
  return {Shape::fields, {}, 0, SmallVector<Type>(types), repeat};
}

static Shape getCases(ArrayRef<Type> types) {
  return {Shape::cases, {}, 0, SmallVector<Type>(types), 1};
}

// Bytes of the discriminant of `count` cases.
static uint32_t getDiscriminantSize(size_t count) {
  return count <= (1u << 8) ? 1 : count <= (1u << 16) ? 2 : 4;
}

static uint32_t getFlagsSize(size_t count) {
  return count <= 8 ? 1 : count <= 16 ? 2 : 4;
}

static Shape getShape(Type type) {
  Builder b(type.getContext());
  Type i32 = b.getI32Type();
  return llvm::TypeSwitch<Type, Shape>(type)
      .Case<BoolType, S8Type, U8Type>([&](Type) { return getScalar(i32, 1); })
      .Case<S16Type, U16Type>([&](Type) { return getScalar(i32, 2); })
      .Case<S64Type, U64Type>(
          [&](Type) { return getScalar(b.getI64Type(), 8); })
      .Case<F32Type>([&](Type) { return getScalar(b.getF32Type(), 4); })
      .Case<F64Type>([&](Type) { return getScalar(b.getF64Type(), 8); })
      .Case<FlagsType>([&](FlagsType t) {
        return getScalar(i32, getFlagsSize(t.getNames().size()));
      })
      .Case<StringType, MapType>(
          [&](Type) { return Shape{Shape::pair, {}, 0, {}, 1}; })
      .Case<ListType>([&](ListType t) {
        if (t.getLength())
          return getFields(t.getElement(), t.getLength());
        return Shape{Shape::pair, {}, 0, {}, 1};
      })
      .Case<RecordType>([&](RecordType t) { return getFields(t.getTypes()); })
      .Case<ValueTupleType>(
          [&](ValueTupleType t) { return getFields(t.getTypes()); })
      .Case<VariantType>([&](VariantType t) { return getCases(t.getTypes()); })
      .Case<EnumType>([&](EnumType t) {
        return getCases(SmallVector<Type>(t.getNames().size()));
      })
      .Case<OptionType>(
          [&](OptionType t) { return getCases({Type(), t.getElement()}); })
      .Case<ResultType>(
          [&](ResultType t) { return getCases({t.getOk(), t.getError()}); })
      .Default([&](Type) { return getScalar(i32, 4); });
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

uint32_t meld::component::getAlignment(Type type, bool memory64) {
  Shape shape = getShape(type);
  uint32_t alignment = 1;
  if (shape.kind == Shape::scalar)
    return shape.size;
  if (shape.kind == Shape::pair)
    return memory64 ? 8 : 4;
  if (shape.kind == Shape::cases)
    alignment = getDiscriminantSize(shape.types.size());
  for (Type member : shape.types)
    if (member)
      alignment = std::max(alignment, getAlignment(member, memory64));
  return alignment;
}

static uint64_t getFieldsSize(const Shape &shape, uint32_t alignment,
                              bool memory64) {
  uint64_t size = 0;
  for (Type field : shape.types) {
    size = llvm::alignTo(size, getAlignment(field, memory64));
    size += getElementSize(field, memory64);
  }
  return llvm::alignTo(size, alignment) * shape.repeat;
}

static uint64_t getCasesSize(const Shape &shape, uint32_t alignment,
                             bool memory64) {
  uint64_t payload = 0;
  uint32_t payloadAlignment = 1;
  for (Type type : shape.types) {
    if (!type)
      continue;
    payload = std::max(payload, getElementSize(type, memory64));
    payloadAlignment = std::max(payloadAlignment, getAlignment(type, memory64));
  }
  uint64_t start =
      llvm::alignTo(getDiscriminantSize(shape.types.size()), payloadAlignment);
  return llvm::alignTo(start + payload, alignment);
}

uint64_t meld::component::getElementSize(Type type, bool memory64) {
  Shape shape = getShape(type);
  switch (shape.kind) {
  case Shape::scalar:
    return shape.size;
  case Shape::pair:
    return memory64 ? 16 : 8;
  case Shape::fields:
    return getFieldsSize(shape, getAlignment(type, memory64), memory64);
  case Shape::cases:
    return getCasesSize(shape, getAlignment(type, memory64), memory64);
  }
  llvm_unreachable("a kind of Shape");
}

//===----------------------------------------------------------------------===//
// Registers
//===----------------------------------------------------------------------===//

// The core type that holds values of both types, by bits.
static Type join(Type a, Type b) {
  if (a == b)
    return a;
  bool narrow =
      a.getIntOrFloatBitWidth() == 32 && b.getIntOrFloatBitWidth() == 32;
  return IntegerType::get(a.getContext(), narrow ? 32 : 64);
}

static void flattenCases(const Shape &shape, MLIRContext *context,
                         SmallVectorImpl<Type> &flat, bool memory64) {
  flat.push_back(IntegerType::get(context, 32));
  size_t start = flat.size();
  for (Type type : shape.types) {
    if (!type)
      continue;
    SmallVector<Type> payload;
    flattenType(type, payload, memory64);
    for (auto [index, core] : llvm::enumerate(payload)) {
      if (start + index < flat.size())
        flat[start + index] = join(flat[start + index], core);
      else
        flat.push_back(core);
    }
  }
}

void meld::component::flattenType(Type type, SmallVectorImpl<Type> &flat,
                                  bool memory64) {
  Shape shape = getShape(type);
  MLIRContext *context = type.getContext();
  switch (shape.kind) {
  case Shape::scalar:
    flat.push_back(shape.core);
    return;
  case Shape::pair:
    flat.append(2, IntegerType::get(context, memory64 ? 64 : 32));
    return;
  case Shape::fields:
    // A long list of fixed length goes by pointer anyway: one more than the
    // largest limit is enough to know that.
    for (uint32_t i = 0; i < shape.repeat && flat.size() <= maxFlatParams; ++i)
      for (Type field : shape.types)
        flattenType(field, flat, memory64);
    return;
  case Shape::cases:
    flattenCases(shape, context, flat, memory64);
    return;
  }
}

FunctionType meld::component::flattenFunctype(FuncType type, CallSide side,
                                              const FlatOptions &options) {
  MLIRContext *context = type.getContext();
  Type i32 = IntegerType::get(context, 32);
  Type pointer = IntegerType::get(context, options.memory64 ? 64 : 32);
  bool lower = side == CallSide::lower;
  SmallVector<Type> params, results;
  for (Type param : type.getParams())
    flattenType(param, params, options.memory64);
  if (type.getResult())
    flattenType(type.getResult(), results, options.memory64);

  bool fewParams = options.isAsync && lower;
  if (params.size() > (fewParams ? maxFlatAsyncParams : maxFlatParams))
    params.assign(1, pointer);
  if (options.isAsync) {
    if (lower && !results.empty())
      params.push_back(pointer);
    results.clear();
    if (lower || options.hasCallback)
      results.push_back(i32);
  } else if (results.size() > maxFlatResults) {
    results.clear();
    (lower ? params : results).push_back(pointer);
  }
  return FunctionType::get(context, params, results);
}

SmallVector<Type> meld::component::flattenTaskReturn(MLIRContext *context,
                                                     Type result,
                                                     bool memory64) {
  SmallVector<Type> params;
  if (result)
    flattenType(result, params, memory64);
  if (params.size() > maxFlatParams)
    params.assign(1, IntegerType::get(context, memory64 ? 64 : 32));
  return params;
}

//===----------------------------------------------------------------------===//
// Predicates
//===----------------------------------------------------------------------===//

bool meld::component::holdsPointers(Type type) {
  Shape shape = getShape(type);
  return shape.kind == Shape::pair ||
         llvm::any_of(shape.types, [](Type member) {
           return member && holdsPointers(member);
         });
}

bool meld::component::holdsHandles(Type type) {
  if (isa<OwnType, BorrowType, StreamType, FutureType, ErrorContextType>(type))
    return true;
  if (auto list = dyn_cast<ListType>(type))
    return holdsHandles(list.getElement());
  if (auto map = dyn_cast<MapType>(type))
    return holdsHandles(map.getKey()) || holdsHandles(map.getValue());
  return llvm::any_of(getShape(type).types, [](Type member) {
    return member && holdsHandles(member);
  });
}

bool meld::component::isPlain(Type type) {
  if (isa<S8Type, U8Type, S16Type, U16Type, S32Type, U32Type, S64Type, U64Type,
          F32Type, F64Type>(type))
    return true;
  Shape shape = getShape(type);
  if (shape.kind != Shape::fields || !llvm::all_of(shape.types, isPlain))
    return false;
  uint64_t bytes = 0;
  for (Type field : shape.types)
    bytes += getElementSize(field);
  return bytes * shape.repeat == getElementSize(type);
}
