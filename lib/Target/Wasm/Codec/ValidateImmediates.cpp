//===- ValidateImmediates.cpp - What follows an opcode ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionValidator.h"
#include "meld/Support/Rules.h"
#include "llvm/Support/MathExtras.h"

using namespace meld;
using namespace meld::core;
using llvm::Twine;

/// Checks what follows the opcode; sets the memory that it names.
bool FunctionValidator::checkImmediates(const Instruction &i,
                                        std::optional<uint32_t> &memory) {
  auto memoryAt = [&](unsigned position) {
    memory = i.index[position];
    return checkIndex(*memory, module.view.memories.size(), "memory");
  };
  auto dataAt = [&](unsigned position) {
    return needsDataCount() &&
           checkIndex(i.index[position], *module.view.dataCount,
                      "data segment");
  };
  switch (i.row->shape) {
  case Shape::Access:
    return memoryAt(0) && checkAccess(i);
  case Shape::AccessLane:
    return memoryAt(0) && checkAccess(i) && checkLane(i);
  case Shape::Lane:
    return checkLane(i);
  case Shape::Shuffle:
    return checkShuffle(i);
  case Shape::Memory:
    return memoryAt(0);
  case Shape::DataMemory:
    return dataAt(0) && memoryAt(1);
  case Shape::Data:
    return dataAt(0);
  case Shape::Elem:
    return checkIndex(i.index[0], module.elems.size(), "element segment");
  default:
    return true; // literals
  }
}

bool FunctionValidator::checkShuffle(const Instruction &i) {
  for (uint8_t lane : i.bytes)
    if (lane >= 32)
      return fail(Rule::lane_index,
                  "names lane " + Twine(unsigned(lane)) + " of 32");
  return true;
}

bool FunctionValidator::checkAccess(const Instruction &i) {
  uint32_t natural = llvm::Log2_32(i.row->width);
  bool isAtomic = prefixOf(i.row->code) == 0xfe;
  if (i.alignment > natural || (isAtomic && i.alignment != natural))
    return fail(Rule::access_alignment,
                "accesses " + Twine(unsigned(i.row->width)) +
                    " bytes, found an alignment of 2^" + Twine(i.alignment));
  if (addressOf(i.index[0]) == ValType::I32 && i.literal > UINT32_MAX)
    return fail(Rule::access_offset, "has an offset beyond a 32-bit memory");
  return true;
}

bool FunctionValidator::checkLane(const Instruction &i) {
  unsigned lanes = 16 / i.row->width;
  unsigned lane = i.index[i.row->shape == Shape::AccessLane];
  return lane < lanes || fail(Rule::lane_index, "names lane " + Twine(lane) +
                                                    " of " + Twine(lanes));
}
