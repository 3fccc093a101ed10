//===- AsyncIntrinsicDialect.td - the dialect -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_ASYNC_INTRINSIC_DIALECT_TD
#define MELD_ASYNC_INTRINSIC_DIALECT_TD

include "mlir/IR/OpBase.td"

def AsyncIntrinsic_Dialect : Dialect {
  let name = "async_intrinsic";
  let cppNamespace = "::meld::async_intrinsic";
  let summary = "What happens when a canonical built-in is executed.";
  let description = [{
    The bodies of the functions that the lowerings of `component` make. A
    `component` operation says "this core function is `stream.write`"; the
    operations here say what such a function does when it is called, in terms
    of ends, buffers, calls and waitable sets. Operands are core values, so
    that these operations stand among those of `wasm`; the component types that
    the Canonical ABI needs are attributes.

    docs/dialects/AsyncIntrinsic.md is the rationale.
  }];
  let dependentDialects = ["::meld::component::ComponentDialect"];
  let useDefaultTypePrinterParser = 1;
}

#endif // MELD_ASYNC_INTRINSIC_DIALECT_TD
