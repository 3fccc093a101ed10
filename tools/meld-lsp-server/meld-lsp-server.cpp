//===- meld-lsp-server.cpp - Meld's dialects in editors -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Speaks the language server protocol on the standard streams: errors while
// one types, definitions and uses, hover, completion. docs/Editors.md says how
// an editor is told of it.
//
//===----------------------------------------------------------------------===//

#include "meld/InitAllDialects.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  meld::registerAllDialects(registry);
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
