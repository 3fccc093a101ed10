//===- AsyncIntrinsicTaskOps.td - tasks, and what they wait for -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_ASYNC_INTRINSIC_TASK_OPS_TD
#define MELD_ASYNC_INTRINSIC_TASK_OPS_TD

include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicBase.td"

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

#endif // MELD_ASYNC_INTRINSIC_TASK_OPS_TD
