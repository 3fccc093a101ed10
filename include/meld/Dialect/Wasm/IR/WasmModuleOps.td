//===- WasmModuleOps.td - modules and what they define -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_WASM_IR_WASMMODULEOPS_TD
#define MELD_DIALECT_WASM_IR_WASMMODULEOPS_TD

include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/CommonAttrConstraints.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "meld/Dialect/Wasm/IR/WasmAttrs.td"
include "meld/Dialect/Wasm/IR/WasmInterfaces.td"
include "meld/Dialect/Wasm/IR/WasmTypes.td"

def Wasm_UsesSymbols : DeclareOpInterfaceMethods<SymbolUserOpInterface>;
def Wasm_Entity : DeclareOpInterfaceMethods<Wasm_EntityOpInterface>;

/// An op with a symbol that stands for a core entity.
class Wasm_EntityOp<string mnemonic, list<Trait> traits = []>
    : Wasm_Op<mnemonic, [Symbol, Wasm_Entity] # traits>;

def Wasm_SymbolList
    : TypedArrayAttrBase<FlatSymbolRefAttr, "a list of symbols"> {
  let constBuilderCall = "$_builder.getArrayAttr($0)";
}
def Wasm_FunctionTypeAttr : TypeAttrOf<FunctionType>;

def Wasm_ModuleOp : Wasm_Op<"module",
    [IsolatedFromAbove, SymbolTable, Symbol, NoTerminator, SingleBlock]> {
  let summary = "a core module";
  let description = [{
    Its content is given by `bytes` (a blob), by the file `source`, or by the
    ops in it. A module with neither bytes nor functions is *declared*: it
    lists imports and exports only. A module with bytes lists them as well.

    ```mlir
    wasm.module @producer {
      wasm.import "env" "write" : (i32, i32, i32) -> i32
      wasm.export "produce" : (i32, i32) -> i32
    }
    wasm.module "private" @guest bytes <guest.wasm> {
    }
    wasm.module @shim source "shim.wasm" {
    }
    ```
    Constraints: not both `bytes` and `source`.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name,
                       OptionalAttr<Wasm_ModuleBytes>:$bytes,
                       OptionalAttr<StrAttr>:$source);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    ($sym_visibility^)? $sym_name (`bytes` $bytes^)?
    (`source` $source^)? attr-dict-with-keyword $body
  }];
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name), [{
    $_state.getOrAddProperties<Properties>().sym_name =
        $_builder.getStringAttr(name);
    $_state.addRegion()->emplaceBlock();
  }]>];
  let extraClassDeclaration = [{
    /// Whether the module says nothing but its imports and exports.
    bool isDeclared();
    /// Whether its functions are ops, as in every module that Meld generates.
    bool isGenerated();
  }];
  let hasVerifier = 1;
}

def Wasm_ImportOp : Wasm_Op<"import",
    [DeclareOpInterfaceMethods<Symbol, ["isOptionalSymbol"]>, Wasm_Entity]> {
  let summary = "an import of the enclosing module";
  let description = [{
    ```mlir
    wasm.import "env" "write" : (i32) -> i32
    wasm.import @memory "env" "memory" : !wasm.memory<1>
    ```
    The symbol is there where ops of the module use the import. The type is a
    core type; in a generated module before `--component-flatten` it may be a
    type of another dialect.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       OptionalAttr<SymbolNameAttr>:$sym_name,
                       StrAttr:$module, StrAttr:$name, TypeAttr:$type);
  let assemblyFormat = "($sym_name^)? $module $name `:` $type attr-dict";
  let builders = [OpBuilder<(ins "::llvm::StringRef":$symbol,
      "::llvm::StringRef":$module, "::llvm::StringRef":$name,
      "::mlir::Type":$type), [{
    auto &p = $_state.getOrAddProperties<Properties>();
    if (!symbol.empty())
      p.sym_name = $_builder.getStringAttr(symbol);
    p.module = $_builder.getStringAttr(module);
    p.name = $_builder.getStringAttr(name);
    p.type = ::mlir::TypeAttr::get(type);
  }]>];
  let hasVerifier = 1;
}

def Wasm_ExportOp : Wasm_Op<"export", [Wasm_UsesSymbols]> {
  let summary = "an export of the enclosing module";
  let description = [{
    ```mlir
    wasm.export "run" @run : (i32) -> i32
    wasm.export "run" : (i32) -> i32
    ```
    Declared modules and modules with bytes export without a symbol.
    Constraints: the symbol has the type that is written.
  }];
  let arguments = (ins StrAttr:$name, OptionalAttr<FlatSymbolRefAttr>:$symbol,
                       TypeAttr:$type);
  let assemblyFormat = "$name ($symbol^)? `:` $type attr-dict";
}

def Wasm_FuncOp : Wasm_Op<"func",
    [Symbol, FunctionOpInterface, IsolatedFromAbove, Wasm_Entity]> {
  let summary = "a function with a structured body";
  let description = [{
    ```mlir
    wasm.func @twice(%x: i32) -> i32 {
      %r = wasm.binary add %x, %x : i32
      wasm.return %r : i32
    }
    ```
    Stands in a `wasm.module`, or in a flattened root, whose symbols it then
    names. Its region is one block that ends in `wasm.return`,
    `wasm.unreachable`, or another terminator.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<StrAttr>:$sym_visibility,
                       Wasm_FunctionTypeAttr:$function_type,
                       OptionalAttr<DictArrayAttr>:$arg_attrs,
                       OptionalAttr<DictArrayAttr>:$res_attrs);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name,
                                 "::mlir::FunctionType":$type)>];
  let extraClassDeclaration = [{
    ::llvm::ArrayRef<::mlir::Type> getArgumentTypes() {
      return getFunctionType().getInputs();
    }
    ::llvm::ArrayRef<::mlir::Type> getResultTypes() {
      return getFunctionType().getResults();
    }
    ::mlir::Region *getCallableRegion() { return &getBody(); }
  }];
  let hasVerifier = 1;
}

def Wasm_BytesOp : Wasm_EntityOp<"bytes", [Wasm_UsesSymbols]> {
  let summary = "a function whose body is bytes of a nested module";
  let description = [{
    ```mlir
    wasm.bytes @p_core.produce : (i32) -> i32 = body 3 of @p_core
    ```
    Body 3 is entry 3 of the code section, that is, defined function 3; the
    `wasm.space` says which module that is of and what its indices mean here.
    Constraints: the type is one of functions, `!wasm.defined` included.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name,
                       TypeAttr:$function_type,
                       I32Attr:$index, FlatSymbolRefAttr:$space);
  let assemblyFormat = [{
    ($sym_visibility^)? $sym_name `:` $function_type `=` `body` $index `of`
    $space attr-dict
  }];
}

class Wasm_DefinitionOp<string mnemonic>
    : Wasm_EntityOp<mnemonic> {
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name, TypeAttr:$type);
  let assemblyFormat = "($sym_visibility^)? $sym_name `:` $type attr-dict";
  let hasVerifier = 1;
}

def Wasm_MemoryOp : Wasm_DefinitionOp<"memory"> {
  let summary = "a memory that the module defines";
  let description = [{
    ```mlir
    wasm.memory @m : !wasm.memory<1, 4>
    ```
    Memories are numbered as they stand in the module, imported ones first.
  }];
}

def Wasm_TableOp : Wasm_EntityOp<"table", [Wasm_UsesSymbols]> {
  let summary = "a table that the module defines";
  let description = [{
    ```mlir
    wasm.table @t : !wasm.table<4, funcref>
    wasm.table @p_core.t : !wasm.table<4, !wasm.ref<func>> = body 0 of @p_core
    ```
    `body 0` is the initial value of defined table 0; without it, null. Where
    that value is the object in a global of the module, a table that is
    `refilled` begins with an object that is equal but not the same: a
    `wasm.table_fill` comes before anybody reads it.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name, TypeAttr:$type,
                       OptionalAttr<I32Attr>:$index,
                       OptionalAttr<FlatSymbolRefAttr>:$space,
                       UnitAttr:$refilled);
  let assemblyFormat = [{
    ($sym_visibility^)? $sym_name `:` $type (`=` `body` $index^ `of` $space)?
    (`refilled` $refilled^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Wasm_TagOp : Wasm_DefinitionOp<"tag"> {
  let summary = "an exception tag that the module defines";
  let description = [{
    ```mlir
    wasm.tag @e : !wasm.tag<(i32) -> ()>
    ```
  }];
}

def Wasm_GlobalOp : Wasm_EntityOp<"global", [Wasm_UsesSymbols]> {
  let summary = "a global that the module defines";
  let description = [{
    ```mlir
    wasm.global @g : !wasm.global<mut i32> = 5
    wasm.global @f : !wasm.global<funcref> = @run
    wasm.global @n : !wasm.global<externref> = null
    wasm.global @p_core.sp : !wasm.global<mut i32> = body 2 of @p_core
    ```
    `body 2` is the initializer of defined global 2.
    Constraints: a number has the type of the global.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name, TypeAttr:$type,
                       OptionalAttr<AnyAttr>:$init,
                       OptionalAttr<I32Attr>:$index,
                       OptionalAttr<FlatSymbolRefAttr>:$space);
  let assemblyFormat = [{
    ($sym_visibility^)? $sym_name `:` $type `=`
    custom<GlobalInit>(ref($type), $init, $index, $space) attr-dict
  }];
  let hasVerifier = 1;
}

/// Data and element segments: active ones are never dead.
class Wasm_SegmentOp<string mnemonic>
    : Wasm_Op<mnemonic,
        [DeclareOpInterfaceMethods<Symbol, ["canDiscardOnUseEmpty"]>,
         Wasm_UsesSymbols]> {
  let hasVerifier = 1;
}

def Wasm_DataOp : Wasm_SegmentOp<"data"> {
  let summary = "a data segment";
  let description = [{
    ```mlir
    wasm.data @hello in @m offset 16 "hello"
    wasm.data @passive "bytes"
    wasm.data @words in @m offset 32 dense<[1, 2]> : tensor<2xi32>
    wasm.data @p_core.d0 in @m = body 0 of @p_core
    wasm.data @p_core.d1 in @m offset 16 = body 1 of @p_core
    wasm.data @p_core.d2 = body 2 of @p_core
    ```
    Active where `in` is there. `body 0` is segment 0 of the module's bytes,
    with its own offset unless one is written; without `in` it is passive,
    whatever it was there.
    Constraints: `in` and `offset` stand together, but for the offset of a
    body.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name,
                       OptionalAttr<FlatSymbolRefAttr>:$memory,
                       OptionalAttr<I64Attr>:$offset,
                       OptionalAttr<AnyAttr>:$init,
                       OptionalAttr<I32Attr>:$index,
                       OptionalAttr<FlatSymbolRefAttr>:$space);
  let assemblyFormat = [{
    ($sym_visibility^)? $sym_name (`in` $memory^)? (`offset` $offset^)?
    (`=` `body` $index^ `of` $space):($init)? attr-dict
  }];
  let extraClassDeclaration = [{
    /// The bytes of `init`, in little-endian order; empty for a body.
    void getInitBytes(::llvm::SmallVectorImpl<char> &bytes);
  }];
}

def Wasm_ElemOp : Wasm_SegmentOp<"elem"> {
  let summary = "an element segment";
  let description = [{
    ```mlir
    wasm.elem @e in @t offset 1 [@f, @g]
    wasm.elem @passive [@f]
    wasm.elem @p_core.e0 in @t = body 0 of @p_core
    wasm.elem @p_core.e1 in @t offset 4 = body 1 of @p_core
    wasm.elem @p_core.e2 = body 2 of @p_core
    ```
    Active where `in` is there. A body that is active or passive becomes what is
    written, as in `wasm.data`; one that is declarative stays so.
    Constraints: as `wasm.data`.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name,
                       OptionalAttr<FlatSymbolRefAttr>:$table,
                       OptionalAttr<I64Attr>:$offset,
                       OptionalAttr<FlatSymbolRefArrayAttr>:$functions,
                       OptionalAttr<I32Attr>:$index,
                       OptionalAttr<FlatSymbolRefAttr>:$space);
  let assemblyFormat = [{
    ($sym_visibility^)? $sym_name (`in` $table^)? (`offset` $offset^)?
    (`=` `body` $index^ `of` $space):($functions)? attr-dict
  }];
}

def Wasm_StartOp : Wasm_Op<"start", [Wasm_UsesSymbols]> {
  let summary = "the function that instantiation calls last";
  let description = [{
    ```mlir
    wasm.start @init
    ```
    Constraints: the function has type `() -> ()`.
  }];
  let arguments = (ins FlatSymbolRefAttr:$function);
  let assemblyFormat = "$function attr-dict";
}

def Wasm_CustomOp : Wasm_Op<"custom"> {
  let summary = "a custom section, written at the end of the module";
  let description = [{
    ```mlir
    wasm.custom "meld.abi" "{}"
    ```
  }];
  let arguments = (ins StrAttr:$name, StrAttr:$content);
  let assemblyFormat = "$name $content attr-dict";
}

def Wasm_InstanceOp : Wasm_Op<"instance",
    [DeclareOpInterfaceMethods<Symbol, ["canDiscardOnUseEmpty"]>,
     Wasm_UsesSymbols]> {
  let summary = "an instance of a core module";
  let description = [{
    ```mlir
    wasm.instance @p_core of @producer with "env" "write" = @p_write,
                                            "env" "mem" = @p_mem
    ```
    Instances are made in the order in which they stand. Never dead: making
    one can run a start function. With the unit attribute `strip` only those of
    its definitions that are used become part of a merged module; it is for
    code that Meld brings along.
    Constraints: each import of the module is given once or more (the last one
    counts), with its type.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$module,
                       DefaultValuedAttr<StrArrayAttr, "{}">:$modules,
                       DefaultValuedAttr<StrArrayAttr, "{}">:$names,
                       DefaultValuedAttr<Wasm_SymbolList, "{}">:$arguments);
  let assemblyFormat = [{
    ($sym_visibility^)? $sym_name `of` $module
    (`with` custom<InstanceArguments>($modules, $names, $arguments)^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Wasm_AliasOp : Wasm_EntityOp<"alias", [Wasm_UsesSymbols]> {
  let summary = "a symbol for an export of a core instance";
  let description = [{
    ```mlir
    wasm.alias @p_produce = @p_core "produce" : (i32, i32) -> i32
    ```
    Constraints: the instance's module has the export, with that type.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$instance,
                       StrAttr:$name, TypeAttr:$type);
  let assemblyFormat = [{
    ($sym_visibility^)? $sym_name `=` $instance $name `:` $type attr-dict
  }];
}

def Wasm_SpaceOp : Wasm_Op<"space", [Symbol, Wasm_UsesSymbols]> {
  let summary = "the index spaces of one instance, in symbols of this module";
  let description = [{
    ```mlir
    wasm.space @p_core of @producer types [(i32) -> i32] functions [@f, @g]
                                    memories [@m]
    ```
    Entry i says what index i in the bytes of `@producer` means: `body n of
    @p_core` is copied and its indices are replaced. An entry that names the
    space itself stands for what is not there, and no copied body may name.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$sym_visibility,
                       SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$module,
                       DefaultValuedAttr<TypeArrayAttr, "{}">:$types,
                       DefaultValuedAttr<Wasm_SymbolList, "{}">:$functions,
                       DefaultValuedAttr<Wasm_SymbolList, "{}">:$tables,
                       DefaultValuedAttr<Wasm_SymbolList, "{}">:$memories,
                       DefaultValuedAttr<Wasm_SymbolList, "{}">:$globals,
                       DefaultValuedAttr<Wasm_SymbolList, "{}">:$tags,
                       DefaultValuedAttr<Wasm_SymbolList, "{}">:$datas,
                       DefaultValuedAttr<Wasm_SymbolList, "{}">:$elems);
  let assemblyFormat = [{
    ($sym_visibility^)? $sym_name `of` $module (`types` $types^)?
    (`functions` $functions^)? (`tables` $tables^)? (`memories` $memories^)?
    (`globals` $globals^)? (`tags` $tags^)? (`datas` $datas^)?
    (`elems` $elems^)? attr-dict
  }];
}

#endif // MELD_DIALECT_WASM_IR_WASMMODULEOPS_TD
