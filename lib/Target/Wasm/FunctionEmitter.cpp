//===- FunctionEmitter.cpp - a function as stack code -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionEmitter.h"

#include "NumericOpcodes.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld::wasm;
using Opcode = meld::core::Op;

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

LogicalResult FunctionEmitter::emit(ByteWriter &code) {
  labels.push_back(Value());
  if (failed(emitBlock(function.getBody().front())))
    return failure();
  out.op(Opcode::End);
  SmallVector<std::pair<uint32_t, Type>> runs;
  for (Type type : plan.locals()) {
    if (runs.empty() || runs.back().second != type)
      runs.push_back({0, type});
    ++runs.back().first;
  }
  code.u(runs.size());
  for (auto [count, type] : runs) {
    code.u(count);
    code.byte(encodingOf(type));
  }
  code.raw(out.bytes());
  return success();
}

LogicalResult FunctionEmitter::emitBlock(Block &block) {
  for (Operation &op : block) {
    if (plan.staysOnStack(&op) || StackPlan::isRemade(&op))
      continue;
    if (failed(emitTree(&op)))
      return failure();
    emitResults(&op);
  }
  return success();
}

LogicalResult FunctionEmitter::emitTree(Operation *op) {
  return failure(failed(emitOperands(op)) || failed(emitOp(op)));
}

/// Whether a comparison with zero is `eqz`.
static bool comparesWithZero(CompareOp op) {
  auto zero = op.getRhs().getDefiningOp<ConstOp>();
  if (!zero || op.getKind() != CompareKind::eq)
    return false;
  auto value = dyn_cast<IntegerAttr>(zero.getValue());
  return value && value.getValue().isZero();
}

LogicalResult FunctionEmitter::emitOperands(Operation *op) {
  SmallVector<Value> operands = stackOperands(op);
  if (auto compare = dyn_cast<CompareOp>(op);
      compare && comparesWithZero(compare))
    operands.pop_back();
  for (Value operand : operands)
    if (failed(emitOperand(operand)))
      return failure();
  return success();
}

LogicalResult FunctionEmitter::emitOperand(Value value) {
  Operation *made = value.getDefiningOp();
  if (auto constant = value.getDefiningOp<ConstOp>()) {
    emitConst(constant);
    return success();
  }
  if (auto slot = value.getDefiningOp<TableSlotOp>()) {
    FailureOr<uint32_t> number = index.findSlot(slot);
    if (failed(number))
      return failure();
    opcode(Opcode::I32Const);
    out.s(int32_t(*number));
    return success();
  }
  if (made && plan.staysOnStack(made))
    return emitTree(made);
  getLocal(plan.slotOf(value));
  return success();
}

/// What a root leaves on the stack goes to locals, the last result first.
void FunctionEmitter::emitResults(Operation *op) {
  for (Value result : llvm::reverse(op->getResults())) {
    if (plan.hasSlot(result))
      setLocal(plan.slotOf(result));
    else
      opcode(Opcode::Drop);
  }
}

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

void FunctionEmitter::opcode(Opcode op) {
  last = Last::Other;
  out.op(op);
}

void FunctionEmitter::getLocal(uint32_t slot) {
  if (last == Last::Set && lastSlot == slot) {
    out[lastOffset] = char(codeOf(Opcode::LocalTee));
    last = Last::Other;
    return;
  }
  size_t offset = out.size();
  opcode(Opcode::LocalGet);
  out.u(slot);
  last = Last::Get, lastSlot = slot, lastOffset = offset;
}

void FunctionEmitter::setLocal(uint32_t slot) {
  if (last == Last::Get && lastSlot == slot) { // its own value
    out.truncate(lastOffset);
    last = Last::Other;
    return;
  }
  size_t offset = out.size();
  opcode(Opcode::LocalSet);
  out.u(slot);
  last = Last::Set, lastSlot = slot, lastOffset = offset;
}

void FunctionEmitter::blockType(TypeRange results) {
  if (results.empty())
    out.byte(0x40);
  else if (results.size() == 1)
    out.byte(encodingOf(results.front()));
  else
    out.s(
        index.typeIndex(FunctionType::get(function.getContext(), {}, results)));
}

uint32_t FunctionEmitter::depthOf(Value label) const {
  return std::distance(labels.rbegin(),
                       llvm::find(llvm::reverse(labels), label));
}

void FunctionEmitter::branch(Opcode code, uint32_t depth) {
  opcode(code);
  out.u(depth);
}

LogicalResult FunctionEmitter::symbol(Operation *op, FlatSymbolRefAttr name) {
  FailureOr<uint32_t> number = index.find(op, name);
  if (failed(number))
    return failure();
  out.u(*number);
  return success();
}

void FunctionEmitter::emitConst(ConstOp op) {
  if (auto integer = dyn_cast<IntegerAttr>(op.getValue())) {
    opcode(op.getType().isInteger(32) ? Opcode::I32Const : Opcode::I64Const);
    return out.s(integer.getValue().getSExtValue());
  }
  APInt bits = cast<FloatAttr>(op.getValue()).getValue().bitcastToAPInt();
  bool wide = bits.getBitWidth() == 64;
  opcode(wide ? Opcode::F64Const : Opcode::F32Const);
  out.fixed(bits.getZExtValue(), wide ? 8 : 4);
}

//===----------------------------------------------------------------------===//
// Ops
//===----------------------------------------------------------------------===//

LogicalResult FunctionEmitter::emitOp(Operation *op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<UnaryOp, BinaryOp, TestOp, ConvertOp, VectorOp>(
          [&](auto o) { return opcode(opcodeOf(o)), success(); })
      .Case([&](CompareOp o) {
        if (comparesWithZero(o))
          opcode(o.getLhs().getType().isInteger(32) ? Opcode::I32Eqz
                                                    : Opcode::I64Eqz);
        else
          opcode(opcodeOf(o));
        return success();
      })
      .Case([&](SelectOp o) {
        bool number = o.getType().isIntOrFloat() || isa<V128Type>(o.getType());
        opcode(number ? Opcode::Select : Opcode::SelectTyped);
        if (!number) {
          out.u(1);
          out.byte(encodingOf(o.getType()));
        }
        return success();
      })
      .Case([&](LocalOp) { return success(); }) // its result is set
      .Case([&](LocalGetOp o) {
        return getLocal(plan.slotOf(o.getLocal())), success();
      })
      .Case([&](LocalSetOp o) {
        return setLocal(plan.slotOf(o.getLocal())), success();
      })
      .Case([&](GlobalGetOp o) {
        opcode(Opcode::GlobalGet);
        return symbol(o, o.getGlobalAttr());
      })
      .Case([&](GlobalSetOp o) {
        opcode(Opcode::GlobalSet);
        return symbol(o, o.getGlobalAttr());
      })
      .Case([&](CallOp o) {
        opcode(Opcode::Call);
        return symbol(o, o.getCalleeAttr());
      })
      .Case([&](CallIndirectOp o) {
        opcode(Opcode::CallIndirect);
        out.u(index.typeIndex(o.getCalleeType()));
        return symbol(o, o.getTableAttr());
      })
      .Case<BlockOp, LoopOp, IfOp, TryOp>(
          [&](auto o) { return emitControl(o); })
      .Default([&](Operation *o) {
        return o->hasTrait<OpTrait::IsTerminator>() || isa<BrIfOp>(o)
                   ? emitTerminator(o)
                   : emitMemory(o);
      });
}

LogicalResult FunctionEmitter::access(Operation *op, Opcode code,
                                      unsigned alignment,
                                      FlatSymbolRefAttr memory,
                                      uint64_t offset) {
  FailureOr<uint32_t> number = index.find(op, memory);
  if (failed(number))
    return failure();
  opcode(code);
  out.u(alignment | (*number ? 0x40 : 0)); // bit 6: a memory index follows
  if (*number)
    out.u(*number);
  out.u(offset);
  return success();
}

LogicalResult FunctionEmitter::emitMemory(Operation *op) {
  auto with = [&](Opcode code, FlatSymbolRefAttr first,
                  FlatSymbolRefAttr second = {}) -> LogicalResult {
    opcode(code);
    if (failed(symbol(op, first)))
      return failure();
    return second ? symbol(op, second) : success();
  };
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case([&](LoadOp o) {
        return access(o, opcodeOf(o), alignmentOf(o.getWidth(), o.getType()),
                      o.getMemoryAttr(), o.getOffset());
      })
      .Case([&](StoreOp o) {
        return access(o, opcodeOf(o),
                      alignmentOf(o.getWidth(), o.getValue().getType()),
                      o.getMemoryAttr(), o.getOffset());
      })
      .Case([&](MemorySizeOp o) {
        return with(Opcode::MemorySize, o.getMemoryAttr());
      })
      .Case([&](MemoryGrowOp o) {
        return with(Opcode::MemoryGrow, o.getMemoryAttr());
      })
      .Case([&](MemoryCopyOp o) {
        return with(Opcode::MemoryCopy, o.getTargetAttr(), o.getSourceAttr());
      })
      .Case([&](MemoryFillOp o) {
        return with(Opcode::MemoryFill, o.getMemoryAttr());
      })
      .Case([&](MemoryInitOp o) {
        return with(Opcode::MemoryInit, o.getDataAttr(), o.getMemoryAttr());
      })
      .Case(
          [&](DataDropOp o) { return with(Opcode::DataDrop, o.getDataAttr()); })
      .Case([&](TableInitOp o) {
        return with(Opcode::TableInit, o.getElemAttr(), o.getTableAttr());
      })
      .Case(
          [&](ElemDropOp o) { return with(Opcode::ElemDrop, o.getElemAttr()); })
      .Case([&](TableFillOp o) -> LogicalResult {
        FailureOr<uint32_t> table = index.find(o, o.getTableAttr());
        if (failed(table))
          return failure();
        opcode(index.tableType(*table).getIndex64() ? Opcode::I64Const
                                                    : Opcode::I32Const);
        out.s(0);
        return success(succeeded(with(Opcode::GlobalGet, o.getGlobalAttr())) &&
                       succeeded(with(Opcode::TableSize, o.getTableAttr())) &&
                       succeeded(with(Opcode::TableFill, o.getTableAttr())));
      })
      .Default([](Operation *o) {
        return refuse(o, "cannot be written: it has to be lowered first");
      });
}
