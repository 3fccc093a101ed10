//===- ComponentImport.h - Component binaries into MLIR ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_COMPONENTIMPORT_H
#define MELD_TARGET_WASM_COMPONENTIMPORT_H

#include "meld/Support/DiagnosticPrinter.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>

namespace meld {

struct ImportOptions {
  /// The symbol of the root; empty: from the component's name, else from the
  /// name of the file without its extension.
  std::string rootName;
  /// Whether the function bodies of core modules are validated. All else of
  /// them always is.
  bool checkBodies = false;
  /// Custom sections become ops. `component-name` never does: it names the
  /// other ops.
  bool keepCustomSections = false;
  /// See `binary::ComponentView`.
  bool asyncDestructors = false;
};

/// Imports the component in `buffer` (Binary.md) as one `component.root` at
/// the end of `module`. Locations show the last part of the buffer's name, and
/// errors of reading all of it. The core modules are views of the buffer, which
/// their resource blobs keep alive.
///
/// Reports what is malformed, invalid and unsupported, as docs/Validation.md
/// says. Then nothing is added.
llvm::LogicalResult importComponent(std::shared_ptr<llvm::MemoryBuffer> buffer,
                                    mlir::ModuleOp module,
                                    const ImportOptions &options = {});

/// The same into a new module; loads the dialects. Null on an error.
mlir::OwningOpRef<mlir::ModuleOp>
importComponent(std::shared_ptr<llvm::MemoryBuffer> buffer,
                mlir::MLIRContext *context, const ImportOptions &options = {});

/// Checks all rules on the component in `buffer`, function bodies included, and
/// reports what is wrong, as `importComponent` does.
llvm::LogicalResult checkComponent(const llvm::MemoryBuffer &buffer,
                                   mlir::MLIRContext *context,
                                   bool asyncDestructors = false);

/// Finds `#wasm.at` in a location, for `installDiagnosticPrinter`.
std::optional<Place> findBinaryPlace(mlir::Location loc);

/// `--component-to-mlir`, and `--component-interface[-json]`, which prints the
/// imports and exports.
void registerComponentTranslations();

} // namespace meld

#endif // MELD_TARGET_WASM_COMPONENTIMPORT_H
