//===- EmitControl.cpp - control flow as stack code -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Labels are counted from the inside. A branch that goes where control goes
// anyway is not written.
//
//===----------------------------------------------------------------------===//

#include "FunctionEmitter.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld::wasm;
using Opcode = meld::core::Op;

LogicalResult FunctionEmitter::emitControl(Operation *op) {
  if (auto branch = dyn_cast<IfOp>(op))
    return emitIf(branch);
  if (auto attempt = dyn_cast<TryOp>(op))
    return emitTry(attempt);
  opcode(isa<LoopOp>(op) ? Opcode::Loop : Opcode::Block);
  blockType(op->getResultTypes());
  Block &body = op->getRegion(0).front();
  labels.push_back(body.getArgument(0));
  LogicalResult result = emitBlock(body);
  labels.pop_back();
  opcode(Opcode::End);
  return result;
}

/// The branch that is the only content of a block, if it carries no values.
static Operation *bareBranch(Block *block) {
  Operation *only = &block->front();
  if (only != &block->back())
    return nullptr;
  if (auto branch = dyn_cast<BrOp>(only))
    return branch.getValues().empty() ? only : nullptr;
  if (auto ret = dyn_cast<ReturnOp>(only))
    return ret.getValues().empty() ? only : nullptr;
  return nullptr;
}

static bool isEmpty(Block *block) {
  auto yield = dyn_cast_if_present<YieldOp>(block ? &block->front() : nullptr);
  return !block || (yield && yield.getValues().empty());
}

LogicalResult FunctionEmitter::emitIf(IfOp op) {
  Block *then = op.getThenBlock(), *other = op.getElseBlock();
  if (Operation *only = bareBranch(then); only && isEmpty(other)) {
    auto br = dyn_cast<BrOp>(only);
    branch(Opcode::BrIf, br ? depthOf(br.getLabel()) : labels.size() - 1);
    return success();
  }
  opcode(Opcode::If);
  blockType(op.getResultTypes());
  labels.push_back(Value());
  LogicalResult result = emitBlock(*then);
  if (succeeded(result) && !isEmpty(other)) {
    opcode(Opcode::Else);
    result = emitBlock(*other);
  }
  labels.pop_back();
  opcode(Opcode::End);
  return result;
}

/// The label of a clause of `try_table` is counted from outside; the legacy
/// form has a handler inside, which branches.
LogicalResult FunctionEmitter::emitTry(TryOp op) {
  constexpr uint8_t catchAll = 2;
  bool legacy = op.getLegacy();
  opcode(legacy ? Opcode::Try : Opcode::TryTable);
  blockType({});
  if (!legacy) {
    out.u(1);
    out.byte(catchAll);
    out.u(depthOf(op.getLabel()));
  }
  labels.push_back(Value());
  LogicalResult result = emitBlock(*op.getBlock());
  if (legacy) {
    opcode(Opcode::CatchAll);
    branch(Opcode::Br, depthOf(op.getLabel()));
  }
  labels.pop_back();
  opcode(Opcode::End);
  return result;
}

/// Whether the branch stands at the end of the body of its label's block: then
/// it goes where control goes anyway.
static bool endsItsBlock(Operation *op, Value label) {
  return isa<BlockOp>(op->getParentOp()) &&
         cast<BlockArgument>(label).getOwner() == op->getBlock();
}

LogicalResult FunctionEmitter::emitTerminator(Operation *op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case([&](YieldOp) { return success(); })
      .Case([&](BrOp o) {
        if (!endsItsBlock(o, o.getLabel()))
          branch(Opcode::Br, depthOf(o.getLabel()));
        return success();
      })
      .Case([&](BrIfOp o) {
        branch(Opcode::BrIf, depthOf(o.getLabel()));
        for (size_t i = 0, e = o.getValues().size(); i < e; ++i)
          opcode(Opcode::Drop); // not taken, the values stay
        return success();
      })
      .Case([&](BrTableOp o) {
        opcode(Opcode::BrTable);
        out.u(o.getLabels().size());
        for (Value label : o.getLabels())
          out.u(depthOf(label));
        out.u(depthOf(o.getOtherwise()));
        return success();
      })
      .Case([&](ReturnOp o) {
        if (o->getParentOp() != function.getOperation())
          opcode(Opcode::Return);
        return success();
      })
      .Case(
          [&](UnreachableOp) { return opcode(Opcode::Unreachable), success(); })
      .Default([](Operation *o) {
        return refuse(o, "cannot be written: it has to be lowered first");
      });
}
