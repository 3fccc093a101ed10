//===- Entities.h - what definitions evaluate to ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_FLATTEN_ENTITIES_H
#define MELD_LIB_TRANSFORMS_FLATTEN_ENTITIES_H

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include <variant>

namespace meld::flatten {

struct Scope;
struct CoreInstance;
struct Instance;

/// A core function, memory, table, global or tag: its symbol in the root and
/// its type. In the bundle of a generated module also a component function,
/// whose type is a FuncType.
struct CoreItem {
  mlir::FlatSymbolRefAttr symbol;
  mlir::Type type;
};

/// A component function: a `component.lifted` or `component.host_func`.
struct Function {
  mlir::FlatSymbolRefAttr symbol;
  component::FuncType type;
};

/// A type: a resolved value, function or core function type; or a resource; or
/// the type of an instance, component or core module or a group of core types,
/// which is an op and the scope that it stands in.
struct TypeDefinition {
  mlir::Type type;
  mlir::FlatSymbolRefAttr resource;
  mlir::Operation *op = nullptr;
  Scope *scope = nullptr;

  bool operator==(const TypeDefinition &other) const {
    return type == other.type && resource == other.resource && op == other.op;
  }
};

/// A component: its op and the scope that its outer aliases refer to.
struct Closure {
  component::ComponentOp op;
  Scope *scope;
};

/// What a definition evaluates to.
using Entity =
    std::variant<std::monostate, wasm::ModuleOp, CoreInstance *, CoreItem,
                 Function, TypeDefinition, Closure, Instance *>;

/// A core instance: a bundle of items, or an instance of a module, whose
/// exports become items when they are first used.
struct CoreInstance {
  llvm::StringMap<CoreItem> items;
  llvm::StringMap<mlir::Type> exports;
  mlir::FlatSymbolRefAttr symbol;
};

/// A component instance or bundle: its exports in order.
struct Instance {
  llvm::MapVector<mlir::StringAttr, Entity> exports;
};

/// The definitions of one component instance, or of one type.
struct Scope {
  llvm::DenseMap<mlir::Value, Entity> values;
  /// The scope around, for outer aliases; null for the root.
  Scope *outer = nullptr;
  /// The component instance that definitions belong to.
  mlir::FlatSymbolRefAttr instance;
  /// What the names of its symbols begin with.
  std::string prefix;
  /// Where it was instantiated: the instantiation path.
  std::optional<mlir::Location> path;
  /// Whether linking made the instantiation: then no place says how, but the
  /// imports of the component do.
  bool isLinked = false;
  /// The arguments of the instantiation; null for the root.
  const Instance *arguments = nullptr;
  unsigned depth = 0;
};

} // namespace meld::flatten

#endif // MELD_LIB_TRANSFORMS_FLATTEN_ENTITIES_H
