//===- CodeScan.cpp - Only the indices in code ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The tables are made of Opcodes.def when Meld is compiled.
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/CodeScan.h"

using namespace meld;
using namespace meld::core;

/// What a first byte without a better row has: its own bits are never 0 (that
/// byte has a row), so it is always looked at.
static constexpr ScanRow always = {0xff, 0, 1, 0};

// Bit 7 of a byte says that its integer goes on.

/// How the instructions of a shape are told apart from the longer ones.
static constexpr ScanRow rowOf(Shape shape, bool accesses) {
  switch (shape) {
  case Shape::None:
    return {0, 0, 1, 0};
  case Shape::Local:
  case Shape::Label:
  case Shape::I32:
  case Shape::I64:
    return {0x8000, 0, 2, 0};
  case Shape::Access: // bit 6 of the alignment: a memory index follows
    return accesses ? always : ScanRow{0x80c000, 0, 3, 0};
  case Shape::Block: // 0x40: no parameters, no results
    return {0xff00, 0x4000, 2, 1};
  default:
    return always;
  }
}

static constexpr ScanRow::Step stepOf(Shape shape) {
  switch (shape) {
  case Shape::Local:
  case Shape::Label:
  case Shape::I32:
    return ScanRow::Integer;
  case Shape::I64:
    return ScanRow::LongInteger;
  case Shape::F32:
    return ScanRow::Float;
  case Shape::F64:
    return ScanRow::Double;
  case Shape::Block:
    return ScanRow::Block;
  case Shape::Access:
    return ScanRow::Access;
  case Shape::Function:
    return ScanRow::Function;
  case Shape::Global:
    return ScanRow::Global;
  case Shape::TypeTable:
    return ScanRow::TypeTable;
  default:
    return ScanRow::Decode;
  }
}

namespace {
struct Code {
  Op op;
  Shape shape;
};
} // namespace

static constexpr Code codes[] = {
#define MELD_OP(name, code, text, shape, width, signature, feature)            \
  {Op::name, Shape::shape},
#include "meld/Target/Wasm/Opcodes.def"
};

static constexpr ScanTable makeTable(bool accesses) {
  ScanTable table = {};
  for (ScanRow &row : table.rows)
    row = always;
  for (auto [op, shape] : codes) {
    uint32_t code = codeOf(op);
    if (prefixOf(code))
      continue;
    table.rows[code] = rowOf(shape, accesses);
    table.steps[code] = stepOf(shape);
    if (op == Op::End)
      table.rows[code].nesting = -1;
    if (op == Op::Delegate) // closes a block too, and is rare
      table.rows[code] = always, table.steps[code] = ScanRow::Decode;
  }
  return table;
}

static constexpr ScanTable withAccesses = makeTable(true);
static constexpr ScanTable withoutAccesses = makeTable(false);
const ScanTable core::scanWithAccesses = withAccesses;
const ScanTable core::scanWithoutAccesses = withoutAccesses;
