//===- MergeCheck.cpp - what merging cannot carry out -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MergeCheck.h"

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Limits.h"

using namespace mlir;
using namespace meld;

/// Component instances and resource types are facts, they leave no code.
static bool isMergeable(Operation *op) {
  return isa<component::InstanceOfOp, component::ResourceOp>(op) ||
         isa_and_nonnull<wasm::WasmDialect>(op->getDialect());
}

/// "`component.canonical` `stream_write` "p_write"", or "`async_intrinsic.wait`
/// in "p_write"".
static std::string describe(Operation *op) {
  std::string text = "`" + op->getName().getStringRef().str() + "`";
  if (auto builtin = op->getAttrOfType<component::BuiltinAttr>("builtin"))
    text += Twine(" `")
                .concat(component::lookupBuiltin(builtin.getValue()).Keyword)
                .concat("`")
                .str();
  if (StringAttr symbol = SymbolTable::getSymbolName(op))
    return text + " " + quoted(symbol.getValue());
  if (auto function = op->getParentOfType<wasm::FuncOp>())
    text += " in " + quoted(function.getSymName());
  return text;
}

LogicalResult merge::checkLowered(component::RootOp root) {
  if (!root.getFlattened())
    return emitRule(root, Rule::not_lowered)
           << "is not flattened: `--component-flatten` comes before";
  SmallVector<Operation *> left;
  root.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isMergeable(op))
      return isa<wasm::ModuleOp>(op) ? WalkResult::skip()
                                     : WalkResult::advance();
    left.push_back(op);
    return WalkResult::skip();
  });
  if (left.empty())
    return success();
  RuleDiag diag = emitRule(root, Rule::not_lowered)
                  << "cannot be merged: " << left.size()
                  << (left.size() == 1 ? " operation is" : " operations are")
                  << " not lowered";
  ArrayRef<Operation *> listed(left);
  for (Operation *op : listed.take_front(limits::listedUnsupported))
    diag.attachNote(op->getLoc()) << describe(op);
  if (left.size() > limits::listedUnsupported)
    diag.attachNote(root.getLoc())
        << "and " << left.size() - limits::listedUnsupported << " more";
  return diag;
}
