//===- InstructionWalk.h - Each instruction of some code --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For those who look at instructions one by one and patch nothing.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_INSTRUCTIONWALK_H
#define MELD_TARGET_WASM_INSTRUCTIONWALK_H

#include "meld/Target/Wasm/Instructions.h"

namespace meld::core {

/// Calls `visit` with each instruction of an expression, up to and with the
/// `end` that closes it, until it returns false. False if it did, or if the
/// bytes are wrong: the error stays in the reader.
template <typename Visit> bool walkExpression(ByteReader &in, Visit visit) {
  NoSink sink;
  InstructionReader<NoSink> reader(in, sink);
  Instruction instruction;
  for (int depth = 1; depth && reader.next(instruction);) {
    depth += instruction.row->nesting;
    if (!visit(instruction))
      return false;
  }
  return !in.failed();
}

/// The same for the body of a function, whose locals are passed over.
template <typename Visit> bool walkBody(ByteReader in, Visit visit) {
  NoSink sink;
  InstructionReader<NoSink>(in, sink).locals([](uint32_t, ValType) {});
  return walkExpression(in, visit);
}

} // namespace meld::core

#endif // MELD_TARGET_WASM_INSTRUCTIONWALK_H
