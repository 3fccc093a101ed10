//===- AsyncIntrinsicStreamOps.td - streams and futures -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_ASYNC_INTRINSIC_STREAM_OPS_TD
#define MELD_ASYNC_INTRINSIC_STREAM_OPS_TD

include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicBase.td"

// What streams and futures have in common: two ends, each a handle of its own.
// `kind` is "stream" or "future".

class AI_EndsNewOp<string kind> : AI_InstanceOp<kind # ".new"> {
  let summary = "makes a " # kind;
  let description = [{
    The readable end's index in the low, the writable end's in the high half.

    ```mlir
    %ends = async_intrinsic.}] # kind # [{.new : !component.}] # kind # [{<!component.u8> -> i64
    ```
  }];
  let arguments = !con((ins TypeAttr:$type), instance);
  let results = (outs I64:$ends);
  let assemblyFormat = "attr-dict `:` $type `->` type($ends)";
}
def AI_StreamNewOp : AI_EndsNewOp<"stream">;
def AI_FutureNewOp : AI_EndsNewOp<"future">;

class AI_EndCopyOp<string kind, string what, string packed>
    : AI_InstanceOp<kind # "." # what> {
  let summary = "starts a " # what # " of a " # kind;
  let description = [{
    The result }] # packed # [{,
    or is BLOCKED, and then an event follows. `sync` waits for it.

    ```mlir
    %r = async_intrinsic.}] # kind # "." # what # [{ %h, %b : !component.}] # kind # [{<!component.u8>, !async_intrinsic.buffer<!component.u8> -> i32
    %s = async_intrinsic.}] # kind # "." # what # [{ %h, %b sync {instance = @p} : !component.}] # kind # [{<!component.u8>, !async_intrinsic.buffer<!component.u8> -> i32
    ```
  }];
  let arguments = !con((ins I32:$handle, AsyncIntrinsic_BufferType:$buffer,
                            UnitAttr:$sync, TypeAttr:$type), instance);
  let results = (outs I32:$result);
  let assemblyFormat = [{
    $handle `,` $buffer (`sync` $sync^)? attr-dict `:` $type `,`
    qualified(type($buffer)) `->` type($result)
  }];
}
class AI_StreamCopyOp<string what>
    : AI_EndCopyOp<"stream", what,
                   "packs the number of elements and the spec's `CopyResult`">;
class AI_FutureCopyOp<string what>
    : AI_EndCopyOp<"future", what, "is the spec's `CopyResult`">;
def AI_StreamReadOp : AI_StreamCopyOp<"read">;
def AI_StreamWriteOp : AI_StreamCopyOp<"write">;
def AI_FutureReadOp : AI_FutureCopyOp<"read">;
def AI_FutureWriteOp : AI_FutureCopyOp<"write">;

class AI_EndCancelOp<string kind, string what>
    : AI_InstanceOp<kind # ".cancel_" # what> {
  let summary = "ends a " # what # " of a " # kind # " that is under way";
  let description = [{
    What the event of the }] # what # [{ would have said. It never blocks, because
    both ends are in the program; `sync` says that the end must not be in a set.

    ```mlir
    %r = async_intrinsic.}] # kind # ".cancel_" # what # [{ %h : !component.}] # kind # [{<!component.u8> -> i32
    ```
  }];
  let arguments = !con((ins I32:$handle, UnitAttr:$sync, TypeAttr:$type),
                       instance);
  let results = (outs I32:$result);
  let assemblyFormat =
    "$handle (`sync` $sync^)? attr-dict `:` $type `->` type($result)";
}
def AI_StreamCancelReadOp : AI_EndCancelOp<"stream", "read">;
def AI_StreamCancelWriteOp : AI_EndCancelOp<"stream", "write">;
def AI_FutureCancelReadOp : AI_EndCancelOp<"future", "read">;
def AI_FutureCancelWriteOp : AI_EndCancelOp<"future", "write">;

class AI_EndDropOp<string kind, string end>
    : AI_InstanceOp<kind # ".drop_" # end> {
  let summary = "drops the " # end # " end of a " # kind;
  let description = [{
    Traps if a copy is under way. The other end sees DROPPED.

    ```mlir
    async_intrinsic.}] # kind # ".drop_" # end # [{ %h : !component.}] # kind # [{<!component.u8>
    ```
  }];
  let arguments = !con((ins I32:$handle, TypeAttr:$type), instance);
  let assemblyFormat = "$handle attr-dict `:` $type";
}
def AI_StreamDropReadableOp : AI_EndDropOp<"stream", "readable">;
def AI_StreamDropWritableOp : AI_EndDropOp<"stream", "writable">;
def AI_FutureDropReadableOp : AI_EndDropOp<"future", "readable">;
def AI_FutureDropWritableOp : AI_EndDropOp<"future", "writable">;

#endif // MELD_ASYNC_INTRINSIC_STREAM_OPS_TD
