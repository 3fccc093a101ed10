//===- Versions.h - Names of imports and exports, up to version -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The name of an interface may end in a version: `wasi:io/streams@0.2.3`. Two
// versions are compatible if one may stand for the other (Explainer.md: Import
// and Export Definitions, canonical interface names).
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_VERSIONS_H
#define MELD_SUPPORT_VERSIONS_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace meld {

/// The name with its version cut to what compatible versions have in common:
/// `a:b/c@1.2.3` is `a:b/c@1`, `@0.2.1` is `@0.2`, `@0.0.7` and pre-releases
/// stay. So two names may stand for each other if and only if these are equal.
/// Names without a version, and with one that is not semantic, stay as they
/// are.
std::string getLinkName(llvm::StringRef name);

/// Whether the version of `name` is newer than that of `other`, where both have
/// the same link name.
bool isNewerVersion(llvm::StringRef name, llvm::StringRef other);

} // namespace meld

#endif // MELD_SUPPORT_VERSIONS_H
