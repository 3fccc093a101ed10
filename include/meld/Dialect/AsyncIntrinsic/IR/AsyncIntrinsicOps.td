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

#endif // MELD_ASYNC_INTRINSIC_OPS_TD
