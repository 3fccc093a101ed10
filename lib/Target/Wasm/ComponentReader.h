//===- ComponentReader.h - Decodes component binaries -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk decodes and resolves indices. Sections and index spaces stand in
// ComponentReader.cpp, instances and aliases in ComponentInstances.cpp, types
// in ComponentTypes.cpp and ComponentCoreTypes.cpp, imports and exports in
// ComponentExterns.cpp, canonical definitions in ComponentCanon.cpp. Errors
// that end the reading stay in the ByteReader: after one, every method returns
// at once with harmless values. An index that names nothing, and a nested
// module or component that cannot be read, is listed in the view, and what it
// would have been is unknown.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_COMPONENTREADER_H
#define MELD_LIB_TARGET_WASM_COMPONENTREADER_H

#include "meld/Target/Wasm/ComponentView.h"
#include "meld/Target/Wasm/TypeReader.h"

namespace meld::binary {

class ComponentReader {
public:
  ComponentReader(ByteReader &in, ComponentView &view,
                  const core::ValidateOptions &modules, unsigned nesting = 0)
      : in(in), view(view), modules(modules), nesting(nesting) {}

  /// A component from its preamble to the end of the input.
  std::unique_ptr<Scope> component(const Scope *parent);

private:
  // Sections (ComponentReader.cpp).
  void preamble();
  void section(uint8_t id);
  void customSection();
  void names(ByteReader data);
  void sortNames(ByteReader &part);
  void coreModule();
  void nestedComponent();
  void valueDefinition();
  void startDefinition();

  // Instances and aliases (ComponentInstances.cpp).
  void coreInstance();
  void instance();
  void arguments(Definition &def, bool core);
  /// Reads the members of a bundle; what the new instance exports.
  Exports *bundle(Definition &def, bool core);
  void alias();
  void outerAlias(Definition &def);

  // Sorts and index spaces (ComponentReader.cpp).
  Sort sort();
  Sort coreSort();
  Sort coreSortAt(uint64_t at, uint8_t code);
  uint32_t index(Sort sort);
  void checkIndex(const Scope &in, Sort sort, uint32_t index, uint64_t at);
  Entity entity(Sort sort, uint32_t index) const;

  // Imports and exports (ComponentExterns.cpp).
  void importDefinition();
  void exportDefinition();
  llvm::StringRef externName(NameAttributes &attributes);
  void attribute(NameAttributes &attributes, llvm::StringRef name);
  ExternType externType();
  Entity externEntity(const ExternType &type);
  Entity valueEntity(const std::optional<ValType> &type);
  void declareImport(Definition &def);
  void declareExport(Definition &def, const Entity &entity);
  void nameType(const Entity &entity, llvm::StringRef name);

  // Types (ComponentTypes.cpp).
  void typeDefinition();
  TypeDef *defType();
  void valueTypeBody(TypeDef &type, uint8_t opcode);
  void funcType(TypeDef &type);
  void resourceType(TypeDef &type, bool asyncDestructor);
  void scopeType(TypeDef &type, bool isComponent);
  void declaration(bool isComponent);
  ValType valType();
  std::optional<ValType> optionalValType();
  std::optional<ValType> resultList();
  void labels(TypeDef &type, const char *what, bool withTypes);
  uint32_t typeIndex(const TypeDef **found = nullptr);

  // Core types (ComponentCoreTypes.cpp).
  void coreType();
  void subPrefix();
  const core::ModuleType *coreModuleType();
  void coreModuleDeclaration(core::ModuleView &declared,
                             core::ExternTypes &types,
                             core::ModuleType &module);
  core::TypeId coreTypeAlias(uint64_t at);

  // Canonical definitions (ComponentCanon.cpp).
  void canon();
  void builtin(Canon &canon, llvm::StringRef immediates,
               llvm::StringRef optionWords);
  void immediate(llvm::StringRef word, Canon &canon);
  uint32_t funcIndex(Sort sort);
  CanonOptions options();
  bool flag(const char *what);

  void add(Definition &&def, Entity entity);
  /// Reports an error after which reading goes on.
  void invalid(Rule rule, uint64_t at, const llvm::Twine &what);
  void list(const ReadError &error);
  /// Reports an error of what another reader found.
  void report(const ReadError &error);

  ByteReader &in;
  ComponentView &view;
  const core::ValidateOptions &modules;
  Scope *scope = nullptr;
  /// Components and types around this one.
  unsigned nesting;
};

} // namespace meld::binary

#endif // MELD_LIB_TARGET_WASM_COMPONENTREADER_H
