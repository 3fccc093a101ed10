//===- ComponentTypeOps.td - type definitions -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTTYPEOPS_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTTYPEOPS_TD

include "meld/Dialect/Component/IR/ComponentBase.td"

/// A type definition: a fresh entry of the type index space. A value type
/// inside it is a keyword (a primitive) or a value.
class Component_TypeDef<string mnemonic, list<Trait> traits = []>
    : Component_Def<"type." # mnemonic, Component_TypeSort, traits>;

/// An element: the operand, or the primitive's keyword.
defvar Elem = (ins Optional<Component_TypeSort>:$element,
                   OptionalAttr<StrAttr>:$prim);
/// A list of elements: an entry of `prims` is a keyword, `none`, or empty,
/// which says "the next operand".
defvar Elems = (ins Variadic<Component_TypeSort>:$types,
                    Component_Names:$prims);

def Component_TypePrimitiveOp : Component_TypeDef<"primitive"> {
  let summary = "a name for a primitive value type";
  let description = [{
    ```mlir
    %t = component.type.primitive u8
    ```
  }];
  let arguments = (ins StrAttr:$prim);
  let assemblyFormat = "custom<Primitive>($prim) attr-dict";
  let hasVerifier = 1;
}

class Component_ElementType<string mnemonic, string format>
    : Component_TypeDef<mnemonic> {
  let arguments = Elem;
  let assemblyFormat = format # "($element, $prim) attr-dict";
  let hasVerifier = 1;
}

def Component_TypeStreamOp
    : Component_ElementType<"stream", "custom<OptValType>"> {
  let summary = "a stream";
  let description = [{
    ```mlir
    %s = component.type.stream u8
    %t = component.type.stream none
    %u = component.type.stream %s
    ```
    Constraints: the element is not `char`.
  }];
}
def Component_TypeFutureOp
    : Component_ElementType<"future", "custom<OptValType>"> {
  let summary = "a future";
  let description = [{
    ```mlir
    %s = component.type.future u8
    %t = component.type.future none
    ```
  }];
}
def Component_TypeOptionOp
    : Component_ElementType<"option", "custom<ValType>"> {
  let summary = "an optional value";
  let description = [{
    ```mlir
    %s = component.type.option string
    ```
  }];
}

def Component_TypeListOp : Component_TypeDef<"list"> {
  let summary = "a list";
  let description = [{
    ```mlir
    %s = component.type.list u8
    %t = component.type.list %s length 4
    ```
    Constraints: a fixed length is not 0.
  }];
  let arguments = !con(Elem, (ins OptionalAttr<UI32Attr>:$length));
  let assemblyFormat = [{
    custom<ValType>($element, $prim) (`length` custom<Length>($length)^)?
    attr-dict
  }];
  let hasVerifier = 1;
}

def Component_TypeMapOp
    : Component_TypeDef<"map", [AttrSizedOperandSegments]> {
  let summary = "a map";
  let description = [{
    ```mlir
    %s = component.type.map string, u8
    ```
    Constraints: the key, where it is a primitive, is not a float or an error
    context.
  }];
  let arguments = (ins Optional<Component_TypeSort>:$key,
                       OptionalAttr<StrAttr>:$key_prim,
                       Optional<Component_TypeSort>:$value,
                       OptionalAttr<StrAttr>:$value_prim);
  let assemblyFormat = [{
    custom<ValType>($key, $key_prim) `,` custom<ValType>($value, $value_prim)
    attr-dict
  }];
  let hasVerifier = 1;
}

def Component_TypeResultOp
    : Component_TypeDef<"result", [AttrSizedOperandSegments]> {
  let summary = "success or failure";
  let description = [{
    ```mlir
    %s = component.type.result u8, string
    %t = component.type.result none, none
    ```
  }];
  let arguments = (ins Optional<Component_TypeSort>:$ok,
                       OptionalAttr<StrAttr>:$ok_prim,
                       Optional<Component_TypeSort>:$error,
                       OptionalAttr<StrAttr>:$error_prim);
  let assemblyFormat = [{
    custom<OptValType>($ok, $ok_prim) `,`
    custom<OptValType>($error, $error_prim) attr-dict
  }];
  let hasVerifier = 1;
}

def Component_TypeRecordOp : Component_TypeDef<"record"> {
  let summary = "a record";
  let description = [{
    ```mlir
    %s = component.type.record {a: u32, "b-c": %t}
    ```
    Constraints: at least one field; labels are distinct.
  }];
  let arguments = !con(Elems, (ins Component_Names:$names));
  let assemblyFormat = "custom<Fields>($types, $prims, $names) attr-dict";
  let hasVerifier = 1;
}
def Component_TypeVariantOp : Component_TypeDef<"variant"> {
  let summary = "a variant";
  let description = [{
    ```mlir
    %s = component.type.variant {a: u32, b}
    ```
    Constraints: at least one case; labels are distinct.
  }];
  let arguments = !con(Elems, (ins Component_Names:$names));
  let assemblyFormat = "custom<Cases>($types, $prims, $names) attr-dict";
  let hasVerifier = 1;
}
def Component_TypeTupleOp : Component_TypeDef<"tuple"> {
  let summary = "a tuple";
  let description = [{
    ```mlir
    %s = component.type.tuple (u32, %t)
    ```
    Constraints: at least one element.
  }];
  let arguments = Elems;
  let assemblyFormat = "custom<Elements>($types, $prims) attr-dict";
  let hasVerifier = 1;
}

class Component_LabelsType<string mnemonic> : Component_TypeDef<mnemonic> {
  let arguments = (ins Component_Names:$names);
  let assemblyFormat = "custom<Labels>($names) attr-dict";
  let hasVerifier = 1;
}
def Component_TypeFlagsOp : Component_LabelsType<"flags"> {
  let summary = "a set of flags";
  let description = [{
    ```mlir
    %s = component.type.flags {a, b}
    ```
    Constraints: 1 to 32 flags; labels are distinct.
  }];
}
def Component_TypeEnumOp : Component_LabelsType<"enum"> {
  let summary = "an enumeration";
  let description = [{
    ```mlir
    %s = component.type.enum {a, b}
    ```
    Constraints: at least one case; labels are distinct.
  }];
}

class Component_HandleType<string mnemonic> : Component_TypeDef<mnemonic> {
  let arguments = (ins Component_TypeSort:$resource);
  let assemblyFormat = "$resource attr-dict";
}
def Component_TypeOwnOp : Component_HandleType<"own"> {
  let summary = "an owned handle";
  let description = [{
    ```mlir
    %s = component.type.own %r
    ```
  }];
}
def Component_TypeBorrowOp : Component_HandleType<"borrow"> {
  let summary = "a borrowed handle";
  let description = [{
    ```mlir
    %s = component.type.borrow %r
    ```
  }];
}

def Component_TypeFuncOp : Component_TypeDef<"func"> {
  let summary = "the type of a component function";
  let description = [{
    ```mlir
    %f = component.type.func async (n: u32, "to-do": %t) -> %t
    %g = component.type.func ()
    ```
    Constraints: labels are distinct.
  }];
  let arguments = !con((ins UnitAttr:$async), Elems,
                       (ins Component_Names:$names));
  let assemblyFormat = [{
    (`async` $async^)? custom<Signature>($types, $prims, $names) attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Whether there is a result. It is the last of `types` and `prims`, which
    /// then have one entry more than `names`.
    bool hasResult() { return getPrims().size() > getNames().size(); }
  }];
}

def Component_TypeResourceOp
    : Component_Generative<"type.resource", Component_TypeSort,
                           [AttrSizedOperandSegments]> {
  let summary = "a resource type, fresh in each instance";
  let description = [{
    ```mlir
    %r = component.type.resource i32
    %s = component.type.resource i32 dtor %f
    %t = component.type.resource i32 dtor async %f
    %u = component.type.resource i32 dtor async %f callback %g
    ```
    Asynchronous destructors are of an older text of the specification, and are
    kept as they are read.

    Constraints: the representation is `i32` or `i64`; `async` needs a
    destructor, `callback` needs `async`.
  }];
  let arguments = (ins TypeAttr:$rep, UnitAttr:$async,
                       Optional<Component_CoreFuncSort>:$dtor,
                       Optional<Component_CoreFuncSort>:$callback);
  let assemblyFormat = [{
    $rep (`dtor` (`async` $async^)? custom<Req>($dtor)^)?
    (`callback` custom<Req>($callback)^)? attr-dict
  }];
  let hasVerifier = 1;
}

class Component_ScopeType<string mnemonic>
    : Component_TypeDef<mnemonic,
                        [SingleBlock, NoTerminator, NoRegionArguments]> {
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
}
def Component_TypeInstanceOp : Component_ScopeType<"instance"> {
  let summary = "the type of an instance";
  let description = [{
    ```mlir
    %it = component.type.instance {
      %ft = component.type.func (n: u32)
      %f = component.export_decl "f" func %ft
    }
    ```
    Constraints: as `component.component`; no imports.
  }];
}
def Component_TypeComponentOp : Component_ScopeType<"component"> {
  let summary = "the type of a component";
  let description = [{
    ```mlir
    %ct = component.type.component {
      %ft = component.type.func (n: u32)
      %f = component.import "f" func %ft
      %g = component.export_decl "g" func %ft
    }
    ```
    Constraints: as `component.component`.
  }];
}

//===----------------------------------------------------------------------===//
// Core types
//===----------------------------------------------------------------------===//

def Component_TypeCoreFuncOp
    : Component_Def<"type.core_func", Component_CoreTypeSort> {
  let summary = "a core function type";
  let description = [{
    ```mlir
    %t = component.type.core_func (i32, i32) -> i32
    ```
  }];
  let arguments = (ins TypeAttrOf<FunctionType>:$type);
  let assemblyFormat = "$type attr-dict";
}

def Component_TypeCoreRecOp : Component_Named<"type.core_rec"> {
  let summary = "a recursion group of core types";
  let description = [{
    Core types that are no plain function types: structs, arrays, subtypes,
    functions that take typed references. They are written as in `#wasm.rec`,
    but a number `i` is operand `i`, and those behind the operands are the
    members of the group itself. `bytes` is the `core:rectype` of the binary
    format with these numbers.

    ```mlir
    %s = component.type.core_rec () <final struct(i32)> -> core_type
    %a:2 = component.type.core_rec (%s)
             <sub array(ref null 0), final 1 array(ref null 0)>
             -> core_type, core_type
    ```
    Constraints: there is a definition for each result; it names operands and
    results only.
  }];
  let arguments = (ins Variadic<Component_CoreTypeSort>:$types,
                       StrAttr:$bytes);
  let results = (outs Res<Variadic<Component_CoreTypeSort>, "",
                          [MemAlloc]>:$results);
  let assemblyFormat = [{
    `(` $types `)` custom<RecGroup>($bytes) custom<SortList>(type($results))
    attr-dict
  }];
  let hasVerifier = 1;
}

def Component_TypeCoreModuleOp
    : Component_Def<"type.core_module", Component_CoreTypeSort,
                    [SingleBlock, NoTerminator, NoRegionArguments]> {
  let summary = "the type of a core module";
  let description = [{
    ```mlir
    %mt = component.type.core_module {
      component.core_import_decl "env" "f" : (i32) -> i32
      component.core_export_decl "g" : () -> ()
    }
    ```
  }];
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Component_CoreImportDeclOp
    : Component_Op<"core_import_decl", [HasParent<"TypeCoreModuleOp">]> {
  let summary = "an import of a core module type";
  let description = [{
    The type is a function type, or an entity type of `wasm`.
    ```mlir
    component.core_import_decl "env" "f" : (i32) -> i32
    ```
  }];
  let arguments = (ins StrAttr:$module, StrAttr:$name, TypeAttr:$type);
  let assemblyFormat = "$module $name `:` $type attr-dict";
}
def Component_CoreExportDeclOp
    : Component_Op<"core_export_decl", [HasParent<"TypeCoreModuleOp">]> {
  let summary = "an export of a core module type";
  let description = [{
    ```mlir
    component.core_export_decl "g" : () -> ()
    ```
  }];
  let arguments = (ins StrAttr:$name, TypeAttr:$type);
  let assemblyFormat = "$name `:` $type attr-dict";
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTTYPEOPS_TD
