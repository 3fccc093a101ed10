//===- AsyncIntrinsicThreadOps.td - threads of a task -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_ASYNC_INTRINSIC_THREAD_OPS_TD
#define MELD_ASYNC_INTRINSIC_THREAD_OPS_TD

include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicBase.td"

// A thread is a function of the guest's table that runs beside the one that a
// task began with, in the same instance and for the same task. `thread` is its
// index in a table of the instance.

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

def AI_ThreadIndexOp : AI_InstanceOp<"thread.index"> {
  let summary = "the index of the current thread";
  let description = [{
    ```mlir
    %t = async_intrinsic.thread.index : i32
    ```
  }];
  let arguments = instance;
  let results = (outs I32:$thread);
  let assemblyFormat = "attr-dict `:` type($thread)";
}

def AI_ThreadNewOp : AI_InstanceOp<"thread.new"> {
  let summary = "makes a thread, which is suspended";
  let description = [{
    It will call the function in slot `function` of `table`, of type
    `(i32) -> ()`, with `argument`.

    ```mlir
    %t = async_intrinsic.thread.new %f, %a in @table : i32
    ```
  }];
  let arguments = !con((ins I32:$function, I32:$argument,
                            FlatSymbolRefAttr:$table), instance);
  let results = (outs I32:$thread);
  let assemblyFormat =
    "$function `,` $argument `in` $table attr-dict `:` type($thread)";
}

def AI_ThreadResumeLaterOp : AI_InstanceOp<"thread.resume_later"> {
  let summary = "makes a suspended thread ready";
  let description = [{
    ```mlir
    async_intrinsic.thread.resume_later %t
    ```
  }];
  let arguments = !con((ins I32:$thread), instance);
  let assemblyFormat = "$thread attr-dict";
}

def AI_ThreadSuspendOp : AI_InstanceOp<"thread.suspend"> {
  let summary = "waits until another thread resumes this one";
  let description = [{
    1 if the task was told to end, else 0.

    ```mlir
    %r = async_intrinsic.thread.suspend : i32
    ```
  }];
  let arguments = !con((ins UnitAttr:$cancellable), instance);
  let results = (outs I32:$cancelled);
  let assemblyFormat =
    "(`cancellable` $cancellable^)? attr-dict `:` type($cancelled)";
}

def AI_ThreadSwitchOp : AI_InstanceOp<"thread.switch"> {
  let summary = "lets another thread go on at once";
  let description = [{
    The current thread is suspended, or with `yield` stays ready. The other has
    to be suspended; with `promote` it has to be ready, and where it is not,
    this is `thread.suspend` or `thread.yield`. 1 if the task was told to end,
    else 0.

    ```mlir
    %r = async_intrinsic.thread.switch %t yield : i32
    ```
  }];
  let arguments = !con((ins I32:$thread, UnitAttr:$yield, UnitAttr:$promote,
                            UnitAttr:$cancellable), instance);
  let results = (outs I32:$cancelled);
  let assemblyFormat = [{
    $thread oilist(`yield` $yield | `promote` $promote
                   | `cancellable` $cancellable)
    attr-dict `:` type($cancelled)
  }];
}

#endif // MELD_ASYNC_INTRINSIC_THREAD_OPS_TD
