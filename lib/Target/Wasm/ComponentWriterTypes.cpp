//===- ComponentWriterTypes.cpp - Type definitions ------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentWords.h"
#include "ComponentWriter.h"
#include "EntityTypes.h"
#include "TypeNumbers.h"
#include "meld/Target/Wasm/TypeReader.h"
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

//===----------------------------------------------------------------------===//
// Core types
//===----------------------------------------------------------------------===//

/// A component's function types are written without types that they name.
static bool isPlainValue(Type type) {
  auto ref = dyn_cast<wasm::RefType>(type);
  return wasm::isValueType(type) && !(ref && ref.getDefined());
}

/// Whether the binary format has `type`, that of a core import or export.
static bool isCoreType(Type type) {
  if (auto tag = dyn_cast<wasm::TagType>(type))
    return isCoreType(tag.getFunction());
  if (auto function = dyn_cast<FunctionType>(type))
    return llvm::all_of(function.getInputs(), wasm::isValueType) &&
           llvm::all_of(function.getResults(), wasm::isValueType);
  if (auto table = dyn_cast<wasm::TableType>(type))
    return wasm::isValueType(table.getElement());
  if (auto global = dyn_cast<wasm::GlobalType>(type))
    return wasm::isValueType(global.getValue());
  return wasm::isEntityType(type);
}

void ComponentWriter::coreFuncType(TypeCoreFuncOp op) {
  begin(op, Section::CoreType);
  FunctionType type = cast<FunctionType>(op.getType());
  if (!llvm::all_of(type.getInputs(), isPlainValue) ||
      !llvm::all_of(type.getResults(), isPlainValue))
    return refuse(op, "has a type that is not core");
  wasm::writeFunctionType(type, out(), [](Type) { return 0; });
}

/// The bytes count from the operands; here they get the numbers of those, and
/// of the definitions that the group is about to make.
void ComponentWriter::coreRecType(TypeCoreRecOp op) {
  begin(op, Section::CoreType);
  StringRef text = op.getBytes();
  ByteReader in(ArrayRef(text.bytes_begin(), text.size()));
  core::ModuleView view;
  core::readRecursionGroup(in, view);
  uint32_t first = scope->counts[unsigned(Sort::CoreType)];
  uint32_t operands = op.getTypes().size();
  auto number = [&](uint32_t index) -> uint32_t {
    return index < operands ? numbers.lookup(op.getTypes()[index])
                            : first + (index - operands);
  };
  llvm::BumpPtrAllocator storage;
  for (core::SubType &type : view.types)
    type = core::renumber(type, number, storage);
  // A `sub` that is not final begins like a module type.
  bool isOne = view.types.size() == 1;
  if (isOne && !view.types.front().isFinal)
    out().byte(0);
  wasm::writeDefinitions(view.types, out());
}

namespace {
/// Collects the declarations of a core module type. Types are declared before
/// the first declaration that names them.
class ModuleTypeWriter {
public:
  void declare(uint8_t code, StringRef module, StringRef name, Type type) {
    wasm::ByteWriter declaration;
    declaration.byte(code);
    if (code == 0)
      declaration.sized(module);
    declaration.sized(name);
    declaration.byte(uint8_t(wasm::externOf(type)));
    auto typeIndex = [&](Type named) { return types.number(named); };
    wasm::writeEntityType(type, declaration, typeIndex);
    declareTypes();
    declarations.raw(declaration.bytes());
    ++count;
  }
  void write(wasm::ByteWriter &out) const {
    out.byte(0x50);
    out.u(count);
    out.raw(declarations.bytes());
  }

private:
  /// Declares the types that have been numbered since.
  void declareTypes() {
    auto typeIndex = [&](Type named) { return types.number(named); };
    for (; declared < types.entries().size(); ++declared, ++count) {
      wasm::TypeNumbers::Entry entry = types.entries()[declared];
      declarations.byte(1);
      if (!entry.group) {
        wasm::writeFunctionType(entry.function, declarations, typeIndex);
        continue;
      }
      wasm::writeGroup(entry.group, entry.number, declarations, typeIndex);
    }
  }

  wasm::TypeNumbers types;
  wasm::ByteWriter declarations;
  uint32_t count = 0;
  size_t declared = 0;
};
} // namespace

void ComponentWriter::coreModuleType(TypeCoreModuleOp op) {
  begin(op, Section::CoreType);
  ModuleTypeWriter writer;
  auto declare = [&](Operation *decl, uint8_t code, StringRef module,
                     StringRef name, Type type) {
    checkNames(decl);
    if (!isCoreType(type))
      return refuse(decl, "has a type that is not core");
    writer.declare(code, module, name, type);
  };
  for (Operation &each : op.getBody().front())
    llvm::TypeSwitch<Operation *>(&each)
        .Case([&](CoreImportDeclOp o) {
          declare(o, 0, o.getModule(), o.getName(), o.getType());
        })
        .Case([&](CoreExportDeclOp o) {
          declare(o, 3, {}, o.getName(), o.getType());
        })
        .Default([&](Operation *o) {
          refuse(o, "cannot stand in the type of a core module");
        });
  writer.write(out());
}
