//===- Opcodes.cpp - The table of instructions ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything here is made when Meld is compiled: at start nothing runs.
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/Opcodes.h"
#include <array>

using namespace meld;
using namespace meld::core;

namespace {

constexpr ValType::Number typeOfLetter(char letter) {
  switch (letter) {
  case 'i':
    return ValType::I32;
  case 'l':
    return ValType::I64;
  case 'f':
    return ValType::F32;
  case 'd':
    return ValType::F64;
  case 'v':
    return ValType::V128;
  case 'p':
    return OpRow::address;
  }
  return ValType::Unknown;
}

constexpr OpRow makeRow(Op op, uint32_t code, const char *text, Shape shape,
                        uint8_t width, const char *signature, Feature feature) {
  OpRow row{};
  row.op = op;
  row.shape = shape;
  row.width = width;
  row.nesting = shape == Shape::Block || shape == Shape::TryTable ? 1
                : op == Op::End || op == Op::Delegate             ? -1
                                                                  : 0;
  row.feature = feature;
  row.code = code;
  row.text = text;
  row.fixed = *signature != '?';
  uint8_t count = 0;
  for (; row.fixed && *signature; ++signature) {
    if (*signature == ':')
      row.numOperands = count;
    else
      row.types[count++] = typeOfLetter(*signature);
  }
  row.numResults = count - row.numOperands;
  return row;
}

constexpr OpRow rows[] = {
#define MELD_OP(name, code, text, shape, width, signature, feature)            \
  makeRow(Op::name, code, text, Shape::shape, width, signature,                \
          Feature::feature),
#include "meld/Target/Wasm/Opcodes.def"
};

constexpr Immediate shapes[][5] = {
#define MELD_SHAPE(name, first, second, third, fourth)                         \
  {Immediate::first, Immediate::second, Immediate::third, Immediate::fourth,   \
   Immediate::End},
#include "meld/Target/Wasm/Opcodes.def"
};

/// Rows by number, for the prefixes 0xfb to 0xfe.
constexpr uint32_t numbersPerPrefix = 0x120;
using PrefixTable = std::array<const OpRow *, numbersPerPrefix>;

constexpr PrefixTable makeTable(uint8_t prefix) {
  PrefixTable table = {};
  for (const OpRow &row : rows)
    if (prefixOf(row.code) == prefix)
      table[numberOf(row.code)] = &row;
  return table;
}
constexpr PrefixTable prefixTables[] = {makeTable(0xfb), makeTable(0xfc),
                                        makeTable(0xfd), makeTable(0xfe)};

constexpr std::array<const OpRow *, 256> makeOneByteTable() {
  std::array<const OpRow *, 256> table = {};
  for (const OpRow &row : rows)
    if (!prefixOf(row.code))
      table[row.code] = &row;
  return table;
}

} // namespace

const std::array<const OpRow *, 256> core::oneByteOps = makeOneByteTable();

const Immediate *core::immediatesOf(Shape shape) {
  return shapes[unsigned(shape)];
}

llvm::ArrayRef<OpRow> core::allOps() { return rows; }

const OpRow &core::rowOf(Op op) { return rows[unsigned(op)]; }

const OpRow *core::findPrefixedOp(uint8_t prefix, uint32_t number) {
  return number < numbersPerPrefix ? prefixTables[prefix - 0xfb][number]
                                   : nullptr;
}
