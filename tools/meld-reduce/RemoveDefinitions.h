//===- RemoveDefinitions.h - Makes a failing input small -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TOOLS_MELD_REDUCE_REMOVEDEFINITIONS_H
#define MELD_TOOLS_MELD_REDUCE_REMOVEDEFINITIONS_H

namespace meld {

/// Registers `--remove-definitions=test=SCRIPT`: removes operations, each with
/// all that uses it, as long as SCRIPT finds what is left interesting. It is
/// called with the name of a file, and exits with status 1 if that file is
/// interesting, with 0 otherwise. What is left is valid at each step, and
/// nothing more can go.
void registerRemoveDefinitionsPass();

} // namespace meld

#endif // MELD_TOOLS_MELD_REDUCE_REMOVEDEFINITIONS_H
