//===- CanonicalLayout.cpp - flattening, size and alignment -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutCache.h"

#include "meld/Dialect/Component/IR/Component.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace meld::component;

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

static Shape getScalar(Type core, uint32_t size) {
  return {Shape::scalar, core, size};
}

static Shape getPair(Type element) {
  return {Shape::pair, {}, 0, {}, 1, element};
}

static Shape getFields(ArrayRef<Type> types, uint32_t repeat = 1) {
  return {Shape::fields, {}, 0, SmallVector<Type>(types), repeat};
}

static Shape getCases(ArrayRef<Type> types) {
  return {Shape::cases, {}, 0, SmallVector<Type>(types)};
}

uint32_t meld::component::getDiscriminantSize(size_t count) {
  return count <= (1u << 8) ? 1 : count <= (1u << 16) ? 2 : 4;
}

static uint32_t getFlagsSize(size_t count) {
  return count <= 8 ? 1 : count <= 16 ? 2 : 4;
}

Shape meld::component::getShape(Type type) {
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
      .Case<StringType>([&](Type) { return getPair({}); })
      .Case<MapType>([&](MapType t) {
        return getPair(ValueTupleType::get(
            t.getContext(), ArrayRef<Type>{t.getKey(), t.getValue()}));
      })
      .Case<ListType>([&](ListType t) {
        if (t.getLength())
          return getFields(t.getElement(), t.getLength());
        return getPair(t.getElement());
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
// Measuring
//===----------------------------------------------------------------------===//

static constexpr size_t flatLimit = maxFlatParams + 1;

// The core type that holds values of both types, by bits.
static Type join(Type a, Type b) {
  if (a == b)
    return a;
  bool narrow =
      a.getIntOrFloatBitWidth() == 32 && b.getIntOrFloatBitWidth() == 32;
  return IntegerType::get(a.getContext(), narrow ? 32 : 64);
}

static void appendFlat(SmallVectorImpl<Type> &flat, ArrayRef<Type> more) {
  llvm::append_range(flat, more.take_front(flatLimit - flat.size()));
}

// Joins the payload of a case with what stands behind the discriminant.
static void joinFlat(SmallVectorImpl<Type> &flat, ArrayRef<Type> payload) {
  for (auto [index, core] :
       llvm::enumerate(payload.take_front(flatLimit - 1))) {
    if (1 + index < flat.size())
      flat[1 + index] = join(flat[1 + index], core);
    else
      flat.push_back(core);
  }
}

Type Layout::getAddressType(MLIRContext *context) const {
  return IntegerType::get(context, memory64 ? 64 : 32);
}

uint64_t Layout::getPayloadOffset(const Shape &cases) {
  uint32_t alignment = 1;
  for (Type type : cases.types)
    if (type)
      alignment = std::max(alignment, getAlignment(type));
  return llvm::alignTo(getDiscriminantSize(cases.types.size()), alignment);
}

void Layout::measureFields(const Shape &shape, Measure &all) {
  uint64_t bytes = 0;
  all.plain = true;
  for (Type type : shape.types) {
    const Measure &field = measure(type);
    all.alignment = std::max(all.alignment, field.alignment);
    all.size = llvm::alignTo(all.size, field.alignment) + field.size;
    bytes += field.size;
    all.plain &= field.plain;
    all.pointers |= field.pointers;
    all.strings |= field.strings;
    all.handles |= field.handles;
    all.borrows |= field.borrows;
    appendFlat(all.flat, field.flat);
  }
  all.size = llvm::alignTo(all.size, all.alignment);
  all.plain &= bytes == all.size;
  SmallVector<Type> once = all.flat;
  for (uint32_t i = 1; i < shape.repeat && all.flat.size() < flatLimit; ++i)
    appendFlat(all.flat, once);
  all.size *= shape.repeat;
}

void Layout::measureCases(const Shape &shape, MLIRContext *context,
                          Measure &all) {
  uint64_t payload = 0;
  all.flat.push_back(IntegerType::get(context, 32));
  all.alignment = getDiscriminantSize(shape.types.size());
  for (Type type : shape.types) {
    if (!type)
      continue;
    const Measure &one = measure(type);
    all.alignment = std::max(all.alignment, one.alignment);
    payload = std::max(payload, one.size);
    all.pointers |= one.pointers;
    all.strings |= one.strings;
    all.handles |= one.handles;
    all.borrows |= one.borrows;
    joinFlat(all.flat, one.flat);
  }
  all.size = llvm::alignTo(getPayloadOffset(shape) + payload, all.alignment);
  uint64_t discriminants = uint64_t(1)
                           << 8 * getDiscriminantSize(shape.types.size());
  all.plain = payload == 0 && shape.types.size() == discriminants;
}

/// Whether each bit pattern of a scalar is a value of its own.
static bool isPlainScalar(Type type, uint64_t size) {
  if (auto flags = dyn_cast<FlagsType>(type))
    return flags.getNames().size() == 8 * size;
  return isa<S8Type, U8Type, S16Type, U16Type, S32Type, U32Type, S64Type,
             U64Type, F32Type, F64Type>(type);
}

const Layout::Measure &Layout::measure(Type type) {
  if (auto known = measures.find(type); known != measures.end())
    return *known->second;
  auto made = std::make_unique<Measure>();
  Shape shape = getShape(type);
  switch (shape.kind) {
  case Shape::scalar:
    made->alignment = made->size = shape.size;
    made->flat.push_back(shape.core);
    made->plain = isPlainScalar(type, shape.size);
    made->handles = isHandle(type);
    made->borrows = isa<BorrowType>(type);
    break;
  case Shape::pair:
    made->alignment = memory64 ? 8 : 4;
    made->size = 2 * made->alignment;
    made->flat.assign(2, getAddressType(type.getContext()));
    made->pointers = true;
    made->strings = !shape.element || measure(shape.element).strings;
    made->handles = shape.element && measure(shape.element).handles;
    made->borrows = shape.element && measure(shape.element).borrows;
    break;
  case Shape::fields:
    measureFields(shape, *made);
    break;
  case Shape::cases:
    measureCases(shape, type.getContext(), *made);
    break;
  }
  return *(measures[type] = std::move(made));
}

/// Layouts that other questions have filled. All types come with the dialect.
static Layout &layoutOf(MLIRContext *context, bool memory64 = false) {
  auto *dialect = context->getLoadedDialect<ComponentDialect>();
  return dialect->getRegisteredInterface<LayoutCache>()->get(memory64);
}

static Layout &layoutOf(Type type, bool memory64 = false) {
  return layoutOf(type.getContext(), memory64);
}

uint32_t meld::component::getAlignment(Type type, bool memory64) {
  return layoutOf(type, memory64).getAlignment(type);
}

uint64_t meld::component::getElementSize(Type type, bool memory64) {
  return layoutOf(type, memory64).getSize(type);
}

void meld::component::flattenType(Type type, SmallVectorImpl<Type> &flat,
                                  bool memory64) {
  if (flat.size() < flatLimit)
    appendFlat(flat, layoutOf(type, memory64).getFlat(type));
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

FunctionType meld::component::flattenFunctype(FuncType type, CallSide side,
                                              const FlatOptions &options) {
  MLIRContext *context = type.getContext();
  Type i32 = IntegerType::get(context, 32);
  Type pointer = IntegerType::get(context, options.memory64 ? 64 : 32);
  bool lower = side == CallSide::lower;
  SmallVector<Type> params, results;
  Layout &layout = layoutOf(type, options.memory64);
  for (Type param : type.getParams())
    appendFlat(params, layout.getFlat(param));
  if (type.getResult())
    appendFlat(results, layout.getFlat(type.getResult()));

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
  return layoutOf(type).holdsPointers(type);
}

bool meld::component::holdsStrings(Type type) {
  return layoutOf(type).holdsStrings(type);
}

bool meld::component::holdsStrings(FuncType type) {
  Layout &layout = layoutOf(type);
  auto holds = [&](Type value) { return layout.holdsStrings(value); };
  return llvm::any_of(type.getParams(), holds) ||
         (type.getResult() && holds(type.getResult()));
}

bool meld::component::isHandle(Type type) {
  return isa<OwnType, BorrowType, StreamType, FutureType, ErrorContextType>(
      type);
}

bool meld::component::holdsHandles(Type type) {
  return layoutOf(type).holdsHandles(type);
}

bool meld::component::lends(FuncType type) {
  Layout &layout = layoutOf(type);
  return llvm::any_of(type.getParams(),
                      [&](Type param) { return layout.holdsBorrows(param); });
}

bool meld::component::isPlain(Type type) {
  return layoutOf(type).isPlain(type);
}
