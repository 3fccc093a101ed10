//===- TypeReader.h - Reads types of core definitions -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_TYPEREADER_H
#define MELD_TARGET_WASM_TYPEREADER_H

#include "meld/Target/Wasm/ModuleView.h"

namespace meld::core {

/// Reads the types of the binary format that core modules and the module types
/// of components have in common. Errors stay in the ByteReader, and the results
/// are harmless then.
class TypeReader {
public:
  explicit TypeReader(ByteReader &in) : in(in) {}

  /// `what` names the type in the message of an error.
  ValType valueType(const char *what = "value type");
  /// A reference type: what tables and segments hold.
  ValType elementType();
  FieldType fieldType();
  Limits limits(bool isMemory);
  GlobalDef globalType();
  TagDef tagType();
  ExternKind externKind(const char *what);

private:
  bool mutability();

  ByteReader &in;
};

/// Reads an item of a type section, a type or a recursion group, and appends
/// the types to `view`.
void readRecursionGroup(ByteReader &in, ModuleView &view);

/// Reads an `externtype`, appends it to the index space of its kind in `view`,
/// and returns kind and index.
std::pair<ExternKind, uint32_t> readExternType(ByteReader &in,
                                               ModuleView &view);

/// What is invalid about the limits of a memory or table; the error stands at
/// `limits.at`.
std::optional<ReadError> checkLimits(const Limits &limits, bool isMemory);

} // namespace meld::core

#endif // MELD_TARGET_WASM_TYPEREADER_H
