//===- WasmTypes.td - value types, entity types, labels, locals -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_WASM_IR_WASMTYPES_TD
#define MELD_DIALECT_WASM_IR_WASMTYPES_TD

include "mlir/IR/AttrTypeBase.td"
include "meld/Dialect/Wasm/IR/WasmAttrs.td"

class Wasm_Type<string name, string keyword> : TypeDef<Wasm_Dialect, name> {
  let mnemonic = keyword;
}

//===----------------------------------------------------------------------===//
// Value types: i32, i64, f32, f64 are builtin, the others are here.
//===----------------------------------------------------------------------===//

def Wasm_V128 : Wasm_Type<"V128", "v128"> {
  let summary = "128 bits, the vector type of core WebAssembly";
}
def Wasm_FuncRef : Wasm_Type<"FuncRef", "funcref"> {
  let summary = "a reference to any function, or null";
}
def Wasm_ExternRef : Wasm_Type<"ExternRef", "externref"> {
  let summary = "a reference to an object of the host, or null";
}
def Wasm_ExnRef : Wasm_Type<"ExnRef", "exnref"> {
  let summary = "a reference to a caught exception, or null";
}

def Wasm_Ref : Wasm_Type<"Ref", "ref"> {
  let summary = "any other reference type";
  let description = [{
    ```mlir
    !wasm.ref<any>
    !wasm.ref<null i31>
    !wasm.ref<null !wasm.defined<0 of <sub struct(mut i32)>>>
    ```
    Refers to an abstract heap type of the core specification, or to a type
    that a module defines: a function type or `!wasm.defined`. Generated code
    has no values of these types; the entities of guests do.
    Constraints: `funcref`, `externref` and `exnref` are types of their own.
  }];
  let parameters = (ins "uint8_t":$abstract, "::mlir::Type":$defined,
                        "bool":$nullable);
  let builders = [
    TypeBuilder<(ins "::meld::core::HeapType::Abstract":$heap,
                     "bool":$nullable),
                [{ return $_get($_ctxt, heap, ::mlir::Type(), nullable); }]>,
    TypeBuilder<(ins "::mlir::Type":$defined, "bool":$nullable),
                [{ return $_get($_ctxt, 0, defined, nullable); }]>
  ];
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Wasm_Defined : Wasm_Type<"Defined", "defined"> {
  let summary = "a type that a module defines";
  let description = [{
    ```mlir
    !wasm.defined<0 of <sub struct(mut i32, ref null 0)>>
    !wasm.defined<1 of <sub struct(i32), final 0 struct(i32, i8)>>
    ```
    A recursion group (`#wasm.rec`) and a position in it. Equal types of
    different modules are one type here, so two types are equal when their
    pointers are (Core: Types, Recursive Types). A final function type without
    supertype, alone in its group and without reference to itself, is a builtin
    function type instead.
    Constraints: the group has that many definitions.
  }];
  let parameters = (ins "uint32_t":$position,
                        "::meld::wasm::RecGroupAttr":$group);
  let assemblyFormat = "`<` $position `of` $group `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// The declared supertype, or null.
    ::mlir::Type getSuper() const;
    ::meld::core::SubType::Kind getKind() const;
    /// Parameters and results of a function type, null for any other.
    ::mlir::FunctionType getSignature() const;
  }];
}

def Wasm_RefType : AnyTypeOf<[Wasm_FuncRef, Wasm_ExternRef, Wasm_ExnRef],
                             "a reference type">;
def Wasm_NumType : AnyTypeOf<[I32, I64, F32, F64], "a number type">;
/// What one access reads or writes, and what a vector operator takes.
def Wasm_AccessType : AnyTypeOf<[I32, I64, F32, F64, Wasm_V128],
                                "a number or vector type">;
def Wasm_VectorOrInteger : AnyTypeOf<[I32, I64, Wasm_V128],
                                     "i32, i64 or v128">;
def Wasm_ValueType
    : AnyTypeOf<[I32, I64, F32, F64, Wasm_V128, Wasm_FuncRef, Wasm_ExternRef,
                 Wasm_ExnRef], "a core value type">;
def Wasm_Address : AnyTypeOf<[I32, I64], "i32 or i64">;

//===----------------------------------------------------------------------===//
// Entity types: what imports, exports and definitions have.
//===----------------------------------------------------------------------===//

/// A value type inside an entity type, printed without `!wasm.`.
def Wasm_ValueTypeParameter : AttrOrTypeParameter<"::mlir::Type", "value type"> {
  let parser = "::meld::wasm::parseValueType($_parser)";
  let printer = "::meld::wasm::printValueType($_printer, $_self)";
}

def Wasm_Memory : Wasm_Type<"Memory", "memory"> {
  let summary = "a linear memory: minimum and maximum in pages";
  let description = [{
    ```mlir
    !wasm.memory<1>
    !wasm.memory<1, 4, shared, i64>
    !wasm.memory<100, bytes>
    ```
    With `bytes`, a page has one byte instead of 64 KiB.
    Constraints: minimum <= maximum; a shared memory has a maximum.
  }];
  let parameters = (ins "uint64_t":$min,
                        OptionalParameter<"::std::optional<uint64_t>">:$max,
                        DefaultValuedParameter<"bool", "false">:$shared,
                        DefaultValuedParameter<"bool", "false">:$index64,
                        DefaultValuedParameter<"bool", "false">:$bytePages);
  let builders = [TypeBuilder<(ins "uint64_t":$min), [{
    return $_get($_ctxt, min, std::nullopt, false, false, false);
  }]>];
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// The type of addresses and sizes: i32, or i64 for a 64-bit memory.
    ::mlir::Type getAddressType() const;
    /// The bytes of a page.
    uint64_t getPageSize() const { return getBytePages() ? 1 : 1 << 16; }
  }];
}

def Wasm_Table : Wasm_Type<"Table", "table"> {
  let summary = "a table of references: minimum, maximum, element type";
  let description = [{
    ```mlir
    !wasm.table<1, funcref>
    !wasm.table<1, 8, externref>
    !wasm.table<1, 8, funcref, i64>
    ```
    Constraints: minimum <= maximum; the element type is a reference type.
  }];
  let parameters = (ins "uint64_t":$min,
                        OptionalParameter<"::std::optional<uint64_t>">:$max,
                        "::mlir::Type":$element,
                        DefaultValuedParameter<"bool", "false">:$index64);
  let builders = [TypeBuilder<(ins "uint64_t":$min, "::mlir::Type":$element), [{
    return $_get($_ctxt, min, std::nullopt, element, false);
  }]>];
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// The type of indices and sizes: i32, or i64 for a 64-bit table.
    ::mlir::Type getAddressType() const;
  }];
}

def Wasm_Global : Wasm_Type<"Global", "global"> {
  let summary = "a global variable: mutability and value type";
  let description = [{
    ```mlir
    !wasm.global<i32>
    !wasm.global<mut funcref>
    ```
  }];
  let parameters = (ins "::mlir::Type":$value,
                        DefaultValuedParameter<"bool", "false">:$mut);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Wasm_Tag : Wasm_Type<"Tag", "tag"> {
  let summary = "an exception tag: the types that it carries";
  let description = [{
    ```mlir
    !wasm.tag<(i32) -> ()>
    ```
    Constraints: the type is one of functions, `!wasm.defined` included.
  }];
  let parameters = (ins "::mlir::Type":$function);
  let assemblyFormat = "`<` $function `>`";
  let genVerifyDecl = 1;
}

//===----------------------------------------------------------------------===//
// Structured code
//===----------------------------------------------------------------------===//

def Wasm_Label : Wasm_Type<"Label", "label"> {
  let summary = "a place that `wasm.br` can go to";
  let description = [{
    The block argument of `wasm.block` (its end) and `wasm.loop` (its start).
    SSA dominance checks the scope; emission counts the depth.
  }];
}

def Wasm_Local : Wasm_Type<"Local", "local"> {
  let summary = "a mutable local variable";
  let description = [{
    ```mlir
    !wasm.local<i32>
    ```
  }];
  let parameters = (ins Wasm_ValueTypeParameter:$value);
  let assemblyFormat = "`<` $value `>`";
}

#endif // MELD_DIALECT_WASM_IR_WASMTYPES_TD
