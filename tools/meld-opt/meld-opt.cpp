//===- meld-opt.cpp - Runs passes on MLIR files -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/InitAllDialects.h"
#include "meld/InitAllPasses.h"
#include "meld/Support/DiagnosticPrinter.h"
#include "meld/Support/OutputFile.h"
#include "meld/Target/Wasm/ComponentImport.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  meld::registerAllDialects(registry);
  meld::registerAllPasses();
  mlir::registerTransformsPasses();
  meld::registerDiagnosticsOption();
  meld::OutputAside aside(argc, argv);
  if (aside.isInput())
    return 1;
  auto [input, output] = mlir::registerAndParseCLIOptions(
      aside.argc(), aside.argv(), "Meld's pass driver\n", registry);
  // Every dialect of Meld loads `wasm`.
  meld::installDiagnosticPrinter<meld::wasm::WasmDialect>(
      registry, meld::findBinaryPlace);
  return aside.finish(mlir::asMainReturnCode(
      mlir::MlirOptMain(aside.argc(), aside.argv(), input, output, registry)));
}
