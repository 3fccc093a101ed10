//===- ComponentWriterTypes.cpp - Type definitions ------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentWords.h"
#include "ComponentWriter.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace meld;
using namespace meld::binary;
using namespace meld::component;
using namespace mlir;

//===----------------------------------------------------------------------===//
// Value types
//===----------------------------------------------------------------------===//

void ComponentWriter::valType(Value type, StringAttr prim) {
  if (prim)
    return out().byte(primitiveCode(prim.getValue()));
  out().s(numbers.lookup(type));
}

void ComponentWriter::optionalValType(Value type, StringAttr prim) {
  bool present = type || prim;
  out().byte(present);
  if (present)
    valType(type, prim);
}

void ComponentWriter::elementType(uint8_t code, Value element,
                                  StringAttr prim) {
  out().byte(code);
  valType(element, prim);
}

void ComponentWriter::labels(ArrayAttr names) {
  out().u(names.size());
  for (auto name : names.getAsRange<StringAttr>())
    out().sized(name.getValue());
}

namespace {
/// The value types of a list: an entry of `prims` is a keyword, "none", or
/// empty for the next operand.
class Elements {
public:
  Elements(OperandRange types, ArrayAttr prims) : types(types), prims(prims) {}

  size_t size() const { return prims.size(); }

  /// The next element: a value, a keyword, or for "none" neither.
  std::pair<Value, StringAttr> next() {
    auto prim = cast<StringAttr>(prims[position++]);
    if (prim.getValue() == "none")
      return {};
    if (prim.empty())
      return {types[operand++], nullptr};
    return {nullptr, prim};
  }

private:
  OperandRange types;
  ArrayAttr prims;
  size_t position = 0, operand = 0;
};
} // namespace

/// Labels with their types; in cases those are optional, and 0 ends each.
template <typename Op> void ComponentWriter::fields(Op op, bool cases) {
  Elements elements(op.getTypes(), op.getPrims());
  out().u(op.getNames().size());
  for (auto name : op.getNames().template getAsRange<StringAttr>()) {
    out().sized(name.getValue());
    auto [type, prim] = elements.next();
    if (!cases) {
      valType(type, prim);
      continue;
    }
    optionalValType(type, prim);
    out().byte(0);
  }
}

void ComponentWriter::func(TypeFuncOp op) {
  out().byte(op.getAsync() ? 0x43 : 0x40);
  fields(op, /*cases=*/false);
  out().byte(op.hasResult() ? 0 : 1);
  if (!op.hasResult())
    return out().byte(0);
  // The result is the last of the elements.
  StringAttr prim = cast<StringAttr>(op.getPrims()[op.getPrims().size() - 1]);
  if (prim.empty())
    return valType(op.getTypes().back(), nullptr);
  valType(nullptr, prim);
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

void ComponentWriter::type(Operation *op) {
  if (!isa<TypeComponentOp, TypeInstanceOp>(op))
    begin(op, Section::Type);
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](TypeFuncOp o) { func(o); })
      .Case([&](TypeResourceOp o) {
        out().byte(o.getAsync() ? 0x3e : 0x3f);
        out().byte(o.getRep().isInteger(64) ? 0x7e : 0x7f);
        if (o.getAsync())
          index(o.getDtor());
        Value last = o.getAsync() ? o.getCallback() : o.getDtor();
        out().byte(bool(last));
        if (last)
          index(last);
      })
      .Case([&](TypeComponentOp o) { scopeType(o, 0x41); })
      .Case([&](TypeInstanceOp o) { scopeType(o, 0x42); })
      .Default([&](Operation *o) { definedValueType(o); });
}

void ComponentWriter::definedValueType(Operation *op) {
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](TypePrimitiveOp o) { valType(nullptr, o.getPrimAttr()); })
      .Case([&](TypeRecordOp o) {
        out().byte(0x72);
        fields(o, /*cases=*/false);
      })
      .Case([&](TypeVariantOp o) {
        out().byte(0x71);
        fields(o, /*cases=*/true);
      })
      .Case([&](TypeListOp o) {
        elementType(o.getLength() ? 0x67 : 0x70, o.getElement(),
                    o.getPrimAttr());
        if (o.getLength())
          out().u(*o.getLength());
      })
      .Case([&](TypeTupleOp o) {
        out().byte(0x6f);
        Elements elements(o.getTypes(), o.getPrims());
        out().u(elements.size());
        for (size_t i = 0; i != elements.size(); ++i) {
          auto [type, prim] = elements.next();
          valType(type, prim);
        }
      })
      .Case([&](TypeFlagsOp o) {
        out().byte(0x6e);
        labels(o.getNames());
      })
      .Case([&](TypeEnumOp o) {
        out().byte(0x6d);
        labels(o.getNames());
      })
      .Case([&](TypeOptionOp o) {
        elementType(0x6b, o.getElement(), o.getPrimAttr());
      })
      .Case([&](TypeResultOp o) {
        out().byte(0x6a);
        optionalValType(o.getOk(), o.getOkPrimAttr());
        optionalValType(o.getError(), o.getErrorPrimAttr());
      })
      .Case<TypeOwnOp, TypeBorrowOp>([&](auto o) {
        out().byte(isa<TypeOwnOp>(o.getOperation()) ? 0x69 : 0x68);
        index(o.getResource());
      })
      .Case<TypeStreamOp, TypeFutureOp>([&](auto o) {
        out().byte(isa<TypeStreamOp>(o.getOperation()) ? 0x66 : 0x65);
        optionalValType(o.getElement(), o.getPrimAttr());
      })
      .Case([&](TypeMapOp o) {
        elementType(0x63, o.getKey(), o.getKeyPrimAttr());
        valType(o.getValue(), o.getValuePrimAttr());
      })
      .Default([&](Operation *o) {
        refuse(o, "is no type that a component can hold");
      });
}
