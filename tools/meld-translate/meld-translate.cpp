//===- meld-translate.cpp - Imports and exports binaries -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/InitAllTranslations.h"
#include "meld/Support/OutputFile.h"

#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"

int main(int argc, char **argv) {
  meld::registerAllTranslations();
  meld::OutputAside output(argc, argv);
  if (output.isInput())
    return 1;
  return output.finish(mlir::failed(mlir::mlirTranslateMain(
      output.argc(), output.argv(), "Meld's import and export\n")));
}
