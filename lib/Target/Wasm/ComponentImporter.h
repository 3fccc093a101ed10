//===- ComponentImporter.h - Makes ops of a decoded component ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Definitions and scopes are made in ComponentImporter.cpp, types in
// ComponentImportTypes.cpp, canonical definitions in ComponentImportCanon.cpp.
// The view is checked, so nothing here fails but what the view does not look
// into: the core modules.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_COMPONENTIMPORTER_H
#define MELD_LIB_TARGET_WASM_COMPONENTIMPORTER_H

#include "CoreTypes.h"
#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ComponentView.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/MemoryBuffer.h"

namespace meld::binary {

class ComponentImporter {
public:
  ComponentImporter(component::RootOp root,
                    std::shared_ptr<llvm::MemoryBuffer> buffer,
                    mlir::StringAttr file, const ImportOptions &options);

  /// Makes the ops of the root component. Errors of core modules and core types
  /// are reported, all of them.
  llvm::LogicalResult run(const ComponentView &view);

private:
  /// The index spaces of a scope that is being made, as values.
  struct Level {
    Level(const Scope &scope, Level *parent);

    const Scope &scope;
    Level *parent;
    std::array<llvm::SmallVector<mlir::Value>, numSorts> values;
    /// The names of the name section, by index.
    std::array<llvm::DenseMap<uint32_t, llvm::StringRef>, numSorts> names;
  };

  void definitions(Level &level);
  mlir::Value definition(const Definition &def);
  mlir::Value coreModule(const Definition &def);
  mlir::Value arguments(const Definition &def, llvm::StringRef op, Sort result,
                        mlir::ValueRange callee);
  mlir::Value outerAlias(const Definition &def);
  mlir::Value start(const Definition &def);
  void customSection(const Definition &def);
  void externType(const ExternType &type);
  mlir::Value importDefinition(const Definition &def, llvm::StringRef op);
  mlir::Value exportDefinition(const Definition &def);
  void nameAttributes(const Definition &def);
  void body(mlir::Value scopeOp, const Scope &scope);

  mlir::Value type(const TypeDef &type);
  mlir::Value listType(const TypeDef &type);
  mlir::Value coreType(const Definition &def);
  mlir::Value coreRecType(const Definition &def);
  mlir::Value coreModuleType(const core::ModuleType &type);
  void coreExtern(mlir::OpBuilder &body, llvm::StringRef module,
                  llvm::StringRef name, const core::ExternType &type);
  /// Appends one value type to a list of operands and keywords.
  void element(const std::optional<ValType> &type);
  /// Sets one value type: an operand, or the attribute `prim`.
  unsigned single(const std::optional<ValType> &type, llvm::StringRef prim);

  mlir::Value canon(const Definition &def);
  mlir::Value lift(const Canon &canon);
  mlir::Value lower(const Canon &canon);
  mlir::Value builtin(const Canon &canon);
  /// Appends the value of an optional index and returns how many: 0 or 1.
  int32_t option(Sort sort, std::optional<uint32_t> index);
  void encoding(const CanonOptions &options);

  /// Makes `component.<name>` of the collected operands and attributes.
  mlir::Value create(llvm::StringRef name, Sort result, unsigned regions = 0);
  void attribute(llvm::StringRef name, mlir::Attribute value) {
    attributes.push_back(builder.getNamedAttr(name, value));
  }
  void flag(llvm::StringRef name, bool set) {
    if (set)
      attribute(name, builder.getUnitAttr());
  }
  void segments(llvm::ArrayRef<int32_t> sizes) {
    attribute("operandSegmentSizes", builder.getDenseI32ArrayAttr(sizes));
  }
  mlir::Value value(Sort sort, uint32_t index) const {
    return level->values[unsigned(sort)][index];
  }
  mlir::Location place(uint64_t offset);
  mlir::Location definitionLoc(const Definition &def);
  void report(const ReadError &error);

  component::RootOp root;
  std::shared_ptr<llvm::MemoryBuffer> buffer;
  mlir::StringAttr file;
  const ImportOptions &options;
  mlir::OpBuilder builder;
  mlir::SymbolTable symbols;
  /// How many custom sections of a name were imported.
  llvm::StringMap<unsigned> customSections;
  /// The core types of the whole component, by `TypeId`.
  wasm::CoreTypeConverter coreTypes;
  Level *level = nullptr;
  /// Core modules stand before the definitions, in their order.
  mlir::Operation *lastModule = nullptr;
  bool hasFailed = false;
  /// What the definition that is being made consists of.
  mlir::Location loc;
  llvm::SmallVector<mlir::Value> operands;
  llvm::SmallVector<mlir::NamedAttribute> attributes;
  llvm::SmallVector<mlir::Attribute> keywords;
};

} // namespace meld::binary

#endif // MELD_LIB_TARGET_WASM_COMPONENTIMPORTER_H
