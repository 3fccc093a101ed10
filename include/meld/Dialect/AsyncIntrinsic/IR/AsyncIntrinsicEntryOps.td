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

def AI_CallReallocOp : AI_EntryOp<"call_realloc"> {
  let summary = "calls the realloc of an instance for an adapter";
  let description = [{
    Runs as a thread of its own, which has no task and fresh `context` slots,
    while the instance may not leave.

    ```mlir
    %q = async_intrinsic.call_realloc @p_realloc(%x, %x, %x, %x) in @p
      : (i32, i32, i32, i32) -> i32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$function, Variadic<AnyType>:$arguments,
                       FlatSymbolRefAttr:$instance);
  let results = (outs AnyType:$result);
  let assemblyFormat = [{
    $function `(` $arguments `)` `in` $instance attr-dict `:`
    functional-type($arguments, $result)
  }];
}

def AI_CallPostReturnOp : AI_EntryOp<"call_post_return"> {
  let summary = "calls the post-return function of a lift";
  let description = [{
    Runs on the callee's thread, whose end it is, while the instance may not
    leave. So it stands in the block of the `call_entry` whose results it takes.

    ```mlir
    async_intrinsic.call_post_return @p_post(%x) in @p : (i32) -> ()
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$function, Variadic<AnyType>:$arguments,
                       FlatSymbolRefAttr:$instance);
  let assemblyFormat = [{
    $function `(` $arguments `)` `in` $instance attr-dict `:`
    `(` type($arguments) `)` `->` `(` `)`
  }];
}

def AI_CallEntryOp : AI_EntryOp<"call_entry"> {
  let summary = "calls the core function of a lift of synchronous type";
  let description = [{
    What is left of a `call_direct` when its values are lowered: the arguments
    are core values of the callee, the results are what its core function
    returned. Keeps what the caller's thread has to find again, for `caller`: until
    behind the `call_post_return` of the same block, if there is one.

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
