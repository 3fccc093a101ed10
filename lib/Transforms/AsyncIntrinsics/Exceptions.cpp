//===- Exceptions.cpp - which modules throw and catch -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exceptions.h"

#include "../Guests.h"

#include "meld/Target/Wasm/InstructionWalk.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using Opcode = core::Op;

static void add(ExceptionUse &use, const core::Instruction &instruction) {
  switch (instruction.op()) {
  case Opcode::Throw:
    use.throws = true;
    break;
  case Opcode::TryTable:
    use.standard = true;
    use.catches |= !instruction.catches.empty();
    break;
  case Opcode::ThrowRef:
    use.standard = true;
    break;
  case Opcode::Catch:
  case Opcode::CatchAll:
    use.catches = true;
    [[fallthrough]];
  case Opcode::Try:
  case Opcode::Delegate:
  case Opcode::Rethrow:
    use.legacy = true;
    break;
  default:
    break;
  }
}

static void readBody(ByteReader in, ExceptionUse &use) {
  core::walkBody(in, [&](const core::Instruction &instruction) {
    if (instruction.row->feature == core::Feature::Exceptions ||
        instruction.row->feature == core::Feature::LegacyExceptions)
      add(use, instruction);
    return true;
  });
}

bool Exceptions::hasTags(wasm::ModuleOp module) {
  auto [place, isNew] = tags.try_emplace(module);
  core::ModuleView view;
  if (isNew)
    place->second = readGuest(module, view) && !view.tags.empty();
  return place->second;
}

bool Exceptions::throws(wasm::ModuleOp module) {
  return hasTags(module) && use(module).throws;
}

const ExceptionUse &Exceptions::use(wasm::ModuleOp module) {
  auto [place, isNew] = uses.try_emplace(module);
  core::ModuleView view;
  if (isNew && readGuest(module, view))
    for (ArrayRef<uint8_t> body : view.bodies)
      readBody(view.reader(body), place->second);
  return place->second;
}
