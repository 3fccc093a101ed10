//===- ModuleSegments.cpp - Reads segments and initializers -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModuleReader.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/InstructionWalk.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;
using llvm::Twine;

namespace {
/// The flags of an element segment. `Explicit` says that an active segment
/// names its table, and that one that is not active is declarative.
enum ElemFlag : uint8_t { NotActive = 1, Explicit = 2, Expressions = 4 };
} // namespace

ArrayRef<uint8_t> core::readExpression(ByteReader &in) {
  uint64_t from = in.offset();
  bool whole = walkExpression(in, [](const Instruction &) { return true; });
  return whole ? in.since(from) : ArrayRef<uint8_t>();
}

void ModuleReader::elemSegment() {
  ElemSegment segment = {};
  segment.at = in.offset();
  uint32_t flags = in.u32("flags of an element segment");
  if (flags > (NotActive | Explicit | Expressions))
    return in.fail(Rule::unknown_code, segment.at,
                   "flags of an element segment are below 8, found " +
                       Twine(flags));
  bool isActive = !(flags & NotActive);
  segment.mode = isActive           ? SegmentMode::Active
                 : flags & Explicit ? SegmentMode::Declarative
                                    : SegmentMode::Passive;
  segment.hasExpressions = flags & Expressions;
  if (isActive && (flags & Explicit))
    segment.table = in.u32("table index");
  if (isActive)
    segment.offset = readExpression(in);
  // Without a table or mode the elements are functions.
  bool hasType = flags & (NotActive | Explicit);
  segment.type =
      segment.hasExpressions ? funcRef : ValType::ref(HeapType::Func, false);
  if (hasType && segment.hasExpressions) {
    segment.type = types.elementType();
  } else if (hasType) {
    uint64_t at = in.offset();
    if (in.byte("kind of elements") != 0)
      in.fail(Rule::unknown_code, at, "the kind of elements is 0, functions");
  }
  elements(segment);
  if (!in.failed())
    segment.bytes = in.since(segment.at);
  view.elems.push_back(segment);
}

void ModuleReader::elements(ElemSegment &segment) {
  segment.count = in.count("vector of elements");
  uint64_t from = in.offset();
  for (uint32_t n = segment.count; n && !in.failed(); --n) {
    if (segment.hasExpressions)
      (void)readExpression(in);
    else
      in.u32("function index");
  }
  if (!in.failed())
    segment.elements = in.since(from);
}

void ModuleReader::dataSegment() {
  DataSegment segment = {};
  segment.at = in.offset();
  uint32_t flags = in.u32("flags of a data segment");
  if (flags > 2)
    return in.fail(Rule::unknown_code, segment.at,
                   "flags of a data segment are below 3, found " +
                       Twine(flags));
  segment.mode = flags == 1 ? SegmentMode::Passive : SegmentMode::Active;
  if (flags == 2)
    segment.memory = in.u32("memory index");
  if (segment.mode == SegmentMode::Active)
    segment.offset = readExpression(in);
  segment.contents = in.bytes(in.u32("size of a data segment"), "data");
  view.datas.push_back(segment);
}
