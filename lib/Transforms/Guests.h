//===- Guests.h - what passes ask of guest modules --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_GUESTS_H
#define MELD_LIB_TRANSFORMS_GUESTS_H

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Target/Wasm/ModuleView.h"

namespace meld {

/// Reads the bytes of `module` into `view`. False if there are none, or if they
/// cannot be read: no program comes of such a module.
bool readGuest(wasm::ModuleOp module, core::ModuleView &view);

/// Whether a guest of `root` has values of type v128: in a function type, a
/// global, or a local. The code of bodies is not looked into.
bool hasVectors(component::RootOp root);

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_GUESTS_H
