//===- CopyCheck.h - Are copies what they are copies of? --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Validation of a body asks for the types of what the body names, and for
// nothing else of its module (Core: Validation, Instructions). So a copy is
// valid if its source is, if it is the source with other numbers, and if each
// number stands for something of the type that the source was told, or a
// subtype where an import may be given one. All three are checked on the bytes
// that were written: cheaper than to validate the copy, and it finds a wrong
// number of the right type, which validation does not.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_COPYCHECK_H
#define MELD_LIB_TARGET_WASM_COPYCHECK_H

#include "BodyCopier.h"
#include "llvm/ADT/BitVector.h"

namespace meld::wasm {

/// A module that was written, and what is known of it.
struct Written {
  const core::ModuleView &view;
  /// The functions that its code may take references to.
  const llvm::BitVector &declared;
};

/// Whether what `source` names has the types that its module declares: the
/// first difference, at an offset of the module that was written.
std::optional<ReadError> checkNumbers(const Written &written,
                                      const BodyCopier::Source &source);

/// Whether body `number` of what was written is a copy of `body`. Threads may
/// share the calls.
std::optional<ReadError> checkCopy(const Written &written, uint32_t number,
                                   const BodyCopier::Body &body);

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_COPYCHECK_H
