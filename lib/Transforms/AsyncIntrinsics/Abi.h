//===- Abi.h - what the host is told of a program ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_ABI_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_ABI_H

#include "meld/Dialect/Component/IR/Component.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/JSON.h"
#include <optional>

namespace meld::lowering {

/// The name of the custom section.
inline constexpr llvm::StringLiteral abiSection = "meld.abi";

/// A function at the edge (docs/HostABI.md, `meld.abi`).
struct AbiFunction {
  /// `f`, or `ns:p/i#f` for a function of an interface.
  std::string name;
  /// Imports only.
  std::string module;
  std::string core;
  component::FuncType type;
  /// Position in the list of exported memories.
  std::optional<unsigned> memory;
  /// Whether that has addresses of 64 bits.
  bool memory64 = false;
  /// Names of core exports, empty for none.
  std::string realloc, postReturn;
  component::StringEncoding encoding = component::StringEncoding::utf8;
};

/// A resource in the types of these functions.
struct AbiResource {
  /// What `own` and `borrow` name it by.
  std::string name;
  /// What a user knows it by, empty for nothing.
  std::string interface, resource;
  /// Whether the host defines it.
  bool ofHost;
  /// The export that drops it, where that has the name that wit-component
  /// wants.
  std::string dtor;
};

/// A name of a value type at the edge.
struct AbiType {
  /// `t`, or `ns:p/i#t` for a type of an interface.
  std::string name;
  mlir::Type type;
};

/// The content of the custom section `meld.abi`, as it grows.
class Abi {
public:
  void addExport(AbiFunction function) { exports.push_back(function); }
  void addImport(AbiFunction function) { imports.push_back(function); }

  void addResource(AbiResource resource) { resources.push_back(resource); }
  void addType(AbiType type) { types.push_back(type); }

  /// The position of an exported memory, which this call adds to the list.
  unsigned memory(mlir::FlatSymbolRefAttr memory);
  /// The memory of values that no guest's memory is named for.
  unsigned stageIn(mlir::FlatSymbolRefAttr memory);
  /// The export name of each memory in the list.
  static std::string memoryName(unsigned position);
  llvm::SmallVector<mlir::FlatSymbolRefAttr> exportedMemories() const;

  /// Whether the program says why it trapped.
  bool hasTrapInfo = false;
  /// Whether it uses `pulseengine:async`.
  bool async = false;
  /// Whether it wants stacks to switch between.
  bool fibers = false;

  /// The section: one line of JSON.
  std::string print() const;

private:
  std::vector<AbiFunction> exports, imports;
  std::vector<AbiResource> resources;
  std::vector<AbiType> types;
  llvm::MapVector<mlir::StringAttr, unsigned> memories;
  std::optional<unsigned> staging;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_ABI_H
