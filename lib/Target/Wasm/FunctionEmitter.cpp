//===- FunctionEmitter.cpp - a structured function as stack code -*- C++
//-*-===//
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

namespace {
enum Opcode : uint8_t {
  Unreachable = 0x00,
  BlockOpcode = 0x02,
  LoopOpcode = 0x03,
  If = 0x04,
  Else = 0x05,
  End = 0x0b,
  Br = 0x0c,
  BrIf = 0x0d,
  BrTable = 0x0e,
  Return = 0x0f,
  Call = 0x10,
  CallIndirect = 0x11,
  Drop = 0x1a,
  Select = 0x1b,
  SelectTyped = 0x1c,
  LocalGet = 0x20,
  LocalSet = 0x21,
  LocalTee = 0x22,
  GlobalGet = 0x23,
  GlobalSet = 0x24,
  MemorySize = 0x3f,
  MemoryGrow = 0x40,
  I32Const = 0x41,
  I64Const = 0x42,
  F32Const = 0x43,
  F64Const = 0x44,
  I32Eqz = 0x45,
  I64Eqz = 0x50,
};
enum PrefixedOpcode : uint16_t {
  MemoryInit = 0xfc08,
  DataDrop = 0xfc09,
  MemoryCopy = 0xfc0a,
  MemoryFill = 0xfc0b,
  TableInit = 0xfc0c,
  ElemDrop = 0xfc0d,
};
} // namespace

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

LogicalResult FunctionEmitter::emit(ByteWriter &code) {
  labels.push_back(Value());
  if (failed(emitBlock(function.getBody().front())))
    return failure();
  out.byte(End);
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
    opcode(I32Const);
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
      opcode(Drop);
  }
}

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

void FunctionEmitter::opcode(uint16_t value) {
  last = Last::Other;
  if (value <= 0xff)
    return out.byte(value);
  out.byte(value >> 8);
  out.u(value & 0xff);
}

void FunctionEmitter::getLocal(uint32_t slot) {
  if (last == Last::Set && lastSlot == slot) {
    out[lastOffset] = LocalTee;
    last = Last::Other;
    return;
  }
  size_t offset = out.size();
  opcode(LocalGet);
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
  opcode(LocalSet);
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

void FunctionEmitter::branch(uint8_t code, Value label) {
  opcode(code);
  out.u(depthOf(label));
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
    opcode(op.getType().isInteger(32) ? I32Const : I64Const);
    return out.s(integer.getValue().getSExtValue());
  }
  APInt bits = cast<FloatAttr>(op.getValue()).getValue().bitcastToAPInt();
  bool wide = bits.getBitWidth() == 64;
  opcode(wide ? F64Const : F32Const);
  out.fixed(bits.getZExtValue(), wide ? 8 : 4);
}

//===----------------------------------------------------------------------===//
// Ops
//===----------------------------------------------------------------------===//

LogicalResult FunctionEmitter::emitOp(Operation *op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<UnaryOp, BinaryOp, TestOp, ConvertOp>(
          [&](auto o) { return opcode(opcodeOf(o)), success(); })
      .Case([&](CompareOp o) {
        if (comparesWithZero(o))
          opcode(o.getLhs().getType().isInteger(32) ? I32Eqz : I64Eqz);
        else
          opcode(opcodeOf(o));
        return success();
      })
      .Case([&](SelectOp o) {
        bool number = o.getType().isIntOrFloat() || isa<V128Type>(o.getType());
        opcode(number ? Select : SelectTyped);
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
        opcode(GlobalGet);
        return symbol(o, o.getGlobalAttr());
      })
      .Case([&](GlobalSetOp o) {
        opcode(GlobalSet);
        return symbol(o, o.getGlobalAttr());
      })
      .Case([&](CallOp o) {
        opcode(Call);
        return symbol(o, o.getCalleeAttr());
      })
      .Case([&](CallIndirectOp o) {
        opcode(CallIndirect);
        out.u(index.typeIndex(o.getCalleeType()));
        return symbol(o, o.getTableAttr());
      })
      .Case<BlockOp, LoopOp, IfOp>([&](auto o) { return emitControl(o); })
      .Default([&](Operation *o) {
        return o->hasTrait<OpTrait::IsTerminator>() || isa<BrIfOp>(o)
                   ? emitTerminator(o)
                   : emitMemory(o);
      });
}

LogicalResult FunctionEmitter::access(Operation *op, uint16_t code,
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
  auto with = [&](uint16_t code, FlatSymbolRefAttr first,
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
      .Case([&](MemorySizeOp o) { return with(MemorySize, o.getMemoryAttr()); })
      .Case([&](MemoryGrowOp o) { return with(MemoryGrow, o.getMemoryAttr()); })
      .Case([&](MemoryCopyOp o) {
        return with(MemoryCopy, o.getTargetAttr(), o.getSourceAttr());
      })
      .Case([&](MemoryFillOp o) { return with(MemoryFill, o.getMemoryAttr()); })
      .Case([&](MemoryInitOp o) {
        return with(MemoryInit, o.getDataAttr(), o.getMemoryAttr());
      })
      .Case([&](DataDropOp o) { return with(DataDrop, o.getDataAttr()); })
      .Case([&](TableInitOp o) {
        return with(TableInit, o.getElemAttr(), o.getTableAttr());
      })
      .Case([&](ElemDropOp o) { return with(ElemDrop, o.getElemAttr()); })
      .Default([](Operation *o) {
        return refuse(o, "cannot be written: it has to be lowered first");
      });
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

LogicalResult FunctionEmitter::emitControl(Operation *op) {
  if (auto branch = dyn_cast<IfOp>(op))
    return emitIf(branch);
  opcode(isa<LoopOp>(op) ? LoopOpcode : BlockOpcode);
  blockType(op->getResultTypes());
  Block &body = op->getRegion(0).front();
  labels.push_back(body.getArgument(0));
  LogicalResult result = emitBlock(body);
  labels.pop_back();
  opcode(End);
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
    branch(BrIf, br ? br.getLabel() : labels.front());
    return success();
  }
  opcode(If);
  blockType(op.getResultTypes());
  labels.push_back(op.getCondition()); // no branch names it
  LogicalResult result = emitBlock(*then);
  if (succeeded(result) && !isEmpty(other)) {
    opcode(Else);
    result = emitBlock(*other);
  }
  labels.pop_back();
  opcode(End);
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
          branch(Br, o.getLabel());
        return success();
      })
      .Case([&](BrIfOp o) {
        branch(BrIf, o.getLabel());
        for (size_t i = 0, e = o.getValues().size(); i < e; ++i)
          opcode(Drop); // not taken, the values stay
        return success();
      })
      .Case([&](BrTableOp o) {
        opcode(BrTable);
        out.u(o.getLabels().size());
        for (Value label : o.getLabels())
          out.u(depthOf(label));
        out.u(depthOf(o.getOtherwise()));
        return success();
      })
      .Case([&](ReturnOp o) {
        if (o->getParentOp() != function.getOperation())
          opcode(Return);
        return success();
      })
      .Case([&](UnreachableOp) { return opcode(Unreachable), success(); })
      .Default([](Operation *o) {
        return refuse(o, "cannot be written: it has to be lowered first");
      });
}
