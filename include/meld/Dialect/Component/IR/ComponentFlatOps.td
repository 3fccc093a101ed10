//===- ComponentFlatOps.td - what a flattened root holds -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTFLATOPS_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTFLATOPS_TD

include "meld/Dialect/Component/IR/ComponentBase.td"
include "meld/Dialect/Wasm/IR/WasmInterfaces.td"

/// A symbol of a flattened root. What is public is never removed; the passes
/// that make these ops leave them public unless they may go.
class Component_FlatOp<string mnemonic, list<Trait> traits = []>
    : Component_Op<mnemonic,
        !listconcat([Symbol, HasParent<"RootOp">,
                     DeclareOpInterfaceMethods<SymbolUserOpInterface>],
                    traits)>;

def Component_InstanceOfOp : Component_FlatOp<"instance_of"> {
  let summary = "a component instance";
  let description = [{
    ```mlir
    component.instance_of @root_instance
    component.instance_of @p parent @root_instance
    ```
    Constraints: the parent is an instance.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<FlatSymbolRefAttr>:$parent);
  let assemblyFormat = "$sym_name (`parent` $parent^)? attr-dict";
}

def Component_CanonicalOp : Component_FlatOp<"canonical",
    [Wasm_EntityOpInterface]> {
  let summary = "a core function that is a built-in, not yet lowered";
  let description = [{
    ```mlir
    component.canonical @w in @p = stream_write !component.stream<u8> async memory @mem : (i32, i32, i32) -> i32
    component.canonical @n in @p = waitable_set_new : () -> i32
    ```
    The type is the stream, future or result type, or `own` of the resource.

    Constraints: the type of the function is that of the built-in; the
    instance is an instance; symbols stand in the root.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$instance,
                       Component_Builtin:$builtin,
                       OptionalAttr<TypeAttr>:$type,
                       OptionalAttr<TypeAttr>:$core_type,
                       OptionalAttr<I32Attr>:$slot, UnitAttr:$async,
                       UnitAttr:$cancellable, UnitAttr:$shared,
                       OptionalAttr<FlatSymbolRefAttr>:$table,
                       OptionalAttr<FlatSymbolRefAttr>:$memory,
                       OptionalAttr<FlatSymbolRefAttr>:$realloc,
                       OptionalAttr<Component_StringEncoding>:$string_encoding,
                       TypeAttrOf<FunctionType>:$function_type);
  let assemblyFormat = [{
    $sym_name `in` $instance `=` $builtin ($type^)?
    oilist(`core_type` $core_type | `slot` $slot | `async` $async
           | `cancellable` $cancellable | `shared` $shared | `table` $table
           | `memory` $memory | `realloc` $realloc
           | `string_encoding` $string_encoding)
    `:` $function_type attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::Type getEntityType() { return getFunctionType(); }
  }];
}

def Component_LiftedOp : Component_FlatOp<"lifted"> {
  let summary = "a component function that a core function implements";
  let description = [{
    ```mlir
    component.lifted @produce in @p = @p_produce as !component.func_type<async (n: u32)> async callback @p_produce_cb
    ```
    Constraints: as `component.lift`; the type is a function type.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$instance,
                       FlatSymbolRefAttr:$function, TypeAttr:$type,
                       UnitAttr:$async,
                       OptionalAttr<FlatSymbolRefAttr>:$callback,
                       OptionalAttr<FlatSymbolRefAttr>:$step,
                       OptionalAttr<FlatSymbolRefAttr>:$memory,
                       OptionalAttr<FlatSymbolRefAttr>:$realloc,
                       OptionalAttr<FlatSymbolRefAttr>:$post_return,
                       OptionalAttr<Component_StringEncoding>:$string_encoding);
  let assemblyFormat = [{
    $sym_name `in` $instance `=` $function `as` $type
    oilist(`async` $async | `callback` $callback | `step` $step
           | `memory` $memory | `realloc` $realloc
           | `post_return` $post_return | `string_encoding` $string_encoding)
    attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::meld::component::FuncType getFuncType() {
      return ::llvm::cast<::meld::component::FuncType>(getType());
    }
  }];
}

def Component_LoweredOp : Component_FlatOp<"lowered",
    [Wasm_EntityOpInterface]> {
  let summary = "a core function that calls a component function";
  let description = [{
    ```mlir
    component.lowered @c_produce in @c = @produce async memory @c_mem : (i32, i32) -> i32
    ```
    The callee is a `component.lifted`, a task type or a
    `component.host_func`.

    Constraints: as `component.lower`; where the callee is of this dialect,
    the type of the function is the callee's, flattened.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$instance,
                       FlatSymbolRefAttr:$function, UnitAttr:$async,
                       OptionalAttr<FlatSymbolRefAttr>:$memory,
                       OptionalAttr<FlatSymbolRefAttr>:$realloc,
                       OptionalAttr<Component_StringEncoding>:$string_encoding,
                       OptionalAttr<FlatSymbolRefAttr>:$start_thunk,
                       OptionalAttr<FlatSymbolRefAttr>:$return_thunk,
                       TypeAttrOf<FunctionType>:$function_type);
  let assemblyFormat = [{
    $sym_name `in` $instance `=` $function
    oilist(`async` $async | `memory` $memory | `realloc` $realloc
           | `string_encoding` $string_encoding | `start` $start_thunk
           | `return` $return_thunk)
    `:` $function_type attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::Type getEntityType() { return getFunctionType(); }
  }];
}

def Component_HostFuncOp : Component_FlatOp<"host_func"> {
  let summary = "a component function that the root imports";
  let description = [{
    ```mlir
    component.host_func @h "ns:p/i" "f" : !component.func_type<(n: u32)>
    component.host_func @g "" "g" : !component.func_type<()>
    ```
    Constraints: the type is a function type.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$interface,
                       StrAttr:$name, TypeAttr:$type);
  let assemblyFormat = "$sym_name $interface $name `:` $type attr-dict";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::meld::component::FuncType getFuncType() {
      return ::llvm::cast<::meld::component::FuncType>(getType());
    }
  }];
}

def Component_ExportFuncOp : Component_Op<"export_func",
    [HasParent<"RootOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a component function that the root exports";
  let description = [{
    ```mlir
    component.export_func "run" @run
    component.export_func "ns:p/i#f" @f
    ```
    Constraints: the symbol stands in the root.
  }];
  let arguments = (ins StrAttr:$name, FlatSymbolRefAttr:$function);
  let assemblyFormat = "$name $function attr-dict";
}

def Component_NamedType : AnyTypeOf<[
  Component_Bool, Component_S8, Component_U8, Component_S16, Component_U16,
  Component_S32, Component_U32, Component_S64, Component_U64, Component_F32,
  Component_F64, Component_Char, Component_String, Component_ErrorContext,
  Component_Record, Component_Variant, Component_Tuple, Component_Flags,
  Component_Enum, Component_List, Component_Option, Component_Result,
  Component_Map, Component_Own, Component_Borrow, Component_Stream,
  Component_Future], "a value type">;

def Component_TypeNameOp : Component_Op<"type_name", [HasParent<"RootOp">]> {
  let summary = "a name that a value type has at the edge";
  let description = [{
    ```mlir
    component.type_name "ns:p/i#point" : !component.record<x: u32, y: u32>
    component.type_name "size" : !component.u64
    ```
    The root imports or exports the type under that name. Types are equal
    whatever they are called, so this is not for the program, but for those who
    write its world down: it becomes a row of `meld.abi`.

    Constraints: the type is a value type.
  }];
  let arguments = (ins StrAttr:$name, TypeAttrOf<Component_NamedType>:$type);
  let assemblyFormat = "$name `:` $type attr-dict";
}

def Component_ResourceOp : Component_FlatOp<"resource"> {
  let summary = "a resource type of an instance";
  let description = [{
    ```mlir
    component.resource @p_r known "ns:p/i" "r"
    component.resource @q_r in @q dtor @drop_r
    component.resource @s_r known "" "s" in @s
    ```
    Without an instance it is one that the host defines. `known` says the
    interface and the name under which the root imports it, or exports it.
    Never removed: uses inside types are not seen.

    Constraints: the instance is an instance; symbols stand in the root.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<StrAttr>:$interface,
                       OptionalAttr<StrAttr>:$name,
                       OptionalAttr<FlatSymbolRefAttr>:$instance,
                       OptionalAttr<FlatSymbolRefAttr>:$dtor);
  let assemblyFormat = [{
    $sym_name (`known` $interface^ $name)? (`in` $instance^)? (`dtor` $dtor^)?
    attr-dict
  }];
  let extraClassDeclaration = [{
    static bool canDiscardOnUseEmpty() { return false; }
  }];
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTFLATOPS_TD
