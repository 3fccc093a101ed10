//===- ValidateContinuations.cpp - Stack switching --------------*- C++ -*-===//
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

bool FunctionValidator::continuation(const Instruction &i) {
  switch (i.op()) {
  case Op::ContNew:
    if (const SubType *type = typeOfKind(i.index[0], SubType::Cont))
      if (pop(ValType::ref(HeapType::concrete(type->function), true)))
        push(accessed(i.index[0]).withNull(false));
    return true;
  case Op::ContBind:
    contBind(i);
    return true;
  case Op::Suspend:
    if (checkIndex(i.index[0], module.tags.size(), "tag") &&
        pop(module.tagType(i.index[0]).params))
      push(module.tagType(i.index[0]).results);
    return true;
  case Op::Resume:
  case Op::ResumeThrow:
  case Op::ResumeThrowRef:
    resume(i);
    return true;
  case Op::Switch:
    switchTo(i);
    return true;
  default:
    return false;
  }
}

/// The function type of continuation type `index`.
const SubType *FunctionValidator::contFunction(uint32_t index) {
  const SubType *type = typeOfKind(index, SubType::Cont);
  return type ? &module.types[type->function] : nullptr;
}

/// The first parameters are given, the others stay.
void FunctionValidator::contBind(const Instruction &i) {
  const SubType *from = contFunction(i.index[0]);
  const SubType *to = from ? contFunction(i.index[1]) : nullptr;
  if (!to)
    return;
  if (to->params.size() > from->params.size()) {
    mismatch("at most " + Twine(from->params.size()) + " parameters left",
             Twine(to->params.size()));
    return;
  }
  size_t given = from->params.size() - to->params.size();
  if (!module.types.matches(to->params, from->params.drop_front(given)) ||
      !module.types.matches(from->results, to->results)) {
    fail(Rule::operand_type, "leaves another type than it names");
    return;
  }
  if (pop(accessed(i.index[0])) && pop(from->params.take_front(given)))
    push(accessed(i.index[1]).withNull(false));
}

void FunctionValidator::resume(const Instruction &i) {
  const SubType *function = contFunction(i.index[0]);
  if (!function || !handlers(i, *function) || !pop(accessed(i.index[0])))
    return;
  ArrayRef<ValType> operands = function->params;
  if (i.op() == Op::ResumeThrow) {
    if (!checkIndex(i.index[1], module.tags.size(), "tag"))
      return;
    if (!module.tagType(i.index[1]).results.empty()) {
      fail(Rule::tag_results, "throws a tag that has results");
      return;
    }
    operands = module.tagType(i.index[1]).params;
  }
  bool taken = i.op() == Op::ResumeThrowRef
                   ? pop(ValType::ref(HeapType::Exn, true))
                   : pop(operands);
  if (taken)
    push(function->results);
}

/// A handler's label gets what was suspended with, and the continuation.
bool FunctionValidator::handlers(const Instruction &i,
                                 const SubType &function) {
  for (const HandlerClause &clause : i.handlers) {
    if (!checkIndex(clause.tag, module.tags.size(), "tag"))
      return false;
    const SubType &tag = module.tagType(clause.tag);
    if (clause.isSwitch) {
      if (!tag.params.empty() ||
          !module.types.matches(function.results, tag.results))
        return fail(Rule::operand_type, "has a switch clause of another type");
      continue;
    }
    Frame *frame = label(clause.label);
    if (!frame)
      return false;
    ArrayRef<ValType> types = frame->labelTypes();
    auto cont = [&]() -> const SubType * {
      if (types.empty() || !types.back().isRef() ||
          !types.back().heap().isConcrete())
        return nullptr;
      const SubType &type = module.types[types.back().heap().index()];
      return type.kind == SubType::Cont ? &module.types[type.function]
                                        : nullptr;
    }();
    if (!cont || !module.types.matches(tag.params, types.drop_back()) ||
        !module.types.matches(cont->params, tag.results) ||
        !module.types.matches(function.results, cont->results))
      return fail(Rule::operand_type, "has a clause that does not give label " +
                                          Twine(clause.label) + " its values");
  }
  return true;
}

void FunctionValidator::switchTo(const Instruction &i) {
  const SubType *target = contFunction(i.index[0]);
  if (!target || !checkIndex(i.index[1], module.tags.size(), "tag"))
    return;
  const SubType &tag = module.tagType(i.index[1]);
  // The target's last parameter is the continuation of who switches.
  ArrayRef<ValType> params = target->params;
  bool hasReturn =
      !params.empty() && params.back().isRef() &&
      params.back().heap().isConcrete() &&
      module.types[params.back().heap().index()].kind == SubType::Cont;
  if (!hasReturn) {
    mismatch("a continuation that takes one last", "type " + Twine(i.index[0]));
    return;
  }
  const SubType &back =
      module.types[module.types[params.back().heap().index()].function];
  if (!tag.params.empty() ||
      !module.types.matches(target->results, tag.results) ||
      !module.types.matches(tag.results, back.results)) {
    fail(Rule::operand_type, "names a tag of another type");
    return;
  }
  if (pop(accessed(i.index[0])) && pop(params.drop_back()))
    push(back.params);
}
