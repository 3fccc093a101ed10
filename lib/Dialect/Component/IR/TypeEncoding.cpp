//===- TypeEncoding.cpp - Value types in text and bytecode ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Resolved types are graphs: a tuple may name a list twice, whose element does
// the same. As a tree, the text of such a type grows exponentially. So a type
// whose text would be long is printed once, under an alias; and bytecode, which
// by default holds the text, has an encoding for each type former.
//
//===----------------------------------------------------------------------===//

#include "TypeEncoding.h"

#include "meld/Dialect/Component/IR/TypeLength.h"
#include "meld/Support/Bytecode.h"
#include "mlir/IR/OpImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

//===----------------------------------------------------------------------===//
// Length
//===----------------------------------------------------------------------===//

size_t component::measureText(Type type, size_t limit) {
  constexpr size_t keyword = 8;
  size_t length = keyword;
  type.walkImmediateSubElements(
      [&](Attribute attribute) {
        if (auto name = dyn_cast_if_present<StringAttr>(attribute))
          length += name.size() + 2;
      },
      [&](Type inner) {
        if (inner && length < limit)
          length += measureText(inner, limit - length);
      });
  return length;
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

namespace {

/// The type formers, as bytecode numbers them.
enum class Former : uint64_t {
  Record,
  Variant,
  Tuple,
  Flags,
  Enum,
  List,
  Option,
  Result,
  Map,
  Own,
  Borrow,
  Stream,
  Future,
  Func
};

/// What a type is made of. Types may be null where a former lets them.
struct Parts {
  Former former;
  uint64_t number = 0;
  SmallVector<StringAttr> names;
  SmallVector<Type> types;
  FlatSymbolRefAttr resource;
};

Parts partsOf(Former former, ArrayRef<StringAttr> names, ArrayRef<Type> types) {
  return {former, 0, llvm::to_vector(names), llvm::to_vector(types), {}};
}

/// The parts of a type that is no sort and no primitive.
std::optional<Parts> partsOf(Type type) {
  using Found = std::optional<Parts>;
  return llvm::TypeSwitch<Type, Found>(type)
      .Case([](RecordType t) {
        return partsOf(Former::Record, t.getNames(), t.getTypes());
      })
      .Case([](VariantType t) {
        return partsOf(Former::Variant, t.getNames(), t.getTypes());
      })
      .Case([](ValueTupleType t) {
        return partsOf(Former::Tuple, {}, t.getTypes());
      })
      .Case(
          [](FlagsType t) { return partsOf(Former::Flags, t.getNames(), {}); })
      .Case([](EnumType t) { return partsOf(Former::Enum, t.getNames(), {}); })
      .Case([](ListType t) {
        Parts parts = partsOf(Former::List, {}, t.getElement());
        parts.number = t.getLength();
        return parts;
      })
      .Case([](OptionType t) {
        return partsOf(Former::Option, {}, t.getElement());
      })
      .Case([](ResultType t) {
        return partsOf(Former::Result, {}, {t.getOk(), t.getError()});
      })
      .Case([](MapType t) {
        return partsOf(Former::Map, {}, {t.getKey(), t.getValue()});
      })
      .Case([](OwnType t) {
        return Parts{Former::Own, 0, {}, {}, t.getResource()};
      })
      .Case([](BorrowType t) {
        return Parts{Former::Borrow, 0, {}, {}, t.getResource()};
      })
      .Case([](StreamType t) {
        return partsOf(Former::Stream, {}, t.getElement());
      })
      .Case([](FutureType t) {
        return partsOf(Former::Future, {}, t.getElement());
      })
      .Case([](FuncType t) {
        Parts parts = partsOf(Former::Func, t.getNames(), t.getParams());
        parts.types.push_back(t.getResult());
        parts.number = t.getAsync();
        return parts;
      })
      .Default([](Type) { return std::nullopt; });
}

/// Whether a type can be made of `parts`, which may come from anywhere.
bool isWellFormed(const Parts &parts) {
  bool named = parts.names.size() == parts.types.size();
  auto has = [&](size_t types) {
    return parts.names.empty() && parts.types.size() == types;
  };
  bool whole = !llvm::is_contained(parts.types, Type());
  switch (parts.former) {
  case Former::Record:
    return named && whole;
  case Former::Variant:
    return named;
  case Former::Tuple:
    return parts.names.empty() && whole;
  case Former::Flags:
  case Former::Enum:
    return parts.types.empty();
  case Former::List:
    return has(1) && whole && parts.number <= UINT32_MAX;
  case Former::Option:
    return has(1) && whole;
  case Former::Result:
    return has(2);
  case Former::Map:
    return has(2) && whole;
  case Former::Own:
  case Former::Borrow:
    return has(0) && parts.resource;
  case Former::Stream:
  case Former::Future:
    return has(1);
  case Former::Func:
    return parts.number <= 1 && parts.types.size() == parts.names.size() + 1 &&
           !llvm::is_contained(ArrayRef(parts.types).drop_back(), Type());
  }
  return false;
}

/// The type that is made of `parts`, which are well formed.
Type typeOf(const Parts &parts, MLIRContext *context) {
  ArrayRef<StringAttr> names = parts.names;
  ArrayRef<Type> types = parts.types;
  switch (parts.former) {
  case Former::Record:
    return RecordType::get(context, names, types);
  case Former::Variant:
    return VariantType::get(context, names, types);
  case Former::Tuple:
    return ValueTupleType::get(context, types);
  case Former::Flags:
    return FlagsType::get(context, names);
  case Former::Enum:
    return EnumType::get(context, names);
  case Former::List:
    return ListType::get(context, types[0], parts.number);
  case Former::Option:
    return OptionType::get(context, types[0]);
  case Former::Result:
    return ResultType::get(context, types[0], types[1]);
  case Former::Map:
    return MapType::get(context, types[0], types[1]);
  case Former::Own:
    return OwnType::get(context, parts.resource);
  case Former::Borrow:
    return BorrowType::get(context, parts.resource);
  case Former::Stream:
    return StreamType::get(context, types[0]);
  case Former::Future:
    return FutureType::get(context, types[0]);
  case Former::Func:
    return FuncType::get(context, parts.number, names, types.drop_back(),
                         types.back());
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

struct Assembly : OpAsmDialectInterface {
  using OpAsmDialectInterface::OpAsmDialectInterface;

  /// What is longer than about two lines is printed once.
  AliasResult getAlias(Type type, raw_ostream &os) const override {
    constexpr size_t longest = 200;
    if (&type.getDialect() != getDialect() ||
        measureText(type, longest) < longest)
      return AliasResult::NoAlias;
    os << (isa<FuncType>(type) ? "func_type" : "value_type");
    return AliasResult::FinalAlias;
  }
};

//===----------------------------------------------------------------------===//
// Bytecode
//===----------------------------------------------------------------------===//

struct Bytecode : VersionedBytecode {
  using VersionedBytecode::VersionedBytecode;

  LogicalResult writeType(Type type,
                          DialectBytecodeWriter &writer) const override {
    std::optional<Parts> parts = partsOf(type);
    if (!parts)
      return failure();
    writer.writeVarInt(uint64_t(parts->former));
    writer.writeVarInt(parts->number);
    writer.writeAttributes(ArrayRef(parts->names));
    writer.writeList(parts->types, [&](Type each) {
      writer.writeVarInt(bool(each));
      if (each)
        writer.writeType(each);
    });
    writer.writeOptionalAttribute(parts->resource);
    return success();
  }

  Type readType(DialectBytecodeReader &reader) const override {
    uint64_t former;
    Parts parts;
    if (failed(reader.readVarInt(former)) ||
        failed(reader.readVarInt(parts.number)) ||
        failed(readItems(reader,
                         [&] {
                           return reader.readAttribute(
                               parts.names.emplace_back());
                         })) ||
        failed(readItems(reader,
                         [&] {
                           return readOptional(reader,
                                               parts.types.emplace_back());
                         })) ||
        failed(reader.readOptionalAttribute(parts.resource)))
      return {};
    parts.former = Former(former);
    if (isWellFormed(parts))
      return typeOf(parts, getContext());
    return reader.emitError() << "a component type is malformed", Type();
  }

private:
  static LogicalResult readOptional(DialectBytecodeReader &reader, Type &type) {
    uint64_t isThere;
    if (failed(reader.readVarInt(isThere)))
      return failure();
    return isThere ? reader.readType(type) : success();
  }
};

} // namespace

void component::addTypeEncoding(ComponentDialect &dialect) {
  dialect.addInterfaces<Assembly, Bytecode>();
}
