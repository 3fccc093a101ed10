//===- ComponentWriterCoreTypes.cpp - Core type definitions ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A module type in the IR has its types in place, as MLIR types. What a scope
// around it has defined already is written as an outer alias, so that a type
// that many module types name has one definition.
//
//===----------------------------------------------------------------------===//

#include "ComponentWriter.h"
#include "CoreTypes.h"
#include "EntityTypes.h"
#include "TypeNumbers.h"
#include "meld/Target/Wasm/TypeReader.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace meld;
using namespace meld::binary;
using namespace meld::component;
using namespace mlir;

//===----------------------------------------------------------------------===//
// Definitions
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
  defineCoreType(op.getResult(), type);
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
  defineGroup(op, view.types);
  llvm::BumpPtrAllocator storage;
  for (core::SubType &type : view.types)
    type = core::renumber(type, number, storage);
  // A `sub` that is not final begins like a module type.
  bool isOne = view.types.size() == 1;
  if (isOne && !view.types.front().isFinal)
    out().byte(0);
  wasm::writeDefinitions(view.types, out());
}

//===----------------------------------------------------------------------===//
// What is defined
//===----------------------------------------------------------------------===//

/// Of equal types in one scope, aliases name the first.
void ComponentWriter::defineCoreType(Value value, Type type) {
  coreTypes[value] = type;
  scope->coreTypes.try_emplace(type, value);
}

/// `group` counts from the operands of `op`, and goes on with its results.
void ComponentWriter::defineGroup(TypeCoreRecOp op,
                                  ArrayRef<core::SubType> group) {
  SmallVector<Type> operands;
  for (Value operand : op.getTypes())
    operands.push_back(coreTypes.lookup(operand));
  if (group.empty() || llvm::is_contained(operands, Type()))
    return; // it names what is no type of a module
  wasm::CoreTypeConverter types(op.getContext());
  types.enter(group, operands);
  for (auto [result, type] : llvm::zip_equal(
           op.getResults(), types.defined().drop_front(operands.size())))
    defineCoreType(result, type);
}

std::optional<wasm::OuterType> ComponentWriter::outerCoreType(Type type) const {
  // The module type is a scope itself.
  uint32_t depth = 1;
  for (const Scope *s = scope; s; s = s->parent, ++depth)
    if (Value value = s->coreTypes.lookup(type))
      return wasm::OuterType{depth, numbers.lookup(value)};
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Module types
//===----------------------------------------------------------------------===//

namespace {
/// Collects the declarations of a core module type. Types are declared before
/// the first declaration that names them.
class ModuleTypeWriter {
public:
  explicit ModuleTypeWriter(wasm::TypeNumbers::FindOuter findOuter)
      : types(findOuter) {}

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
      if (entry.outer) {
        alias(*entry.outer);
        continue;
      }
      declarations.byte(1);
      if (entry.group)
        wasm::writeGroup(entry.group, entry.number, declarations, typeIndex);
      else
        wasm::writeFunctionType(entry.function, declarations, typeIndex);
    }
  }

  void alias(wasm::OuterType outer) {
    declarations.raw(StringRef("\2\x10\1", 3));
    declarations.u(outer.depth);
    declarations.u(outer.index);
  }

  wasm::TypeNumbers types;
  wasm::ByteWriter declarations;
  uint32_t count = 0;
  size_t declared = 0;
};
} // namespace

void ComponentWriter::coreModuleType(TypeCoreModuleOp op) {
  begin(op, Section::CoreType);
  auto findOuter = [&](Type type) { return outerCoreType(type); };
  ModuleTypeWriter writer(findOuter);
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
