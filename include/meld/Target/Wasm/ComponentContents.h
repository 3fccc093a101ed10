//===- ComponentContents.h - What a component is made of --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_COMPONENTCONTENTS_H
#define MELD_TARGET_WASM_COMPONENTCONTENTS_H

#include "meld/Target/Wasm/ComponentView.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

namespace meld::binary {

/// A canonical definition in the form in which it is used: `stream.read` with
/// `async` is another than without.
struct CanonUse {
  uint8_t opcode;
  bool async, callback, cancellable;

  bool operator<(const CanonUse &other) const {
    return std::tie(opcode, async, callback, cancellable) <
           std::tie(other.opcode, other.async, other.callback,
                    other.cancellable);
  }
};

/// What stands in a component and in the components inside it.
struct ComponentContents {
  unsigned components = 0, coreModules = 0, coreInstances = 0, instances = 0;
  uint64_t coreBytes = 0;
  /// How often each is defined, in order of the opcodes.
  std::map<CanonUse, unsigned> uses;
};

ComponentContents getContents(const ComponentView &view);

/// Writes lines like these, those that say nothing left out:
///
///   contains: 3 core modules (11204 bytes), 4 core instances, 1 component
///   lifts: 1 async callback
///   built-ins: task.return, stream.read async (2), future.new [not built]
///
/// `[not built]` marks built-ins that Meld refuses to compile.
void printContents(const ComponentContents &contents, llvm::raw_ostream &os);

/// Writes the same as members of the object that is open: `contents` and
/// `canonical`, a list of `{"name":"stream.read","async":true,"count":2}`.
void writeContents(const ComponentContents &contents, llvm::json::OStream &out);

} // namespace meld::binary

#endif // MELD_TARGET_WASM_COMPONENTCONTENTS_H
