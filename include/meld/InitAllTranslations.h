//===- InitAllTranslations.h - All translations of Meld -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_INITALLTRANSLATIONS_H
#define MELD_INITALLTRANSLATIONS_H

#include "meld/Target/Wasm/ComponentExport.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ModuleWriter.h"

namespace meld {

/// Registers every translation of Meld (binary formats to and from MLIR) with
/// MLIR's translation registry.
inline void registerAllTranslations() {
  registerComponentTranslations();
  registerComponentExport();
  wasm::registerModuleTranslations();
}

} // namespace meld

#endif // MELD_INITALLTRANSLATIONS_H
