//===- ValueTypes.cpp - Value and heap types of core modules ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ValueTypes.h"

using namespace meld;
using namespace meld::core;

namespace {
/// The abstract heap types by their byte, which starts at 0x68.
struct Row {
  const char *heap;
  /// The short name of the nullable reference.
  const char *ref;
};
constexpr uint8_t firstByte = HeapType::Cont;
constexpr Row rows[] = {
    {"cont", "contref"},
    {"exn", "exnref"},
    {"array", "arrayref"},
    {"struct", "structref"},
    {"i31", "i31ref"},
    {"eq", "eqref"},
    {"any", "anyref"},
    {"extern", "externref"},
    {"func", "funcref"},
    {"none", "nullref"},
    {"noextern", "nullexternref"},
    {"nofunc", "nullfuncref"},
    {"noexn", "nullexnref"},
    {"nocont", "nullcontref"},
};
} // namespace

std::optional<HeapType> HeapType::fromByte(uint8_t byte) {
  if (byte < firstByte || byte >= firstByte + std::size(rows))
    return std::nullopt;
  return HeapType(Abstract(byte));
}

std::string HeapType::str() const {
  if (isConcrete())
    return std::to_string(index());
  return abstract() == Unknown ? "unknown" : rows[abstract() - firstByte].heap;
}

std::string ValType::str() const {
  if (isRef()) {
    if (isNullable() && !heap().isConcrete() &&
        heap().abstract() != HeapType::Unknown)
      return rows[heap().abstract() - firstByte].ref;
    return (isNullable() ? "(ref null " : "(ref ") + heap().str() + ")";
  }
  switch (word) {
  case I32:
    return "i32";
  case I64:
    return "i64";
  case F32:
    return "f32";
  case F64:
    return "f64";
  case V128:
    return "v128";
  case I8:
    return "i8";
  case I16:
    return "i16";
  }
  return "unknown";
}
