//===- TypeIdentities.h - which types of meld.abi are one -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TOOLS_MELD_TYPEIDENTITIES_H
#define MELD_TOOLS_MELD_TYPEIDENTITIES_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"
#include <string>

namespace meld::driver {

/// Numbers types of `meld.abi`, as docs/HostABI.md spells them in JSON: two
/// have one number if they are equal, wherever they stand and whatever part of
/// them stands in `shared`. Each place of the section is walked once, however
/// many types it is part of. The values have to stay where they are.
class TypeIdentities {
public:
  /// `shared` is the member of `meld.abi` that types refer to, or null.
  explicit TypeIdentities(const llvm::json::Array *shared) : shared(shared) {}

  /// The number of `type`, which may refer to the first `count` of `shared`.
  unsigned of(const llvm::json::Value &type, size_t count);

private:
  std::string shallowText(const llvm::json::Value &part, size_t count);

  const llvm::json::Array *shared;
  llvm::DenseMap<const llvm::json::Value *, unsigned> known;
  llvm::StringMap<unsigned> numbers; // by text with the numbers of parts
};

} // namespace meld::driver

#endif // MELD_TOOLS_MELD_TYPEIDENTITIES_H
