//===- WitText.h - the world of a fused program -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TOOLS_MELD_WITTEXT_H
#define MELD_TOOLS_MELD_WITTEXT_H

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace meld::driver {

/// The world `meld:fused/fused` in WIT, which a program with the section `abi`
/// implements as a core module: tools in the style of wit-component make a
/// component of both. Types have the names that `meld.abi` says, or else names
/// after the functions that use them. Fails, saying what stands in the way,
/// where the program has a shape that such a core module cannot have.
llvm::Expected<std::string> witText(const llvm::json::Object &abi);

} // namespace meld::driver

#endif // MELD_TOOLS_MELD_WITTEXT_H
