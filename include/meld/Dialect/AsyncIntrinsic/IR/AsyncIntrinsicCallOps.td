//===- AsyncIntrinsicCallOps.td - calls and their adapters -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_ASYNC_INTRINSIC_CALL_OPS_TD
#define MELD_ASYNC_INTRINSIC_CALL_OPS_TD

include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicBase.td"

def AI_CallOp : AI_InstanceOp<"call"> {
  let summary = "calls a component function without waiting for it";
  let description = [{
    The body of an async-lowered function: makes a call record that holds the
    core arguments and the result pointer, and starts the callee as soon as it
    can be entered. The result packs the subtask's state and index.

    `start` and `return` are the two halves of the adapter, made by
    `--lower-calls`: `start` lifts the arguments when the callee starts, which
    may be later; `return` lowers the result when the callee returns it.

    ```mlir
    %s = async_intrinsic.call @callee(%n, %chunk, %ptr) start @start return @return
      : !component.func_type<async (n: u32, chunk: u32) -> stream<u8>>, (i32, i32, i32) -> i32
    ```
  }];
  let arguments = !con((ins
    FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments,
    OptionalAttr<FlatSymbolRefAttr>:$start,
    OptionalAttr<FlatSymbolRefAttr>:$return_thunk,
    OptionalAttr<FlatSymbolRefAttr>:$memory,
    OptionalAttr<FlatSymbolRefAttr>:$realloc,
    DefaultValuedAttr<StrAttr, "\"utf8\"">:$string_encoding,
    TypeAttr:$function_type), instance);
  let results = (outs I32:$state);
  let assemblyFormat = [{
    $callee `(` $arguments `)`
    oilist(`memory` $memory | `realloc` $realloc
         | `string_encoding` $string_encoding | `start` $start
         | `return` $return_thunk)
    attr-dict `:` $function_type `,` functional-type($arguments, $state)
  }];
}

def AI_CallSyncOp : AI_InstanceOp<"call_sync"> {
  let summary = "calls a component function of asynchronous type and waits";
  let description = [{
    The body of a sync-lowered function of asynchronous type. The adapter has
    two halves, as that of `async_intrinsic.call`; a result that is one core value
    comes back through the call record. Where the callee does not return at once, the
    caller would have to wait, and that is a trap.

    ```mlir
    %r = async_intrinsic.call_sync @callee(%n) start @start return @return
      : !component.func_type<async (n: u32) -> u32>, (i32) -> i32
    ```
  }];
  let arguments = !con((ins
    FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments,
    FlatSymbolRefAttr:$start, FlatSymbolRefAttr:$return_thunk,
    OptionalAttr<FlatSymbolRefAttr>:$memory, TypeAttr:$function_type), instance);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    $callee `(` $arguments `)` `start` $start `return` $return_thunk
    (`memory` $memory^)? attr-dict
    `:` $function_type `,` functional-type($arguments, $results)
  }];
}

def AI_CallDirectOp : AI_InstanceOp<"call_direct"> {
  let summary = "calls a component function that cannot block";
  let description = [{
    The body of a sync-lowered function of synchronous type: lifts the
    arguments, calls the core function of the lift, lowers its result.

    ```mlir
    %r = async_intrinsic.call_direct @callee(%x) : !component.func_type<(x: u32) -> u32>, (i32) -> i32
    ```
  }];
  let arguments = !con((ins
    FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments,
    OptionalAttr<FlatSymbolRefAttr>:$memory,
    OptionalAttr<FlatSymbolRefAttr>:$realloc,
    DefaultValuedAttr<StrAttr, "\"utf8\"">:$string_encoding,
    TypeAttr:$function_type), instance);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    $callee `(` $arguments `)`
    oilist(`memory` $memory | `realloc` $realloc
         | `string_encoding` $string_encoding)
    attr-dict
    `:` $function_type `,` functional-type($arguments, $results)
  }];
}

def AI_CallArgumentsOp : AI_Op<"call.arguments"> {
  let summary = "the core arguments that a call record holds";
  let description = [{
    ```mlir
    %0:2 = async_intrinsic.call.arguments %call : i32, i32
    ```
  }];
  let arguments = (ins I32:$call);
  let results = (outs Variadic<AnyType>:$values);
  let assemblyFormat = "$call attr-dict (`:` type($values)^)?";
}

def AI_CallResultPointerOp : AI_Op<"call.result_pointer"> {
  let summary = "where the caller wants the result";
  let description = [{
    ```mlir
    %p = async_intrinsic.call.result_pointer %call : i32
    ```
  }];
  let arguments = (ins I32:$call);
  let results = (outs I32:$pointer);
  let assemblyFormat = "$call attr-dict `:` type($pointer)";
}

def AI_CallSetResultOp : AI_Op<"call.set_result"> {
  let summary = "keeps a result in its call record";
  let description = [{
    For the caller of an `async_intrinsic.call_sync`, which gives it back.

    ```mlir
    async_intrinsic.call.set_result %call, %v : i32
    ```
  }];
  let arguments = (ins I32:$call, AnyType:$value);
  let assemblyFormat = "$call `,` $value attr-dict `:` type($value)";
}

def AI_EnterOp : AI_Op<"enter"> {
  let summary = "starts the callee's task";
  let description = [{
    The end of a start thunk: calls the core function that `callee` was lifted
    from with arguments that were lowered for it, and hands the code that it
    returns to the callee's `step`.

    ```mlir
    async_intrinsic.enter @callee(%0, %1) call %call : i32, i32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments,
                       I32:$call);
  let assemblyFormat = [{
    $callee `(` $arguments `)` `call` $call attr-dict (`:` type($arguments)^)?
  }];
}

def AI_TransferOp : AI_InstanceOp<"transfer", [AttrSizedOperandSegments]> {
  let summary = "values leave one instance and enter another";
  let description = [{
    The values that `type` flattens to, lifted out of one instance and lowered
    into the other: `to` says from the enclosing instance to that of `callee`
    (an argument), without it the value comes from there (a result). Numbers are
    brought into range, a handle moves from table to table.

    ```mlir
    %1 = async_intrinsic.transfer %0 from @callee : !component.stream<!component.u8>, (i32) -> i32
    ```

    Several values are a tuple. Where they lie in memory, the operand is a
    pointer to them; `into` is one where the result is wanted; `memory`,
    `realloc` and `string_encoding` are the options of the enclosing instance.
    `--lower-values` leaves only transfers of one handle, and those of an
    instance to itself whose values have to wait in between.

    ```mlir
    async_intrinsic.transfer %p from @callee into %q : i32 memory @mem realloc @realloc
      : !component.string, (i32) -> ()
    ```
  }];
  let arguments = !con((ins Variadic<AnyType>:$values,
                            Optional<AnyTypeOf<[I32, I64]>>:$into,
                            FlatSymbolRefAttr:$callee, UnitAttr:$to,
                            OptionalAttr<FlatSymbolRefAttr>:$memory,
                            OptionalAttr<FlatSymbolRefAttr>:$realloc,
                            DefaultValuedAttr<StrAttr, "\"utf8\"">:$string_encoding,
                            TypeAttr:$type), instance);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    $values (`to` $to^):(`from`)? $callee (`into` $into^ `:` type($into))?
    oilist(`memory` $memory | `realloc` $realloc
         | `string_encoding` $string_encoding)
    attr-dict `:` $type `,` functional-type($values, $results)
  }];
  let builders = [OpBuilder<(ins "::mlir::TypeRange":$results,
      "::mlir::ValueRange":$values, "::llvm::StringRef":$callee, "bool":$to,
      "::mlir::Type":$type, "::mlir::FlatSymbolRefAttr":$instance)>];
  let hasVerifier = 1;
}

#endif // MELD_ASYNC_INTRINSIC_CALL_OPS_TD
