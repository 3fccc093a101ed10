//===- AsyncIntrinsicTypes.td - the types of the dialect -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_ASYNC_INTRINSIC_TYPES_TD
#define MELD_ASYNC_INTRINSIC_TYPES_TD

include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicDialect.td"
include "mlir/IR/AttrTypeBase.td"

class AsyncIntrinsic_Type<string name, string mnemonicName,
                          list<Trait> traits = []>
    : TypeDef<AsyncIntrinsic_Dialect, name, traits> {
  let mnemonic = mnemonicName;
}

def AsyncIntrinsic_BufferType : AsyncIntrinsic_Type<"Buffer", "buffer"> {
  let summary = "a buffer in guest memory";
  let description = [{
    A checked range: pointer and count of elements.
    `!async_intrinsic.buffer<!component.u8>` is what a stream or future copies
    from or to; `!async_intrinsic.buffer<none>` belongs to a stream without an
    element type and has a length only. A buffer is made in the function that
    uses it and never stored, so it becomes two core values.
  }];
  // The element type; null for `none`.
  let parameters = (ins "::mlir::Type":$element);
  let hasCustomAssemblyFormat = 1;
}

#endif // MELD_ASYNC_INTRINSIC_TYPES_TD
