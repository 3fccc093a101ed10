//===- MayLeave.cpp - where an instance may not leave -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MayLeave.h"

using namespace mlir;
using namespace meld::lowering;

void meld::lowering::setMayLeave(Code &code, FlatSymbolRefAttr instance,
                                 bool value) {
  if (FlatSymbolRefAttr variable = code.program.cannotLeave(instance))
    wasm::GlobalSetOp::create(code, variable, code.constant(!value));
}

void meld::lowering::withoutLeaving(Code &code, FlatSymbolRefAttr instance,
                                    llvm::function_ref<void()> call) {
  setMayLeave(code, instance, false);
  call();
  setMayLeave(code, instance, true);
}

void meld::lowering::checkMayLeave(Code &code, FlatSymbolRefAttr instance) {
  FlatSymbolRefAttr variable = code.program.cannotLeave(instance);
  if (!variable)
    return;
  code.trapIf(wasm::GlobalGetOp::create(code, code.getI32Type(), variable),
              TrapKind::CannotLeave);
}
