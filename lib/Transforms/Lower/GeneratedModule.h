//===- GeneratedModule.h - a function in a definition's place ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The form of a lowered definition before flatten: a private `wasm.module` in
// the root with one structured function, an instantiation of it where the
// definition stood, and an alias to its export. Its imports are what the
// definition named. Flatten moves the function into the root.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LOWER_GENERATEDMODULE_H
#define MELD_LIB_TRANSFORMS_LOWER_GENERATEDMODULE_H

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace meld {

/// Builds the generated module that takes the place of a definition before
/// flatten. Use: `import` what the body needs, `function`, then fill the body,
/// then `instantiate`, whose result is the function as a core function value.
class GeneratedModule {
public:
  /// `symbols` is the table of the root that `anchor` stands in; the module
  /// gets a unique name that begins with `hint`.
  GeneratedModule(mlir::SymbolTable &symbols, mlir::Operation *anchor,
                  llvm::StringRef hint);

  /// Makes `value` known inside under a symbol that begins with `name`.
  mlir::FlatSymbolRefAttr import(llvm::StringRef name, mlir::Value value,
                                 mlir::Type type);

  /// Adds an exported function and returns it, with an empty entry block.
  wasm::FuncOp function(llvm::StringRef name, mlir::FunctionType type);

  /// Instantiates the module before the anchor; the results are its functions
  /// as core function values, in the order in which they were made.
  llvm::SmallVector<mlir::Value> instantiate();

private:
  static mlir::Block::iterator nextModulePosition(mlir::SymbolTable &symbols);

  mlir::Operation *anchor;
  wasm::ModuleOp module;
  llvm::SmallVector<mlir::Value> arguments;
  llvm::SmallVector<mlir::Attribute> argumentNames;
  llvm::SmallVector<mlir::StringAttr> functions;
};

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_LOWER_GENERATEDMODULE_H
