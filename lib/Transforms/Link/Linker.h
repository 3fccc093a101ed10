//===- Linker.h - several roots into one ------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_LINK_LINKER_H
#define MELD_LIB_TRANSFORMS_LINK_LINKER_H

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Support/Diagnostics.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include <deque>

namespace meld::link {

/// How far the walk in order of needs is with an input or an import.
enum class State { waiting, open, done };

/// One of the roots.
struct Input {
  component::RootOp root;
  /// The root's definitions, wrapped.
  component::ComponentOp component;
  /// Its instance in the new root; null until it is made.
  mlir::Value instance;
  State state = State::waiting;
  llvm::SmallVector<component::ImportOp> imports;
  llvm::SmallVector<component::ExportOp> exports;
  /// What definitions of the input are in the new root.
  mlir::IRMapping outside;

  llvm::StringRef name() { return root.getSymName(); }
};

/// An export of an input.
struct Provider {
  Input *input;
  component::ExportOp op;
};

/// Imports of one link name that nothing satisfies: one import of the result.
struct OuterImport {
  llvm::SmallVector<std::pair<Input *, component::ImportOp>> wanted;
  mlir::Value value;
  State state = State::waiting;
};

/// Links roots as docs/Link.md says. The new root stands at the end of their
/// module; the old ones are erased.
class Linker {
public:
  /// `kept` are names of exports that the result has, whatever they satisfy.
  Linker(mlir::ModuleOp module, llvm::ArrayRef<component::RootOp> roots,
         llvm::ArrayRef<std::string> kept);

  /// Refuses roots that cannot be linked, and names in `kept` that no root
  /// exports, with located errors. Changes nothing.
  mlir::LogicalResult check();
  /// Links what `check` accepted. Fails with a located error; the module is
  /// then in an undefined but destructible state.
  mlir::LogicalResult run();

private:
  // Linker.cpp
  mlir::LogicalResult checkTargets();
  mlir::LogicalResult checkExports();
  mlir::LogicalResult checkKept();
  void match();
  void adopt(Input &input);
  void adoptSymbols(Input &input);
  mlir::LogicalResult instantiate(Input &input);
  mlir::FailureOr<mlir::Value> alias(Provider provider);
  mlir::FailureOr<mlir::Value> argument(Input &input,
                                        component::ImportOp import);
  mlir::LogicalResult exportFrom(Input &input);
  mlir::LogicalResult cycle(Input &input, component::ImportOp import);

  // Imports.cpp: imports of the result.
  mlir::FailureOr<mlir::Value> outerImport(OuterImport &outer);
  mlir::FailureOr<mlir::Value> importType(OuterImport &outer);
  mlir::FailureOr<mlir::Value> copy(mlir::Value value, Input &input);
  mlir::LogicalResult copyUsed(mlir::Operation *op, Input &input);
  mlir::Value mergeTypes(OuterImport &outer);

  mlir::ModuleOp module;
  llvm::ArrayRef<std::string> kept;
  mlir::OpBuilder builder;
  component::RootOp result;
  std::deque<Input> inputs;
  /// The export that satisfies an import.
  llvm::DenseMap<mlir::Operation *, Provider> satisfied;
  /// Exports that satisfy an import.
  llvm::SmallPtrSet<mlir::Operation *, 8> used;
  llvm::StringMap<OuterImport> outerImports;
  llvm::DenseMap<mlir::Operation *, mlir::Value> aliases;
  /// Imports whose exporter is being instantiated, the first outermost.
  llvm::SmallVector<std::pair<Input *, component::ImportOp>> steps;
  llvm::StringMap<unsigned> symbols;
};

} // namespace meld::link

#endif // MELD_LIB_TRANSFORMS_LINK_LINKER_H
