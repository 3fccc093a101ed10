//===- ComponentWriter.h - A component as bytes -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_COMPONENTWRITER_H
#define MELD_LIB_TARGET_WASM_COMPONENTWRITER_H

#include "ByteWriter.h"
#include "TypeNumbers.h"
#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Target/Wasm/ComponentView.h"
#include "llvm/ADT/DenseMap.h"
#include <array>

namespace meld::binary {

/// Writes components in the binary format. An op is one entry of a section, or
/// one declaration of a type; the operands are numbers of earlier entries.
class ComponentWriter {
public:
  /// Writes `root` into `out`. On failure has reported each op that cannot be
  /// written, and `out` holds nothing of use.
  llvm::LogicalResult write(component::RootOp root, wasm::ByteWriter &out);

private:
  /// The ids of Binary.md.
  enum class Section : uint8_t {
    Custom,
    CoreModule,
    CoreInstance,
    CoreType,
    Component,
    Instance,
    Alias,
    Type,
    Canon,
    Start,
    Import,
    Export,
    Value,
  };

  /// A component or a type that is being written.
  struct Scope {
    Scope(mlir::Region &region, Scope *parent)
        : region(&region), parent(parent) {}

    mlir::Region *region;
    Scope *parent;
    /// How many definitions each index space has, and the names of some.
    std::array<uint32_t, numSorts> counts{};
    std::array<llvm::SmallVector<std::pair<uint32_t, llvm::StringRef>, 0>,
               numSorts>
        names;
    /// What first defines each core type that a module type can name.
    llvm::DenseMap<mlir::Type, mlir::Value> coreTypes;
    /// The finished sections; of a type nothing.
    wasm::ByteWriter sections;
    /// The entries of the section that has begun, or the declarations.
    wasm::ByteWriter entries;
    Section section = Section::Custom;
    uint32_t count = 0;
  };

  // Scopes and sections (ComponentWriter.cpp).
  void component(mlir::Region &body, llvm::StringRef name,
                 wasm::ByteWriter &out);
  void scopeType(mlir::Operation *op, uint8_t code);
  void definitions(mlir::Region &body);
  void definition(mlir::Operation *op);
  void begin(mlir::Operation *op, Section section);
  void finishSection();
  static bool isVector(Section section);
  /// Whether a scope is a type, which has declarations and no sections.
  static bool isType(mlir::Region *scope);
  void define(mlir::Value value);
  void nameSection(llvm::StringRef name);
  /// Reports a name that is not UTF-8: `text` of `op`, or any that `op` has.
  void checkName(mlir::Operation *op, llvm::StringRef text);
  void checkNames(mlir::Operation *op);

  // Instances, aliases, imports, exports (ComponentWriterScopes.cpp).
  void write(component::CoreModuleOp op);
  void write(component::CoreInstantiateOp op);
  void write(component::CoreBundleOp op);
  void write(component::CoreAliasOp op);
  void write(component::InstantiateOp op);
  void write(component::BundleOp op);
  void write(component::AliasOp op);
  void write(component::AliasOuterOp op);
  void write(component::ImportOp op);
  void write(component::ExportDeclOp op);
  void write(component::ExportOp op);
  void write(component::ValueOp op);
  void write(component::StartOp op);
  void write(component::CustomOp op);
  void sort(mlir::Value value);
  void sortedIndex(mlir::Value value);
  template <typename Op> void alias(Op op, uint8_t target);
  void externName(llvm::StringRef name, mlir::DictionaryAttr attributes);
  /// The type of a definition of sort `sort`: a type's index, a primitive, or
  /// for a type `sub resource` where both are null.
  void externType(Sort sort, mlir::Value type, mlir::StringAttr prim);

  // Types (ComponentWriterTypes.cpp).
  void type(mlir::Operation *op);
  void definedValueType(mlir::Operation *op);
  void elementType(uint8_t code, mlir::Value element, mlir::StringAttr prim);
  void valType(mlir::Value type, mlir::StringAttr prim);
  void optionalValType(mlir::Value type, mlir::StringAttr prim);
  void labels(mlir::ArrayAttr names);
  template <typename Op> void fields(Op op, bool cases);
  void func(component::TypeFuncOp op);

  // Core types (ComponentWriterCoreTypes.cpp).
  void coreFuncType(component::TypeCoreFuncOp op);
  void coreRecType(component::TypeCoreRecOp op);
  void coreModuleType(component::TypeCoreModuleOp op);
  /// `value` is numbered by `define` later, as any result is.
  void defineCoreType(mlir::Value value, mlir::Type type);
  void defineGroup(component::TypeCoreRecOp op,
                   llvm::ArrayRef<core::SubType> group);
  /// Where `type` has been defined, seen from a module type in this scope.
  std::optional<wasm::OuterType> outerCoreType(mlir::Type type) const;

  // Canonical definitions (ComponentWriterCanon.cpp).
  void write(component::LiftOp op);
  void write(component::LowerOp op);
  void builtin(component::CanonDefinition op);
  void immediate(component::CanonDefinition op, llvm::StringRef word);
  /// What stands in a vector of canonical options.
  struct Options {
    std::optional<component::StringEncoding> encoding;
    mlir::Value memory, realloc, postReturn, callback;
    bool isAsync = false;
  };
  void options(const Options &options);

  void index(mlir::Value value) { out().u(numbers.lookup(value)); }
  wasm::ByteWriter &out() { return scope->entries; }
  /// Reports that `op` cannot be written, and goes on.
  void refuse(mlir::Operation *op, const llvm::Twine &why);

  Scope *scope = nullptr;
  llvm::DenseMap<mlir::Value, uint32_t> numbers;
  /// The types of core type definitions and of aliases of them.
  llvm::DenseMap<mlir::Value, mlir::Type> coreTypes;
  mlir::SymbolTableCollection symbols;
  bool refused = false;
};

} // namespace meld::binary

#endif // MELD_LIB_TARGET_WASM_COMPONENTWRITER_H
