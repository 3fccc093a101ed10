//===- AsyncIntrinsicOps.td - one operation per intrinsic -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_ASYNC_INTRINSIC_OPS_TD
#define MELD_ASYNC_INTRINSIC_OPS_TD

include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicBase.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

//===----------------------------------------------------------------------===//
// Symbols of the root
//===----------------------------------------------------------------------===//

def AI_TaskTypeOp : AI_Op<"task_type", [Symbol]> {
  let summary = "a component function whose calls are tasks";
  let description = [{
    What all tasks of one lifted function have in common: the instance that
    they run in, the core function that starts them (`entry`) and how they go on
    after they were suspended. `callback` is the guest's callback, as it stood in
    the lift; `--lower-callbacks` replaces it by `step`, a function that calls
    the callback and acts on the code that it returns. A task type with neither
    is a synchronous lift: the task ends when `entry` returns.

    Becomes a record in the runtime's memory (Layout.def, `task_type`).

    ```mlir
    async_intrinsic.task_type @produce in @p = @p_produce step @p_produce_step
      : !component.func_type<async (n: u32, chunk: u32) -> stream<u8>>
    ```

    Constraints:
    - at most one of `callback` and `step`;
    - `entry`, `callback` and `step` name core functions of the root.
  }];
  let arguments = (ins
    SymbolNameAttr:$sym_name,
    FlatSymbolRefAttr:$instance,
    FlatSymbolRefAttr:$entry,
    OptionalAttr<FlatSymbolRefAttr>:$callback,
    OptionalAttr<FlatSymbolRefAttr>:$step,
    OptionalAttr<FlatSymbolRefAttr>:$memory,
    OptionalAttr<FlatSymbolRefAttr>:$realloc,
    OptionalAttr<FlatSymbolRefAttr>:$post_return,
    DefaultValuedAttr<StrAttr, "\"utf8\"">:$string_encoding,
    UnitAttr:$async,
    TypeAttr:$function_type);
  let assemblyFormat = [{
    $sym_name `in` $instance `=` $entry
    oilist(`async` $async | `callback` $callback | `step` $step
         | `memory` $memory | `realloc` $realloc | `post_return` $post_return
         | `string_encoding` $string_encoding)
    `:` $function_type attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// A task type is the target of calls from other functions by symbol only.
    static bool canDiscardOnUseEmpty() { return false; }
  }];
}

def AI_CopyOp : AI_Op<"copy", [Symbol]> {
  let summary = "a copy between the memories of two instances";
  let description = [{
    Declares that elements of the type may move from a buffer in `source` to a
    buffer in `target`. Becomes a function `(dst, src, bytes)` in the runtime's
    function table, the only code that touches both memories. Elements that are
    not the same bytes on both sides are lifted out of the instance `writer` and
    lowered into `reader`, with its `realloc`.

    ```mlir
    async_intrinsic.copy @copy_u8_p_c : !component.stream<!component.u8> from @p_mem to @c_mem
    async_intrinsic.copy @copy_p_c : !component.future<!component.string>
      from @p_mem to @c_mem writer @p reader @c realloc @c_realloc
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttr:$type,
                       FlatSymbolRefAttr:$source, FlatSymbolRefAttr:$target,
                       OptionalAttr<FlatSymbolRefAttr>:$writer,
                       OptionalAttr<FlatSymbolRefAttr>:$reader,
                       OptionalAttr<FlatSymbolRefAttr>:$realloc,
                       OptionalAttr<StrAttr>:$source_encoding,
                       OptionalAttr<StrAttr>:$target_encoding);
  let assemblyFormat = [{
    $sym_name `:` $type `from` $source `to` $target
    oilist(`writer` $writer | `reader` $reader | `realloc` $realloc
         | `source_encoding` $source_encoding
         | `target_encoding` $target_encoding)
    attr-dict
  }];
  let extraClassDeclaration = [{
    static bool canDiscardOnUseEmpty() { return false; }
  }];
}

def AI_TrampolineOp : AI_Op<"trampoline", [Symbol]> {
  let summary = "the export through which the host lets the program go on";
  let description = [{
    Declared once per root, by `--lower-callbacks` where tasks are driven by
    callbacks, by `--lower-tasks` where calls of tasks may meet backpressure: the
    host needs a way in when something happened.
    Becomes the exported function `__callback (event_type, payload)`
    (docs/HostABI.md).

    ```mlir
    async_intrinsic.trampoline @__callback
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name);
  let assemblyFormat = "$sym_name attr-dict";
  let extraClassDeclaration = [{
    static bool canDiscardOnUseEmpty() { return false; }
  }];
}

//===----------------------------------------------------------------------===//
// Every function
//===----------------------------------------------------------------------===//

def AI_CheckMayLeaveOp : AI_InstanceOp<"check_may_leave"> {
  let summary = "traps if the instance may not leave";
  let description = [{
    The spec's `trap_if(not inst.may_leave)`: a guest that runs its realloc or
    post-return function may not call anything outside.

    ```mlir
    async_intrinsic.check_may_leave @p
    ```
  }];
  let arguments = instance;
  let assemblyFormat = "($instance^)? attr-dict";
}

def AI_TrapOp : AI_Op<"trap", [Terminator]> {
  let summary = "traps with a kind";
  let description = [{
    Stores the kind (a name of Traps.def) and its argument where the host finds
    them, and stops.

    ```mlir
    async_intrinsic.trap "UnsupportedCallbackCode"
    ```

    Constraints: the kind is one of Traps.def.
  }];
  let arguments = (ins StrAttr:$kind, DefaultValuedAttr<I32Attr, "0">:$argument);
  let assemblyFormat = "$kind (`argument` `` `=` `` $argument^)? attr-dict";
  let hasVerifier = 1;
}

def AI_BufferOp : AI_Op<"buffer"> {
  let summary = "a range of guest memory, checked";
  let description = [{
    Makes a buffer of `length` elements at `pointer`. Traps as the spec's
    `BufferGuestImpl` does: the length has a limit, and for a length above zero
    the pointer must be aligned and the range inside the memory. A stream or
    future without an element type has neither pointer nor memory. Elements that
    are lifted and lowered may need `realloc`, where they are read, and have
    `string_encoding`.

    ```mlir
    %b = async_intrinsic.buffer %ptr, %n in @mem : !async_intrinsic.buffer<!component.u8>
    %s = async_intrinsic.buffer %ptr, %n in @mem realloc @realloc
      : !async_intrinsic.buffer<!component.string>
    ```
  }];
  let arguments = (ins I32:$pointer, I32:$length,
                       OptionalAttr<FlatSymbolRefAttr>:$memory,
                       OptionalAttr<FlatSymbolRefAttr>:$realloc,
                       DefaultValuedAttr<StrAttr, "\"utf8\"">:$string_encoding);
  let results = (outs AsyncIntrinsic_BufferType:$buffer);
  let assemblyFormat = [{
    $pointer `,` $length (`in` $memory^)?
    oilist(`realloc` $realloc | `string_encoding` $string_encoding)
    attr-dict `:` qualified(type($buffer))
  }];
}

def AI_CheckPointerOp : AI_Op<"check_pointer"> {
  let summary = "traps unless a value can be stored at a pointer";
  let description = [{
    The spec's check of a result pointer: aligned, and inside the memory with all
    `size` bytes. Both are in bytes.

    ```mlir
    async_intrinsic.check_pointer %p size 4 alignment 4 in @mem
    ```
  }];
  let arguments = (ins I32:$pointer, I32Attr:$size, I32Attr:$alignment,
                       FlatSymbolRefAttr:$memory);
  let assemblyFormat =
    "$pointer `size` $size `alignment` $alignment `in` $memory attr-dict";
}

//===----------------------------------------------------------------------===//
// Waitables and sets
//===----------------------------------------------------------------------===//

def AI_WaitableSetNewOp : AI_InstanceOp<"waitable_set.new"> {
  let summary = "makes an empty waitable set";
  let description = [{
    ```mlir
    %s = async_intrinsic.waitable_set.new : i32
    ```
  }];
  let arguments = instance;
  let results = (outs I32:$set);
  let assemblyFormat = "attr-dict `:` type($set)";
}

def AI_WaitableSetPollOp : AI_InstanceOp<"waitable_set.poll"> {
  let summary = "takes an event of a set, if there is one";
  let description = [{
    The event code, or NONE; its two payloads go to `pointer` in `memory`.

    ```mlir
    %e = async_intrinsic.waitable_set.poll %s, %ptr in @mem : i32
    ```
  }];
  let arguments = !con((ins I32:$set, I32:$pointer, FlatSymbolRefAttr:$memory,
                            UnitAttr:$cancellable), instance);
  let results = (outs I32:$event);
  let assemblyFormat = [{
    $set `,` $pointer `in` $memory (`cancellable` $cancellable^)?
    attr-dict `:` type($event)
  }];
}

def AI_WaitableSetWaitOp : AI_InstanceOp<"waitable_set.wait"> {
  let summary = "waits for an event of a set";
  let description = [{
    As `async_intrinsic.waitable_set.poll`, but never NONE. Where nothing of the
    program can make the event come without leaving the frames below, it traps.

    ```mlir
    %e = async_intrinsic.waitable_set.wait %s, %ptr in @mem : i32
    ```
  }];
  let arguments = !con((ins I32:$set, I32:$pointer, FlatSymbolRefAttr:$memory,
                            UnitAttr:$cancellable), instance);
  let results = (outs I32:$event);
  let assemblyFormat = [{
    $set `,` $pointer `in` $memory (`cancellable` $cancellable^)?
    attr-dict `:` type($event)
  }];
}

def AI_WaitableSetDropOp : AI_InstanceOp<"waitable_set.drop"> {
  let summary = "drops an empty waitable set";
  let description = [{
    ```mlir
    async_intrinsic.waitable_set.drop %s
    ```
  }];
  let arguments = !con((ins I32:$set), instance);
  let assemblyFormat = "$set attr-dict";
}

def AI_WaitableJoinOp : AI_InstanceOp<"waitable.join"> {
  let summary = "puts a waitable into a set, or into none";
  let description = [{
    A set of 0 takes the waitable out of the one it is in.

    ```mlir
    async_intrinsic.waitable.join %w, %s
    ```
  }];
  let arguments = !con((ins I32:$waitable, I32:$set), instance);
  let assemblyFormat = "$waitable `,` $set attr-dict";
}

def AI_SubtaskDropOp : AI_InstanceOp<"subtask.drop"> {
  let summary = "drops a subtask whose resolution was delivered";
  let description = [{
    ```mlir
    async_intrinsic.subtask.drop %t
    ```
  }];
  let arguments = !con((ins I32:$subtask), instance);
  let assemblyFormat = "$subtask attr-dict";
}

//===----------------------------------------------------------------------===//
// The current task
//===----------------------------------------------------------------------===//

def AI_ContextGetOp : AI_InstanceOp<"context.get"> {
  let summary = "reads a slot of the current thread";
  let description = [{
    ```mlir
    %v = async_intrinsic.context.get 0 : i32
    ```
  }];
  let arguments = !con((ins I32Attr:$slot), instance);
  let results = (outs AnyTypeOf<[I32, I64]>:$value);
  let assemblyFormat = "$slot attr-dict `:` type($value)";
}

def AI_ContextSetOp : AI_InstanceOp<"context.set"> {
  let summary = "writes a slot of the current thread";
  let description = [{
    ```mlir
    async_intrinsic.context.set 0, %v : i32
    ```
  }];
  let arguments = !con((ins I32Attr:$slot, AnyTypeOf<[I32, I64]>:$value),
                       instance);
  let assemblyFormat = "$slot `,` $value attr-dict `:` type($value)";
}

class AI_BackpressureOp<string change, string what>
    : AI_InstanceOp<"backpressure." # change> {
  let summary = what # " the backpressure of an instance by one";
  let description = [{
    While it is not zero, calls of functions of asynchronous type wait to enter
    the instance; those of synchronous type do not. Traps where the counter
    would leave 0 to 65535.

    ```mlir
    async_intrinsic.backpressure.}] # change # [{ {instance = @p}
    ```
  }];
  let arguments = instance;
  let assemblyFormat = "attr-dict";
}
def AI_BackpressureIncOp : AI_BackpressureOp<"inc", "raises">;
def AI_BackpressureDecOp : AI_BackpressureOp<"dec", "lowers">;

def AI_TaskReturnOp : AI_InstanceOp<"task.return"> {
  let summary = "resolves the current task with a result";
  let description = [{
    `type` is the result type (`none` without a result), given as the core
    values that it flattens to, or as a pointer into `memory` where they are too
    many. Traps unless the current task was lifted async, has this result type
    and string encoding, and is not resolved yet.

    ```mlir
    async_intrinsic.task.return %h : i32 as !component.stream<!component.u8>
    ```
  }];
  let arguments = !con((ins Variadic<AnyType>:$values,
                            OptionalAttr<TypeAttr>:$type,
                            OptionalAttr<FlatSymbolRefAttr>:$memory,
                            DefaultValuedAttr<StrAttr, "\"utf8\"">:$string_encoding),
                       instance);
  let assemblyFormat = [{
    ($values^ `:` type($values))? (`as` $type^)? (`memory` $memory^)?
    (`string_encoding` $string_encoding^)? attr-dict
  }];
}

def AI_TaskCancelOp : AI_InstanceOp<"task.cancel"> {
  let summary = "resolves the current task without a result";
  let description = [{
    Traps unless the current task was lifted async and has been told that its
    caller wants it to end.

    ```mlir
    async_intrinsic.task.cancel {instance = @p}
    ```
  }];
  let arguments = instance;
  let assemblyFormat = "attr-dict";
}

def AI_SubtaskCancelOp : AI_InstanceOp<"subtask.cancel"> {
  let summary = "asks a subtask to end";
  let description = [{
    The state in which it has resolved; or BLOCKED, and then a SUBTASK event
    follows. `sync` waits for it.

    ```mlir
    %r = async_intrinsic.subtask.cancel %h : i32
    ```
  }];
  let arguments = !con((ins I32:$handle, UnitAttr:$sync), instance);
  let results = (outs I32:$result);
  let assemblyFormat = "$handle (`sync` $sync^)? attr-dict `:` type($result)";
}

def AI_ThreadYieldOp : AI_InstanceOp<"thread.yield"> {
  let summary = "lets others run, in the middle of a call";
  let description = [{
    1 if the task was told to end, else 0.

    ```mlir
    %r = async_intrinsic.thread.yield : i32
    ```
  }];
  let arguments = !con((ins UnitAttr:$cancellable), instance);
  let results = (outs I32:$cancelled);
  let assemblyFormat =
    "(`cancellable` $cancellable^)? attr-dict `:` type($cancelled)";
}

class AI_TaskSuspendOp<string mnemonic, dag more>
    : AI_InstanceOp<"task." # mnemonic> {
  let arguments = !con((ins I32:$task), more, instance);
}

def AI_TaskExitOp : AI_TaskSuspendOp<"exit", (ins)> {
  let summary = "ends a task (callback code EXIT)";
  let description = [{
    Traps if the task is not resolved.

    ```mlir
    async_intrinsic.task.exit %task
    ```
  }];
  let assemblyFormat = "$task attr-dict";
}

def AI_TaskYieldOp : AI_TaskSuspendOp<"yield", (ins)> {
  let summary = "lets others run (callback code YIELD)";
  let description = [{
    ```mlir
    async_intrinsic.task.yield %task
    ```
  }];
  let assemblyFormat = "$task attr-dict";
}

def AI_TaskWaitOp : AI_TaskSuspendOp<"wait", (ins I32:$set)> {
  let summary = "waits for an event of a set (callback code WAIT)";
  let description = [{
    ```mlir
    async_intrinsic.task.wait %task, %set
    ```
  }];
  let assemblyFormat = "$task `,` $set attr-dict";
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

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
    `--lower-values` leaves only transfers of one handle.

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

#endif // MELD_ASYNC_INTRINSIC_OPS_TD
