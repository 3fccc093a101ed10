//===- TypeReader.cpp - Reads types of core definitions ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/TypeReader.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/Instructions.h"

using namespace meld;
using namespace meld::core;
using llvm::Twine;

/// The flags of limits.
enum LimitFlag : uint8_t { HasMax = 1, Shared = 2, Is64 = 4, HasPageSize = 8 };

FieldType TypeReader::fieldType() {
  FieldType field;
  uint8_t code = in.peek().value_or(0);
  if (code == ValType::I8 || code == ValType::I16)
    field.storage = ValType::Number(in.byte());
  else
    field.storage = valueType("storage type");
  field.mut = mutability();
  return field;
}

ValType TypeReader::valueType(const char *what) {
  NoSink sink;
  return InstructionReader<NoSink>(in, sink).valueType(what);
}

ValType TypeReader::elementType() {
  uint64_t at = in.offset();
  ValType type = valueType("reference type");
  if (!in.failed() && !type.isRef())
    in.fail(Rule::unknown_code, at,
            "elements have a reference type, found " + type.str());
  return type;
}

bool TypeReader::mutability() {
  uint64_t at = in.offset();
  uint8_t code = in.byte("mutability");
  if (code > 1)
    in.fail(Rule::unknown_code, at,
            "mutability is 0 or 1, found " + Twine(unsigned(code)));
  return code == 1;
}

Limits TypeReader::limits(bool isMemory) {
  Limits result;
  result.at = in.offset();
  uint8_t flags = in.byte("limits");
  if (flags &
      ~(isMemory ? HasMax | Shared | Is64 | HasPageSize : HasMax | Is64))
    in.fail(Rule::unknown_code, result.at,
            Twine("no ") + (isMemory ? "memory" : "table") +
                " has limits with the flags " + Twine(unsigned(flags)));
  result.min = in.u64("minimum");
  if (flags & HasMax)
    result.max = in.u64("maximum");
  result.isShared = flags & Shared;
  result.is64 = flags & Is64;
  if (flags & HasPageSize)
    result.pageLog2 = in.u32("page size");
  return result;
}

GlobalDef TypeReader::globalType() {
  uint64_t at = in.offset();
  ValType type = valueType();
  return {type, mutability(), {}, at};
}

TagDef TypeReader::tagType() {
  uint64_t at = in.offset();
  if (in.byte("attribute of a tag") != 0)
    in.fail(Rule::unknown_code, at, "the attribute of a tag is 0");
  return {in.u32("type index"), at};
}

ExternKind TypeReader::externKind(const char *what) {
  uint64_t at = in.offset();
  uint8_t kind = in.byte(what);
  if (kind < numExternKinds)
    return ExternKind(kind);
  in.fail(Rule::unknown_code, at,
          Twine("no ") + what + " has the code " + Twine(unsigned(kind)));
  return ExternKind::Function;
}

std::optional<ReadError> core::checkLimits(const Limits &limits,
                                           bool isMemory) {
  auto error = [&](const Twine &message) {
    return ReadError{Rule::core_limits, limits.at, message.str()};
  };
  if (limits.max && *limits.max < limits.min)
    return error("the maximum is below the minimum");
  if (limits.isShared && !limits.max)
    return error("a shared memory has a maximum");
  if (isMemory && limits.pageLog2 != 0 && limits.pageLog2 != 16)
    return error("a page has 1 or 65536 bytes, found 2^" +
                 Twine(limits.pageLog2));
  // As many pages, or elements, as an address can tell apart.
  unsigned bits = (limits.is64 ? 64 : 32) - (isMemory ? limits.pageLog2 : 0);
  uint64_t most = bits == 64 ? ~uint64_t(0) : uint64_t(1) << bits;
  if (!isMemory && !limits.is64)
    --most;
  uint64_t largest = limits.max.value_or(limits.min);
  if (largest > most)
    return error(Twine("a ") + (isMemory ? "memory" : "table") +
                 " has at most " + Twine(most) +
                 (isMemory ? " pages" : " elements") + ", found " +
                 Twine(largest));
  return std::nullopt;
}
