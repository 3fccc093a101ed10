//===- MapFile.h - The offset map of a program ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TOOLS_MELD_MAPFILE_H
#define MELD_TOOLS_MELD_MAPFILE_H

#include "meld/Support/ByteReader.h"
#include "meld/Target/Wasm/OffsetMap.h"

namespace meld::driver {

/// Reads the map in `file`, or the one that the core module `file` names in its
/// section `sourceMappingURL`, beside it. Fails if there is none, or if it is
/// of another module.
llvm::Expected<core::OffsetMap> readMapFile(llvm::StringRef file);

/// The name of the map that a core module names; nothing if it has none.
std::optional<std::string> findMapName(llvm::StringRef module);

/// The contents of the custom section `name` of a core module, behind the magic
/// number; nothing if it has none. Errors of the bytes stay in `reader`.
std::optional<llvm::StringRef> findCustomSection(ByteReader &reader,
                                                 llvm::StringRef name);

} // namespace meld::driver

#endif // MELD_TOOLS_MELD_MAPFILE_H
