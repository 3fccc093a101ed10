//===- Names.h - Names from the input, made safe to print -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A name in a binary is any sequence of bytes. Printed as it is, it can move
// the cursor, colour or rewrite a terminal, or swap what a reader sees with
// bidirectional controls.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_NAMES_H
#define MELD_SUPPORT_NAMES_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace meld {

/// `text` with everything that is unsafe to print escaped: control characters
/// (C0, DEL, C1), bidirectional and invisible formatting characters and line
/// separators become `\u{1b}`, bytes that are no UTF-8 become `\xff`. Nothing
/// else changes. Line feeds stay where `keepLines` is set.
std::string escapeText(llvm::StringRef text, bool keepLines = false);

/// `name` in double quotes for a diagnostic: escaped as by `escapeText`, with
/// `"` and `\` escaped too, and cut after `limits::printedName` bytes, which
/// three dots after the closing quote show.
std::string quoted(llvm::StringRef name);

/// `noun` behind its article: "an instance", "a func".
std::string withArticle(llvm::StringRef noun);

} // namespace meld

#endif // MELD_SUPPORT_NAMES_H
