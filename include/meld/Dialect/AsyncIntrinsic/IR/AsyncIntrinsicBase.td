//===- AsyncIntrinsicBase.td - the classes of operations -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_ASYNC_INTRINSIC_BASE_TD
#define MELD_ASYNC_INTRINSIC_BASE_TD

include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicTypes.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class AI_Op<string mnemonic, list<Trait> traits = []>
    : Op<AsyncIntrinsic_Dialect, mnemonic, traits>;

// An operation that acts for one component instance. Before
// `--component-flatten` the attribute is absent and means the instance that the
// enclosing generated module belongs to; flatten fills it in.
class AI_InstanceOp<string mnemonic, list<Trait> traits = []>
    : AI_Op<mnemonic, traits> {
  dag instance = (ins OptionalAttr<FlatSymbolRefAttr>:$instance);
}

#endif // MELD_ASYNC_INTRINSIC_BASE_TD
