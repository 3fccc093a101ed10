//===- ValidateControl.cpp - Blocks, branches, calls ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionValidator.h"
#include "meld/Support/Rules.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;
using llvm::Twine;

bool FunctionValidator::control(const Instruction &i) {
  return block(i) || branch(i) || calls(i) || exception(i);
}

bool FunctionValidator::block(const Instruction &i) {
  switch (i.op()) {
  case Op::Block:
  case Op::Loop:
  case Op::Try:
    openBlock(i, i.op());
    return true;
  case Op::If:
    if (pop(ValType::I32))
      openBlock(i, Op::If);
    return true;
  case Op::TryTable:
    tryTable(i);
    return true;
  case Op::Else:
    elseBranch();
    return true;
  case Op::End:
    endBlock();
    return true;
  case Op::Catch:
  case Op::CatchAll:
    catchClause(i, i.op());
    return true;
  case Op::Delegate:
    delegate(i);
    return true;
  default:
    return false;
  }
}

/// What goes on elsewhere, or nowhere.
bool FunctionValidator::branch(const Instruction &i) {
  switch (i.op()) {
  case Op::Unreachable:
    unreachable();
    return true;
  case Op::Br:
    if (Frame *frame = label(i.index[0]))
      if (pop(frame->labelTypes()))
        unreachable();
    return true;
  case Op::BrIf:
    conditionalBranch(i.index[0]);
    return true;
  case Op::BrTable:
    branchTable(i);
    return true;
  case Op::Return:
    if (pop(results))
      unreachable();
    return true;
  default:
    return false;
  }
}

bool FunctionValidator::calls(const Instruction &i) {
  switch (i.op()) {
  case Op::Call:
  case Op::ReturnCall:
    if (checkIndex(i.index[0], module.functions.size(), "function"))
      call(module.functionType(i.index[0]), i.op() == Op::ReturnCall);
    return true;
  case Op::CallIndirect:
  case Op::ReturnCallIndirect:
    callIndirect(i, i.op() == Op::ReturnCallIndirect);
    return true;
  case Op::CallRef:
  case Op::ReturnCallRef:
    callReference(i, i.op() == Op::ReturnCallRef);
    return true;
  default:
    return false;
  }
}

bool FunctionValidator::exception(const Instruction &i) {
  switch (i.op()) {
  case Op::Rethrow:
    rethrow(i);
    return true;
  case Op::Throw:
    throwTag(i.index[0]);
    return true;
  case Op::ThrowRef:
    if (pop(ValType::ref(HeapType::Exn, true)))
      unreachable();
    return true;
  default:
    return false;
  }
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

/// Fills in what a block takes and leaves.
bool FunctionValidator::blockTypes(const BlockType &type, Frame &frame) {
  switch (type.kind) {
  case BlockType::Empty:
    return true;
  case BlockType::Value:
    if (!checkType(type.value))
      return false;
    frame.single = module.types.canonical(type.value);
    return true;
  case BlockType::Index: {
    const SubType *function = typeOfKind(type.index, SubType::Func);
    if (!function)
      return false;
    frame.params = function->params;
    frame.results = function->results;
    return true;
  }
  }
  return true;
}

void FunctionValidator::openBlock(const Instruction &i, Op op) {
  Frame frame = {};
  frame.op = op;
  if (blockTypes(i.block, frame) && pop(frame.params))
    openFrame(frame);
}

void FunctionValidator::elseBranch() {
  if (top().op != Op::If) {
    fail(Rule::control_nesting, "does not stand in an `if`");
    return;
  }
  Frame frame;
  if (!closeFrame(frame))
    return;
  frame.op = Op::Else;
  openFrame(frame);
}

void FunctionValidator::endBlock() {
  Frame frame;
  if (!closeFrame(frame))
    return;
  // An `if` without `else` hands its operands over.
  if (frame.op == Op::If &&
      !module.types.matches(frame.params, frame.resultTypes())) {
    fail(Rule::block_results,
         "closes an `if` without `else` whose operands are not its results");
    return;
  }
  push(frame.resultTypes());
}

//===----------------------------------------------------------------------===//
// Exceptions
//===----------------------------------------------------------------------===//

void FunctionValidator::throwTag(uint32_t tag) {
  if (!checkIndex(tag, module.tags.size(), "tag"))
    return;
  const SubType &type = module.tagType(tag);
  if (!type.results.empty()) {
    fail(Rule::tag_results, "throws a tag that has results");
    return;
  }
  if (pop(type.params))
    unreachable();
}

/// `catch` and `catch_all` of the legacy proposal.
void FunctionValidator::catchClause(const Instruction &i, Op op) {
  if (top().op != Op::Try && top().op != Op::Catch) {
    fail(Rule::control_nesting, "does not stand in a `try`");
    return;
  }
  if (op == Op::Catch && !checkIndex(i.index[0], module.tags.size(), "tag"))
    return;
  Frame frame;
  if (!closeFrame(frame))
    return;
  frame.op = op;
  frame.params = {};
  openFrame(frame);
  if (op == Op::Catch)
    push(module.tagType(i.index[0]).params);
}

void FunctionValidator::delegate(const Instruction &i) {
  if (top().op != Op::Try) {
    fail(Rule::control_nesting, "does not close a `try`");
    return;
  }
  Frame frame;
  if (!closeFrame(frame))
    return;
  // The label is counted from outside of the `try`.
  if (label(i.index[0]))
    push(frame.resultTypes());
}

void FunctionValidator::rethrow(const Instruction &i) {
  Frame *frame = label(i.index[0]);
  if (!frame)
    return;
  if (frame->op != Op::Catch && frame->op != Op::CatchAll) {
    fail(Rule::rethrow_label, "names a label that is no `catch`");
    return;
  }
  unreachable();
}

void FunctionValidator::tryTable(const Instruction &i) {
  for (const CatchClause &clause : i.catches) {
    llvm::SmallVector<ValType> caught;
    if (clause.hasTag()) {
      if (!checkIndex(clause.tag, module.tags.size(), "tag"))
        return;
      caught.append(module.tagType(clause.tag).params.begin(),
                    module.tagType(clause.tag).params.end());
    }
    if (clause.hasRef())
      caught.push_back(ValType::ref(HeapType::Exn, false));
    Frame *target = label(clause.label);
    if (!target)
      return;
    if (!module.types.matches(ArrayRef<ValType>(caught),
                              target->labelTypes())) {
      fail(Rule::operand_type, "has a clause that does not give label " +
                                   Twine(clause.label) + " its values");
      return;
    }
  }
  openBlock(i, Op::TryTable);
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

void FunctionValidator::conditionalBranch(uint32_t depth) {
  if (!pop(ValType::I32))
    return;
  if (Frame *frame = label(depth))
    passThrough(frame->labelTypes());
}

void FunctionValidator::branchTable(const Instruction &i) {
  if (!pop(ValType::I32))
    return;
  Frame *last = label(i.labels.back());
  if (!last)
    return;
  size_t arity = last->labelTypes().size();
  llvm::SmallVector<ValType> operands;
  for (uint32_t depth : ArrayRef(i.labels).drop_back()) {
    Frame *frame = label(depth);
    if (!frame)
      return;
    ArrayRef<ValType> types = frame->labelTypes();
    if (types.size() != arity) {
      mismatch(Twine(arity) + " values for each label",
               Twine(types.size()) + " for label " + Twine(depth));
      return;
    }
    // The operands stay as they are: another label may want other supertypes.
    operands.clear();
    for (ValType type : llvm::reverse(types)) {
      ValType operand = popAny();
      if (error)
        return;
      if (!module.types.matches(operand, type)) {
        mismatch(type.str(), operand.str());
        return;
      }
      operands.push_back(operand);
    }
    for (ValType operand : llvm::reverse(operands))
      push(operand);
  }
  if (pop(last->labelTypes()))
    unreachable();
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

void FunctionValidator::call(const SubType &type, bool isTail) {
  if (isTail && !module.types.matches(type.results, results)) {
    fail(Rule::operand_type,
         "calls a function whose results are not those of the caller");
    return;
  }
  if (!pop(type.params))
    return;
  if (isTail)
    unreachable();
  else
    push(type.results);
}

void FunctionValidator::callIndirect(const Instruction &i, bool isTail) {
  uint32_t table = i.index[1];
  if (!checkIndex(table, module.tables.size(), "table"))
    return;
  if (!module.types.matches(module.tables[table], funcRef)) {
    mismatch("a table of functions", module.tables[table].str());
    return;
  }
  const SubType *type = typeOfKind(i.index[0], SubType::Func);
  if (type && pop(indexOf(table)))
    call(*type, isTail);
}

void FunctionValidator::callReference(const Instruction &i, bool isTail) {
  const SubType *type = typeOfKind(i.index[0], SubType::Func);
  if (!type)
    return;
  HeapType heap = module.types.canonical(HeapType::concrete(i.index[0]));
  if (pop(ValType::ref(heap, true)))
    call(*type, isTail);
}
