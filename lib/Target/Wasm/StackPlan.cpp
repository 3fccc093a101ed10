//===- StackPlan.cpp - which values of a function stay on the stack -*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StackPlan.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace meld::wasm;

/// The type of the slot that a value needs.
static Type slotType(Type type) {
  if (auto local = dyn_cast<LocalType>(type))
    return local.getValue();
  return type;
}

SmallVector<Value> meld::wasm::stackOperands(Operation *op) {
  SmallVector<Value> last; // what the binary format wants on top
  ValueRange first = op->getOperands();
  if (auto select = dyn_cast<SelectOp>(op)) {
    last = {select.getCondition()};
    first = first.drop_front();
  } else if (auto branch = dyn_cast<BrIfOp>(op)) {
    last = {branch.getCondition()};
    first = branch.getValues();
  } else if (auto branch = dyn_cast<BrTableOp>(op)) {
    last = {branch.getIndex()};
    first = branch.getValues();
  } else if (auto call = dyn_cast<CallIndirectOp>(op)) {
    last = {call.getSlot()};
    first = call.getArgs();
  }
  SmallVector<Value> operands;
  for (Value value : llvm::concat<Value>(SmallVector<Value>(first), last))
    if (!isa<LabelType, LocalType>(value.getType()))
      operands.push_back(value);
  return operands;
}

/// The op before `op` that leaves a trace in the code.
static Operation *previous(Operation *op) {
  do
    op = op->getPrevNode();
  while (op && StackPlan::isRemade(op));
  return op;
}

StackPlan::StackPlan(FuncOp function) {
  Block &body = function.getBody().front();
  planBlock(body);
  numberBlock(body);
  assignSlots(function);
}

//===----------------------------------------------------------------------===//
// Trees
//===----------------------------------------------------------------------===//

void StackPlan::planBlock(Block &block) {
  for (Operation &op : block)
    for (Region &region : op.getRegions())
      if (!region.empty())
        planBlock(region.front());
  Operation *root = block.empty() ? nullptr : &block.back();
  if (root && isRemade(root))
    root = previous(root);
  while (root)
    root = planTree(root);
}

/// Takes operands into the tree of `root` from the right as long as the next
/// one was made last; gives the op before the tree.
Operation *StackPlan::planTree(Operation *root) {
  Operation *before = previous(root);
  SmallVector<Value> operands = stackOperands(root);
  for (Value operand : llvm::reverse(operands)) {
    Operation *made = operand.getDefiningOp();
    if (!made || made != before || made->getNumResults() != 1 ||
        !operand.hasOneUse())
      continue;
    inner.insert(made);
    before = planTree(made);
  }
  return before;
}

//===----------------------------------------------------------------------===//
// Live ranges
//===----------------------------------------------------------------------===//

void StackPlan::numberBlock(Block &block) {
  for (Operation &op : block) {
    unsigned pre = ++clock;
    for (Region &region : op.getRegions())
      if (!region.empty())
        numberBlock(region.front());
    positions[&op] = {pre, ++clock};
  }
}

/// The end of the last use, stretched to the end of each loop that holds the
/// use but not the definition.
unsigned StackPlan::lastUse(Value value) {
  unsigned end = 0;
  for (Operation *user : value.getUsers()) {
    auto [pre, post] = positions.lookup(user);
    unsigned at = user->getNumRegions() ? pre : post;
    for (Operation *loop = user->getParentOp(); loop;
         loop = loop->getParentOp()) {
      if (loop->isProperAncestor(value.getParentBlock()->getParentOp()) ||
          loop == value.getParentBlock()->getParentOp())
        break;
      if (isa<LoopOp>(loop))
        at = std::max(at, positions.lookup(loop).second);
    }
    end = std::max(end, at);
  }
  return end;
}

void StackPlan::addRange(Value value, unsigned start) {
  if (isa<LabelType>(value.getType()) || value.use_empty())
    return;
  ranges.push_back({value, slotType(value.getType()), start, lastUse(value),
                    unsigned(ranges.size())});
}

/// First fit: the first slot of the type whose range is over. The parameters
/// are slots too; a slot is named by its type and its place among its type,
/// so that locals of one type stand together.
void StackPlan::assignSlots(FuncOp function) {
  struct Slot {
    Type type;
    unsigned end;
    uint32_t index;
  };
  SmallVector<Slot> all;
  Block &body = function.getBody().front();
  for (BlockArgument parameter : body.getArguments()) {
    slots[parameter] = all.size();
    all.push_back({parameter.getType(), lastUse(parameter), 0});
  }
  function.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op == function.getOperation() || inner.contains(op) || isRemade(op))
      return;
    for (Value result : op->getResults())
      addRange(result, positions.lookup(op).second);
  });
  llvm::sort(ranges, [](const Range &a, const Range &b) {
    return std::tie(a.start, a.number) < std::tie(b.start, b.number);
  });
  for (Range &range : ranges) {
    auto *slot = llvm::find_if(all, [&](const Slot &candidate) {
      return candidate.type == range.type && candidate.end <= range.start;
    });
    if (slot == all.end()) {
      all.push_back({range.type, 0, 0});
      slot = &all.back();
    }
    slot->end = range.end;
    slots[range.value] = slot - all.begin();
  }
  uint32_t parameters = body.getNumArguments(), next = parameters;
  llvm::MapVector<Type, SmallVector<Slot *>> byType;
  for (auto [i, slot] : llvm::enumerate(all)) {
    slot.index = i;
    if (i >= parameters)
      byType[slot.type].push_back(&slot);
  }
  for (auto &[type, group] : byType)
    for (Slot *slot : group) {
      slot->index = next++;
      localTypes.push_back(type);
    }
  for (auto &entry : slots)
    entry.second = all[entry.second].index;
}
