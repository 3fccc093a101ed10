//===- Share.cpp - functions that instances have in common ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a function names does not depend on the instance, so a module is looked
// at once. A function qualifies when its own code does and all that it calls
// has qualified before: so none of a cycle does, which may exhaust the stack.
//
//===----------------------------------------------------------------------===//

#include "Share.h"
#include "Remarks.h"

#include "meld/Target/Wasm/InstructionWalk.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;
using core::Shape;

/// Whether an instruction computes on locals and the stack, or calls, and
/// cannot trap by itself.
static bool isStateless(const core::OpRow &row) {
  switch (row.feature) {
  case core::Feature::MVP:
  case core::Feature::SignExtension:
  case core::Feature::SaturatingTruncation:
  case core::Feature::Simd:
    break;
  default:
    return false;
  }
  switch (row.op) {
  case core::Op::Unreachable:
  case core::Op::I32DivS:
  case core::Op::I32DivU:
  case core::Op::I32RemS:
  case core::Op::I32RemU:
  case core::Op::I64DivS:
  case core::Op::I64DivU:
  case core::Op::I64RemS:
  case core::Op::I64RemU:
  case core::Op::I32TruncF32S:
  case core::Op::I32TruncF32U:
  case core::Op::I32TruncF64S:
  case core::Op::I32TruncF64U:
  case core::Op::I64TruncF32S:
  case core::Op::I64TruncF32U:
  case core::Op::I64TruncF64S:
  case core::Op::I64TruncF64U:
    return false;
  default:
    break;
  }
  static constexpr Shape shapes[] = {
      Shape::None, Shape::Block,   Shape::Label, Shape::Labels, Shape::Local,
      Shape::I32,  Shape::I64,     Shape::F32,   Shape::F64,    Shape::V128,
      Shape::Lane, Shape::Shuffle, Shape::Types};
  return llvm::is_contained(shapes, row.shape) || row.op == core::Op::Call;
}

/// Reads a body; false if it does not qualify. Adds the functions it calls.
static bool readCalls(const core::ModuleView &view, ArrayRef<uint8_t> body,
                      SmallVectorImpl<uint32_t> &calls) {
  return core::walkBody(view.reader(body),
                        [&](const core::Instruction &instruction) {
                          if (instruction.op() == core::Op::Call)
                            calls.push_back(instruction.index[0]);
                          return isStateless(*instruction.row);
                        });
}

/// The defined functions of a module that all its instances can share.
static llvm::BitVector findStateless(const core::ModuleView &view) {
  uint32_t imported = view.imported[unsigned(core::ExternKind::Function)];
  llvm::BitVector stateless(view.bodies.size());
  // By function: who calls it, and how many of its own calls are left.
  std::vector<SmallVector<uint32_t, 2>> callers(view.bodies.size());
  std::vector<size_t> left(view.bodies.size());
  SmallVector<uint32_t> work;
  for (auto [number, body] : llvm::enumerate(view.bodies)) {
    SmallVector<uint32_t> calls;
    if (!readCalls(view, body, calls) ||
        llvm::any_of(calls, [&](uint32_t callee) {
          return callee < imported || callee - imported >= callers.size();
        }))
      continue;
    for (uint32_t callee : calls)
      callers[callee - imported].push_back(number);
    left[number] = calls.size();
    if (calls.empty())
      work.push_back(number);
  }
  while (!work.empty()) {
    uint32_t number = work.pop_back_val();
    stateless.set(number);
    for (uint32_t caller : callers[number])
      if (!--left[caller])
        work.push_back(caller);
  }
  return stateless;
}

void merge::shareFunctions(Program &program) {
  llvm::MapVector<const wasm::GuestModule *, SmallVector<uint32_t>> users;
  for (auto [number, instance] : llvm::enumerate(program.instances))
    users[instance.guest].push_back(number);
  DenseMap<EntityId, EntityId> shared;
  for (auto &[guest, numbers] : users) {
    if (numbers.size() < 2)
      continue;
    llvm::BitVector stateless = findStateless(guest->view);
    auto firstOf = [&](uint32_t number) {
      return *program.instances[number].defined(Space::Function).begin();
    };
    for (uint32_t other : ArrayRef(numbers).drop_front())
      for (unsigned i : stateless.set_bits())
        shared[firstOf(other) + i] = firstOf(numbers[0]) + i;
  }
  remarkReplaced(program, "shared", shared);
  program.replace(shared);
}
