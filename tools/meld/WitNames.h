//===- WitNames.h - names as WIT has them -----------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TOOLS_MELD_WITNAMES_H
#define MELD_TOOLS_MELD_WITNAMES_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace meld::driver::wit {

/// A name as WIT has it, where words of the language are marked.
std::string id(llvm::StringRef name);

/// `world:p/use@1.0` as `%world:p/%use@1.0`: `id` of each name of a path.
std::string pathId(llvm::StringRef path);

/// `ns:p/i@1.0` as `ns:p@1.0` and `i`. A name without a package is all package.
std::pair<std::string, llvm::StringRef> splitInterface(llvm::StringRef name);

} // namespace meld::driver::wit

#endif // MELD_TOOLS_MELD_WITNAMES_H
