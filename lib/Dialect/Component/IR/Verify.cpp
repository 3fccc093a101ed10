//===- Verify.cpp - rules that several ops share -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Verify.h"
#include "meld/Support/Rules.h"

#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

LogicalResult meld::component::verifyScope(Operation *scope) {
  Region &body = scope->getRegion(0);
  for (Operation &op : body.front()) {
    if (isa<AliasOuterOp>(op))
      continue;
    for (Value value : op.getOperands()) {
      if (value.getParentRegion() == &body)
        continue;
      RuleDiag diag = emitRule(&op, Rule::outer_use);
      diag << "uses a value from above: only `component.alias_outer` may";
      diag.attachNote(value.getLoc()) << "the value is defined here";
      return diag;
    }
  }
  return verifyTypeKinds(body.front());
}

LogicalResult meld::component::verifyNames(Operation *op, ArrayAttr names,
                                           size_t count) {
  if (names.size() != count)
    return emitRule(op, Rule::name_count)
           << "wants one name for each of " << count << " values, found "
           << names.size();
  DenseSet<Attribute> seen;
  for (Attribute name : names)
    if (!seen.insert(name).second)
      return emitRule(op, Rule::unique_names)
             << "wants distinct names, found "
             << quoted(cast<StringAttr>(name).getValue()) << " twice";
  return success();
}

LogicalResult meld::component::verifyElements(Operation *op, ArrayAttr prims,
                                              size_t operands, bool none) {
  size_t values = 0;
  for (Attribute entry : prims) {
    StringRef keyword = cast<StringAttr>(entry).getValue();
    if (keyword.empty())
      ++values;
    else if (!(none && keyword == "none") &&
             !getPrimitive(op->getContext(), keyword))
      return emitRule(op, Rule::primitive_type)
             << "wants the keyword of a primitive type, found "
             << quoted(keyword);
  }
  if (values != operands)
    return emitRule(op, Rule::element_count)
           << "wants " << values << " operands, found " << operands;
  return success();
}

LogicalResult meld::component::verifyElement(Operation *op, Value operand,
                                             StringAttr prim, bool none) {
  if (prim && !getPrimitive(op->getContext(), prim.getValue()))
    return emitRule(op, Rule::primitive_type)
           << "wants the keyword of a primitive type, found "
           << quoted(prim.getValue());
  if ((operand && prim) || (!operand && !prim && !none))
    return emitRule(op, Rule::element_count)
           << "wants either an operand or the keyword of a primitive type";
  return success();
}

LogicalResult meld::component::verifyOptions(Operation *op,
                                             const CanonOptionSet &options) {
  if (options.realloc && !options.memory)
    return emitRule(op, Rule::realloc_memory)
           << "option `realloc` wants option `memory`";
  if ((options.callback || options.step) && !options.isAsync)
    return emitRule(op, Rule::callback_async)
           << "option `callback` or `step` wants option `async`";
  if (options.callback && options.step)
    return emitRule(op, Rule::callback_step)
           << "options `callback` and `step` exclude each other";
  if (options.postReturn && options.isAsync)
    return emitRule(op, Rule::post_return_async)
           << "options `post_return` and `async` exclude each other";
  if (options.startThunk != options.returnThunk)
    return emitRule(op, Rule::thunk_pair)
           << "options `start` and `return` come together";
  return success();
}
