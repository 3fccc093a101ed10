//===- meld-reduce.cpp - Makes a failing input small -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   meld-reduce bug.mlir --remove-definitions=test=script.sh -o small.mlir
//
// The script gets the name of a file and exits with status 1 if what is looked
// for still happens, with 0 otherwise. MLIR's --reduction-tree and
// --opt-reduction-pass are there too, and all passes of Meld.
//
//===----------------------------------------------------------------------===//

#include "RemoveDefinitions.h"

#include "meld/InitAllDialects.h"
#include "meld/InitAllPasses.h"
#include "mlir/Tools/mlir-reduce/MlirReduceMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  meld::registerAllDialects(registry);
  meld::registerAllPasses();
  meld::registerRemoveDefinitionsPass();
  mlir::registerTransformsPasses();
  mlir::MLIRContext context(registry);
  return mlir::failed(mlir::mlirReduceMain(argc, argv, context));
}
