//===- ValidateStorage.cpp - Variables, tables, memories --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionValidator.h"
#include "meld/Support/Rules.h"

using namespace meld;
using namespace meld::core;
using llvm::Twine;

bool FunctionValidator::storage(const Instruction &i) {
  switch (i.op()) {
  case Op::LocalGet:
    localGet(i.index[0]);
    return true;
  case Op::LocalSet:
  case Op::LocalTee:
    localSet(i.index[0], i.op() == Op::LocalTee);
    return true;
  case Op::GlobalGet:
  case Op::GlobalSet:
    globalAccess(i);
    return true;
  case Op::TableGet:
  case Op::TableSet:
  case Op::TableSize:
  case Op::TableGrow:
  case Op::TableFill:
    tableAccess(i);
    return true;
  case Op::TableCopy:
    tableCopy(i.index[0], i.index[1]);
    return true;
  case Op::TableInit:
    tableInit(i.index[0], i.index[1]);
    return true;
  case Op::MemoryCopy:
    memoryCopy(i.index[0], i.index[1]);
    return true;
  case Op::Drop:
    popAny();
    return true;
  case Op::Select:
  case Op::SelectTyped:
    select(i);
    return true;
  default:
    return false;
  }
}

//===----------------------------------------------------------------------===//
// Values and variables
//===----------------------------------------------------------------------===//

void FunctionValidator::select(const Instruction &i) {
  if (!pop(ValType::I32))
    return;
  if (i.op() == Op::SelectTyped) {
    if (i.types.size() != 1) {
      mismatch("one result type", Twine(i.types.size()));
    } else if (checkType(i.types[0])) {
      ValType type = module.types.canonical(i.types[0]);
      if (pop(type) && pop(type))
        push(type);
    }
    return;
  }
  ValType second = popAny(), first = popAny();
  if (error)
    return;
  if (first.isRef() || second.isRef())
    mismatch("numbers or vectors where it has no type",
             (first.isRef() ? first : second).str());
  else if (first != second && !first.isUnknown() && !second.isUnknown())
    mismatch("two operands of one type", first.str() + " and " + second.str());
  else
    push(first.isUnknown() ? second : first);
}

void FunctionValidator::localGet(uint32_t index) {
  if (LLVM_UNLIKELY(index >= locals.size()))
    fail(Rule::index_bounds, "names local " + Twine(index) +
                                 ", the function has " + Twine(locals.size()));
  else if (LLVM_UNLIKELY(!isSet[index]))
    fail(Rule::local_unset, "reads local " + Twine(index) +
                                ", which has not been set and has no default");
  else
    push(locals[index]);
}

void FunctionValidator::localSet(uint32_t index, bool isTee) {
  if (LLVM_UNLIKELY(index >= locals.size())) {
    fail(Rule::index_bounds, "names local " + Twine(index) +
                                 ", the function has " + Twine(locals.size()));
    return;
  }
  if (!pop(locals[index]))
    return;
  if (isTee)
    push(locals[index]);
  if (LLVM_UNLIKELY(!isSet[index])) {
    isSet.set(index);
    setOrder.push_back(index);
  }
}

void FunctionValidator::globalAccess(const Instruction &i) {
  uint32_t index = i.index[0];
  if (!checkIndex(index, isConstant ? visibleGlobals : module.globals.size(),
                  "global"))
    return;
  bool isMutable = module.view.globals[index].mut;
  if (i.op() == Op::GlobalSet) {
    if (!isMutable)
      fail(Rule::immutable,
           "sets global " + Twine(index) + ", which is immutable");
    else
      pop(module.globals[index]);
    return;
  }
  if (isConstant && isMutable)
    fail(Rule::constant_expression, "reads a global that is mutable");
  else
    push(module.globals[index]);
}

//===----------------------------------------------------------------------===//
// Tables and memories
//===----------------------------------------------------------------------===//

void FunctionValidator::tableAccess(const Instruction &i) {
  uint32_t table = i.index[0];
  if (!checkIndex(table, module.tables.size(), "table"))
    return;
  ValType index = indexOf(table), element = module.tables[table];
  switch (i.op()) {
  case Op::TableGet:
    if (pop(index))
      push(element);
    return;
  case Op::TableSet:
    (void)(pop(element) && pop(index));
    return;
  case Op::TableSize:
    push(index);
    return;
  case Op::TableGrow:
    if (pop(index) && pop(element))
      push(index);
    return;
  default: // table.fill
    (void)(pop(index) && pop(element) && pop(index));
    return;
  }
}

/// The type of a length that has to fit both sides of a copy.
static ValType shorter(ValType one, ValType other) {
  return one == ValType(ValType::I32) ? one : other;
}

void FunctionValidator::tableCopy(uint32_t to, uint32_t from) {
  if (!checkIndex(to, module.tables.size(), "table") ||
      !checkIndex(from, module.tables.size(), "table"))
    return;
  if (!module.types.matches(module.tables[from], module.tables[to]))
    mismatch("elements of " + module.tables[to].str(),
             module.tables[from].str());
  else
    (void)(pop(shorter(indexOf(to), indexOf(from))) && pop(indexOf(from)) &&
           pop(indexOf(to)));
}

void FunctionValidator::tableInit(uint32_t elem, uint32_t table) {
  if (!checkIndex(elem, module.elems.size(), "element segment") ||
      !checkIndex(table, module.tables.size(), "table"))
    return;
  if (!module.types.matches(module.elems[elem], module.tables[table]))
    mismatch("elements of " + module.tables[table].str(),
             module.elems[elem].str());
  else
    (void)(pop(ValType::I32) && pop(ValType::I32) && pop(indexOf(table)));
}

void FunctionValidator::memoryCopy(uint32_t to, uint32_t from) {
  if (checkIndex(to, module.view.memories.size(), "memory") &&
      checkIndex(from, module.view.memories.size(), "memory"))
    (void)(pop(shorter(addressOf(to), addressOf(from))) &&
           pop(addressOf(from)) && pop(addressOf(to)));
}
