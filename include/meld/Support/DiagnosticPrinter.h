//===- DiagnosticPrinter.h - How the tools print diagnostics ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One handler for all tools. As text, a diagnostic whose location holds a
// place in a binary prints as
//
//   y.wasm:0xc: error: message [rule]
//   y.wasm:0x4: note: message
//
// and every other one is left to the next handler, which shows the line of
// the source. As JSON, each diagnostic is one object on one line:
//
//   {"rule":"outer-use","level":"invalid","severity":"error","file":"y.wasm",
//    "offset":12,"path":["main","feed"],"message":"...","notes":[...]}
//
// A place in text has `line` and `column` instead of `offset`; members that do
// not apply are absent, apart from `rule`, `path` and `notes`, which are then
// null and empty. The notes have the same members but rule, level and notes.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_DIAGNOSTICPRINTER_H
#define MELD_SUPPORT_DIAGNOSTICPRINTER_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>

namespace meld {

/// A place in a binary: the file's name and the offset of a byte.
struct Place {
  llvm::StringRef file;
  uint64_t offset;
};

/// Finds the place in a binary that a location stands for. The location
/// attribute belongs to a dialect, so its owner passes this function.
using PlaceFinder = std::optional<Place> (*)(mlir::Location);

/// The names that lead from the root to the culprit: those of NameLocs, the
/// callers' (instantiations) first.
llvm::SmallVector<llvm::StringRef> getNamePath(mlir::Location loc);

enum class DiagnosticsFormat { Text, Json };

/// Adds the option `--diagnostics=text|json`. To be called before the command
/// line is parsed; more calls do nothing.
void registerDiagnosticsOption();

/// What the command line asked for; Text when the option was not registered.
DiagnosticsFormat getDiagnosticsFormat();

/// True when the command line has `--verify-diagnostics`: then the handler of
/// that option has to see every diagnostic, and Meld's must not be installed.
bool isVerifyingDiagnostics();

/// Prints `diag` to `os` as described above. Fails, and prints nothing, where
/// the next handler should print it.
llvm::LogicalResult printDiagnostic(mlir::Diagnostic &diag,
                                    DiagnosticsFormat format, PlaceFinder find,
                                    llvm::raw_ostream &os);

/// Registers the handler with `context`; it writes to the standard error.
/// Handlers run last registered first. Errors no longer print their op.
void installDiagnosticPrinter(mlir::MLIRContext &context,
                              DiagnosticsFormat format, PlaceFinder find);

/// Makes `registry` install the handler when `Dialect` is loaded, which is
/// after a tool's own handler was registered, so that Meld's runs first. To be
/// called once, after the command line was parsed. What is reported before an
/// op of the dialect is seen (a syntax error at the top of a file) stays text.
template <typename Dialect>
void installDiagnosticPrinter(mlir::DialectRegistry &registry,
                              PlaceFinder find) {
  struct Extension : mlir::DialectExtension<Extension, Dialect> {
    Extension(DiagnosticsFormat format, PlaceFinder find)
        : format(format), find(find) {}
    void apply(mlir::MLIRContext *context, Dialect *) const final {
      installDiagnosticPrinter(*context, format, find);
    }
    DiagnosticsFormat format;
    PlaceFinder find;
  };
  if (!isVerifyingDiagnostics())
    registry.addExtension(
        mlir::TypeID::get<Extension>(),
        std::make_unique<Extension>(getDiagnosticsFormat(), find));
}

} // namespace meld

#endif // MELD_SUPPORT_DIAGNOSTICPRINTER_H
