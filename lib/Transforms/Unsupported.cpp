//===- Unsupported.cpp - traps for what cannot be lowered -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Unsupported.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

template <typename Op> static void replaceByTrap(SymbolTable &symbols, Op op) {
  OpBuilder b(op);
  auto func = wasm::FuncOp::create(b, op.getLoc(), op.getSymName(),
                                   cast<FunctionType>(op.getFunctionType()));
  b.setInsertionPointToEnd(&func.getBody().front());
  async_intrinsic::CheckMayLeaveOp::create(b, op.getLoc(),
                                           op.getInstanceAttr());
  async_intrinsic::TrapOp::create(b, op.getLoc(), "Unsupported");
  symbols.erase(op);
  symbols.insert(func);
}

void meld::trapUnsupported(RootOp root) {
  SymbolTable symbols(root);
  for (auto op :
       llvm::make_early_inc_range(root.getBody().getOps<CanonicalOp>()))
    replaceByTrap(symbols, op);
  for (auto op : llvm::make_early_inc_range(root.getBody().getOps<LoweredOp>()))
    replaceByTrap(symbols, op);
}
