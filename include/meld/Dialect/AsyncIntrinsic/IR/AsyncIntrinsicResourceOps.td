//===- AsyncIntrinsicResourceOps.td - handles to resources -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_ASYNC_INTRINSIC_RESOURCE_OPS_TD
#define MELD_ASYNC_INTRINSIC_RESOURCE_OPS_TD

include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsicBase.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

// The instance is there: before flatten no resource type is known.
class AI_ResourceOp<string mnemonic>
    : Op<AsyncIntrinsic_Dialect, "resource." # mnemonic> {
  let arguments = (ins I32:$handle, TypeAttr:$type,
                       FlatSymbolRefAttr:$instance);
}

def AI_ResourceNewOp : AI_ResourceOp<"new"> {
  let summary = "makes a handle that owns a resource";
  let description = [{
    ```mlir
    %h = async_intrinsic.resource.new %rep in @p : !component.own<@r> -> i32
    ```
  }];
  let arguments = (ins I32:$rep, TypeAttr:$type, FlatSymbolRefAttr:$instance);
  let results = (outs I32:$handle);
  let assemblyFormat =
      "$rep `in` $instance attr-dict `:` $type `->` type($handle)";
}

def AI_ResourceRepOp : AI_ResourceOp<"rep"> {
  let summary = "what a handle stands for";
  let description = [{
    ```mlir
    %rep = async_intrinsic.resource.rep %h in @p : !component.own<@r> -> i32
    ```
  }];
  let results = (outs I32:$rep);
  let assemblyFormat =
      "$handle `in` $instance attr-dict `:` $type `->` type($rep)";
}

def AI_ResourceDropOp : AI_ResourceOp<"drop"> {
  let summary = "drops a handle, and destroys the resource that it owns";
  let description = [{
    The destructor runs in the instance that defines the resource, before this
    operation ends.

    ```mlir
    async_intrinsic.resource.drop %h in @p : !component.own<@r>
    ```
  }];
  let assemblyFormat = "$handle `in` $instance attr-dict `:` $type";
}

//===----------------------------------------------------------------------===//
// Borrows
//===----------------------------------------------------------------------===//

class AI_ScopeOp<string mnemonic>
    : Op<AsyncIntrinsic_Dialect, "scope." # mnemonic>;

def AI_ScopeBeginOp : AI_ScopeOp<"begin"> {
  let summary = "begins a synchronous call that lends";
  let description = [{
    From here on, transfers of borrows count in this scope.

    ```mlir
    %s = async_intrinsic.scope.begin : i32
    ```
  }];
  let results = (outs I32:$scope);
  let assemblyFormat = "attr-dict `:` type($scope)";
}

def AI_ScopeEnterOp : AI_ScopeOp<"enter"> {
  let summary = "the same for a call that has a record";
  let description = [{
    ```mlir
    async_intrinsic.scope.enter %call
    ```
  }];
  let arguments = (ins I32:$call);
  let assemblyFormat = "$call attr-dict";
}

def AI_ScopeCheckOp : AI_ScopeOp<"check"> {
  let summary = "traps where the callee still has a borrow";
  let description = [{
    ```mlir
    async_intrinsic.scope.check %s
    ```
  }];
  let arguments = (ins I32:$scope);
  let assemblyFormat = "$scope attr-dict";
}

def AI_ScopeEndOp : AI_ScopeOp<"end"> {
  let summary = "the caller has its handles again";
  let description = [{
    ```mlir
    async_intrinsic.scope.end %s
    ```
  }];
  let arguments = (ins I32:$scope);
  let assemblyFormat = "$scope attr-dict";
}

//===----------------------------------------------------------------------===//
// Error contexts
//===----------------------------------------------------------------------===//

def AI_ErrorContextNewOp : AI_InstanceOp<"error_context.new"> {
  let summary = "makes an error context of a message";
  let description = [{
    The message is lifted and kept outside of the guest.

    ```mlir
    %e = async_intrinsic.error_context.new %ptr, %len in @mem : i32
    ```
  }];
  let arguments = !con((ins I32:$pointer, I32:$length,
                            FlatSymbolRefAttr:$memory,
                            DefaultValuedAttr<StrAttr, "\"utf8\"">:$string_encoding),
                       instance);
  let results = (outs I32:$handle);
  let assemblyFormat = [{
    $pointer `,` $length `in` $memory (`string_encoding` $string_encoding^)?
    attr-dict `:` type($handle)
  }];
}

def AI_ErrorContextDebugMessageOp
    : AI_InstanceOp<"error_context.debug_message"> {
  let summary = "stores the message of an error context";
  let description = [{
    Pointer and length of the message go to `pointer`, the message where
    `realloc` says.

    ```mlir
    async_intrinsic.error_context.debug_message %e, %ptr in @mem realloc @realloc
    ```
  }];
  let arguments = !con((ins I32:$handle, I32:$pointer,
                            FlatSymbolRefAttr:$memory,
                            FlatSymbolRefAttr:$realloc,
                            DefaultValuedAttr<StrAttr, "\"utf8\"">:$string_encoding),
                       instance);
  let assemblyFormat = [{
    $handle `,` $pointer `in` $memory `realloc` $realloc
    (`string_encoding` $string_encoding^)? attr-dict
  }];
}

def AI_ErrorContextDropOp : AI_InstanceOp<"error_context.drop"> {
  let summary = "gives up a handle to an error context";
  let description = [{
    ```mlir
    async_intrinsic.error_context.drop %e
    ```
  }];
  let arguments = !con((ins I32:$handle), instance);
  let assemblyFormat = "$handle attr-dict";
}

#endif // MELD_ASYNC_INTRINSIC_RESOURCE_OPS_TD
