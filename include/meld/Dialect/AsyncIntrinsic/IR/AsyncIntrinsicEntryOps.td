//===- AsyncIntrinsicEntryOps.td - into and out of an instance -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_ASYNC_INTRINSIC_ENTRY_OPS_TD
#define MELD_ASYNC_INTRINSIC_ENTRY_OPS_TD

include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicTypes.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class AI_EntryOp<string mnemonic, list<Trait> traits = []>
    : Op<AsyncIntrinsic_Dialect, mnemonic, traits>;

def AI_SetMayLeaveOp : AI_EntryOp<"set_may_leave"> {
  let summary = "says whether an instance may leave";
  let description = [{
    Stands around calls of realloc and post-return functions, which may not
    leave their instance.

    ```mlir
    async_intrinsic.set_may_leave @p = false
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$instance, BoolAttr:$value);
  let assemblyFormat = "$instance `=` $value attr-dict";
}

def AI_CallEntryOp : AI_EntryOp<"call_entry"> {
  let summary = "calls the core function of a lift of synchronous type";
  let description = [{
    What is left of a `call_direct` when its values are lowered: the arguments
    are core values of the callee, the results are what its core function
    returned. Keeps what the caller's thread has to find again, for `caller`.

    ```mlir
    %r = async_intrinsic.call_entry @callee(%x) from @c : (i32) -> i32
    ```

    Constraints: the callee is a `component.lifted` or a task type.
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments,
                       FlatSymbolRefAttr:$caller);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    $callee `(` $arguments `)` `from` $caller attr-dict `:`
    functional-type($arguments, $results)
  }];
}

#endif // MELD_ASYNC_INTRINSIC_ENTRY_OPS_TD
