//===- NameWriter.h - the name section of a module that is written -*- C++ -*-//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_NAMEWRITER_H
#define MELD_LIB_TARGET_WASM_NAMEWRITER_H

#include "BodyCopier.h"
#include "EntityTypes.h"
#include "meld/Target/Wasm/NameSection.h"

namespace meld::wasm {

/// Writes the custom section `name`, by which engines, debuggers and profilers
/// speak of a module's parts: symbols name what is defined, and what guests
/// call their locals, labels, types and fields is kept.
class NameWriter {
public:
  /// `bodies` has copied what the module takes from guests.
  NameWriter(ModuleOp module, const ModuleIndex &index,
             const BodyCopier &bodies)
      : module(module), index(index), bodies(bodies) {}

  /// Writes the contents of the section to `out`.
  void write(ByteWriter &out);

private:
  using Space = BodyCopier::Source;

  template <typename List>
  void entities(core::NameKind kind, Extern imported, List &&defined);
  template <typename List> void segments(core::NameKind kind, List &&defined);
  void inFunctions(core::NameKind kind);
  void ofTypes();
  void ofFields();
  /// Ends a part that is a map of `count` entries.
  void finish(core::NameKind kind, size_t count);

  ModuleOp module;
  const ModuleIndex &index;
  const BodyCopier &bodies;
  llvm::DenseMap<const Space *, core::NameSection> guests;
  ByteWriter content; // of the part that is being written
  ByteWriter section;
};

} // namespace meld::wasm

#endif // MELD_LIB_TARGET_WASM_NAMEWRITER_H
