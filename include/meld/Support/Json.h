//===- Json.h - JSON from files that others wrote ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_JSON_H
#define MELD_SUPPORT_JSON_H

#include "llvm/Support/JSON.h"

namespace meld {

/// How deep brackets may be nested in what `parseJson` reads. Far more than any
/// type at the edge has, and few enough for the stack: LLVM's parser recurses.
inline constexpr unsigned jsonNesting = 5000;

/// Parses `text`, which nothing is known of. Fails as `llvm::json::parse` does,
/// and where brackets are nested deeper than `jsonNesting`.
llvm::Expected<llvm::json::Value> parseJson(llvm::StringRef text);

} // namespace meld

#endif // MELD_SUPPORT_JSON_H
