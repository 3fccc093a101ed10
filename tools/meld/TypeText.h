//===- TypeText.h - Types of meld.abi in the style of WIT -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TOOLS_MELD_TYPETEXT_H
#define MELD_TOOLS_MELD_TYPETEXT_H

#include "llvm/Support/JSON.h"
#include <string>

namespace meld::driver {

/// A type as docs/HostABI.md spells it in JSON, as WIT does: `list<u8>`,
/// `record { a: u32 }`, `result<_, string>`. What is not in that form is
/// printed as the JSON that it is. Names are escaped; a text is cut after
/// `limits::printedType` bytes. `shared` is the member of `meld.abi` that
/// types refer to, or null.
std::string typeText(const llvm::json::Value &type,
                     const llvm::json::Array *shared);

/// The type that stands in `shared` where `type` is a reference, otherwise
/// `type` itself. A reference leads to one of the first `count`, which becomes
/// its position, so a broken section makes no circle; null where it does not.
const llvm::json::Value *findShared(const llvm::json::Value &type,
                                    const llvm::json::Array *shared,
                                    size_t &count);

} // namespace meld::driver

#endif // MELD_TOOLS_MELD_TYPETEXT_H
