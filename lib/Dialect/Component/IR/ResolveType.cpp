//===- ResolveType.cpp - from type definitions to MLIR types -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Support/Limits.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

namespace {
/// Resolves one definition after the other. A definition only refers
/// backwards, so this ends.
class Resolver {
public:
  explicit Resolver(MLIRContext *context) : context(context) {}

  FailureOr<Type> resolve(Value definition);

private:
  /// An element: the operand or the primitive's keyword; null for neither.
  FailureOr<Type> element(Value operand, std::optional<StringRef> prim);
  /// The elements of a list; null for "none".
  LogicalResult elements(OperandRange operands, ArrayAttr prims,
                         SmallVectorImpl<Type> &types);
  FailureOr<Type> aliased(AliasOp alias);

  template <typename T, typename Op> FailureOr<Type> labelled(Op op);
  template <typename T, typename Op> FailureOr<Type> one(Op op);
  template <typename T, typename Op> FailureOr<Type> labels(Op op);
  FailureOr<Type> list(TypeListOp op);
  FailureOr<Type> tuple(TypeTupleOp op);
  FailureOr<Type> result(TypeResultOp op);
  FailureOr<Type> map(TypeMapOp op);
  FailureOr<Type> func(TypeFuncOp op);

  MLIRContext *context;
  /// Definitions around the one that is being resolved.
  uint32_t depth = 0;
};
} // namespace

static SmallVector<StringAttr> getLabels(ArrayAttr names) {
  return llvm::to_vector(names.getAsRange<StringAttr>());
}

FailureOr<Type> Resolver::element(Value operand,
                                  std::optional<StringRef> prim) {
  if (operand)
    return resolve(operand);
  return prim ? getPrimitive(context, *prim) : Type();
}

LogicalResult Resolver::elements(OperandRange operands, ArrayAttr prims,
                                 SmallVectorImpl<Type> &types) {
  auto operand = operands.begin();
  for (StringAttr prim : prims.getAsRange<StringAttr>()) {
    if (!prim.empty()) {
      types.push_back(getPrimitive(context, prim.getValue()));
      continue;
    }
    FailureOr<Type> type = resolve(*operand++);
    if (failed(type))
      return failure();
    types.push_back(*type);
  }
  return success();
}

template <typename T, typename Op> FailureOr<Type> Resolver::labelled(Op op) {
  SmallVector<Type> types;
  if (failed(elements(op.getTypes(), op.getPrims(), types)))
    return failure();
  return Type(T::get(context, getLabels(op.getNames()), types));
}

template <typename T, typename Op> FailureOr<Type> Resolver::one(Op op) {
  FailureOr<Type> type = element(op.getElement(), op.getPrim());
  if (failed(type))
    return failure();
  return Type(T::get(context, *type));
}

template <typename T, typename Op> FailureOr<Type> Resolver::labels(Op op) {
  return Type(T::get(context, getLabels(op.getNames())));
}

FailureOr<Type> Resolver::list(TypeListOp op) {
  FailureOr<Type> type = element(op.getElement(), op.getPrim());
  if (failed(type))
    return failure();
  return Type(ListType::get(context, *type, op.getLength().value_or(0)));
}

FailureOr<Type> Resolver::tuple(TypeTupleOp op) {
  SmallVector<Type> types;
  if (failed(elements(op.getTypes(), op.getPrims(), types)))
    return failure();
  return Type(ValueTupleType::get(context, types));
}

FailureOr<Type> Resolver::result(TypeResultOp op) {
  FailureOr<Type> ok = element(op.getOk(), op.getOkPrim());
  FailureOr<Type> error = element(op.getError(), op.getErrorPrim());
  if (failed(ok) || failed(error))
    return failure();
  return Type(ResultType::get(context, *ok, *error));
}

FailureOr<Type> Resolver::map(TypeMapOp op) {
  FailureOr<Type> key = element(op.getKey(), op.getKeyPrim());
  FailureOr<Type> value = element(op.getValue(), op.getValuePrim());
  if (failed(key) || failed(value))
    return failure();
  return Type(MapType::get(context, *key, *value));
}

FailureOr<Type> Resolver::func(TypeFuncOp op) {
  SmallVector<Type> types;
  if (failed(elements(op.getTypes(), op.getPrims(), types)))
    return failure();
  Type result = op.hasResult() ? types.pop_back_val() : Type();
  return Type(FuncType::get(context, op.getAsync(), getLabels(op.getNames()),
                            types, result));
}

// A type exported by a bundle is the type that the bundle was given.
FailureOr<Type> Resolver::aliased(AliasOp alias) {
  auto bundle = alias.getInstance().getDefiningOp<BundleOp>();
  if (!bundle)
    return failure();
  for (auto [name, value] :
       llvm::zip_equal(bundle.getNames(), bundle.getArgs()))
    if (name == alias.getNameAttr())
      return resolve(value);
  return failure();
}

FailureOr<Type> Resolver::resolve(Value definition) {
  using Result = FailureOr<Type>;
  Operation *op = definition.getDefiningOp();
  if (!op || depth == limits::valueNesting)
    return failure();
  llvm::SaveAndRestore deeper(depth, depth + 1);
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](TypePrimitiveOp o) { return element({}, o.getPrim()); })
      .Case([&](TypeRecordOp o) { return labelled<RecordType>(o); })
      .Case([&](TypeVariantOp o) { return labelled<VariantType>(o); })
      .Case([&](TypeFlagsOp o) { return labels<FlagsType>(o); })
      .Case([&](TypeEnumOp o) { return labels<EnumType>(o); })
      .Case([&](TypeOptionOp o) { return one<OptionType>(o); })
      .Case([&](TypeStreamOp o) { return one<StreamType>(o); })
      .Case([&](TypeFutureOp o) { return one<FutureType>(o); })
      .Case([&](TypeListOp o) { return list(o); })
      .Case([&](TypeTupleOp o) { return tuple(o); })
      .Case([&](TypeResultOp o) { return result(o); })
      .Case([&](TypeMapOp o) { return map(o); })
      .Case([&](TypeFuncOp o) { return func(o); })
      .Case([&](AliasOuterOp o) { return resolve(o.getValue()); })
      .Case([&](AliasOp o) { return aliased(o); })
      .Case([&](ExportOp o) {
        return resolve(o.getAscribed() ? o.getAscribed() : o.getValue());
      })
      .Case<ImportOp, ExportDeclOp>([&](auto o) -> Result {
        return o.getType() ? resolve(o.getType()) : Result(failure());
      })
      .Default([](Operation *) -> Result { return failure(); });
}

FailureOr<Type> meld::component::resolveType(Value definition) {
  return Resolver(definition.getContext()).resolve(definition);
}
