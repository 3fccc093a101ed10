//===- WasmValueOps.td - numbers, memories, tables and globals -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_WASM_IR_WASMVALUEOPS_TD
#define MELD_DIALECT_WASM_IR_WASMVALUEOPS_TD

include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "meld/Dialect/Wasm/IR/WasmEnums.td"
include "meld/Dialect/Wasm/IR/WasmTypes.td"

/// Ops that can trap are not pure: a trap can be observed.
def Wasm_MayTrap : DeclareOpInterfaceMethods<MemoryEffectsOpInterface>;
def Wasm_NamesEntities : DeclareOpInterfaceMethods<SymbolUserOpInterface>;

def Wasm_ConstOp : Wasm_Op<"const",
    [Pure, AllTypesMatch<["value", "result"]>]> {
  let summary = "a number";
  let description = [{
    ```mlir
    %a = wasm.const 5 : i32
    %b = wasm.const 1.5 : f64
    ```
  }];
  let arguments = (ins TypedAttrInterface:$value);
  let results = (outs Wasm_NumType:$result);
  let assemblyFormat = "$value attr-dict";
  let builders = [
    OpBuilder<(ins "int32_t":$value), [{
      build($_builder, $_state, $_builder.getI32IntegerAttr(value));
    }]>,
    OpBuilder<(ins "int64_t":$value, "::mlir::Type":$type), [{
      build($_builder, $_state, ::mlir::TypedAttr(
          $_builder.getIntegerAttr(type, value)));
    }]>];
}

def Wasm_UnaryOp : Wasm_Op<"unary", [Pure, SameOperandsAndResultType]> {
  let summary = "an operator T -> T";
  let description = [{
    ```mlir
    %r = wasm.unary clz %a : i32
    ```
    Constraints: the operator exists for the type.
  }];
  let arguments = (ins EnumProp<Wasm_UnaryKind>:$kind, Wasm_NumType:$input);
  let results = (outs Wasm_NumType:$result);
  let assemblyFormat = "$kind $input attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Wasm_BinaryOp : Wasm_Op<"binary",
    [Wasm_MayTrap, SameOperandsAndResultType]> {
  let summary = "an operator T, T -> T";
  let description = [{
    ```mlir
    %r = wasm.binary add %a, %b : i32
    ```
    Integer division and remainder trap, so they are not pure.
    Constraints: the operator exists for the type.
  }];
  let arguments = (ins EnumProp<Wasm_BinaryKind>:$kind, Wasm_NumType:$lhs,
                       Wasm_NumType:$rhs);
  let results = (outs Wasm_NumType:$result);
  let assemblyFormat = "$kind $lhs `,` $rhs attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Wasm_CompareOp : Wasm_Op<"compare",
    [Pure, AllTypesMatch<["lhs", "rhs"]>]> {
  let summary = "an operator T, T -> i32";
  let description = [{
    ```mlir
    %r = wasm.compare lt_u %a, %b : i64
    ```
    Constraints: the operator exists for the type.
  }];
  let arguments = (ins EnumProp<Wasm_CompareKind>:$kind, Wasm_NumType:$lhs,
                       Wasm_NumType:$rhs);
  let results = (outs I32:$result);
  let assemblyFormat = "$kind $lhs `,` $rhs attr-dict `:` type($lhs)";
  let hasVerifier = 1;
}

def Wasm_TestOp : Wasm_Op<"test", [Pure]> {
  let summary = "an operator T -> i32";
  let description = [{
    ```mlir
    %r = wasm.test eqz %a : i32
    ```
  }];
  let arguments = (ins EnumProp<Wasm_TestKind>:$kind, Wasm_Address:$input);
  let results = (outs I32:$result);
  let assemblyFormat = "$kind $input attr-dict `:` type($input)";
}

def Wasm_ConvertOp : Wasm_Op<"convert", [Wasm_MayTrap]> {
  let summary = "an operator T -> U";
  let description = [{
    ```mlir
    %r = wasm.convert wrap_i64 %a : i64 -> i32
    ```
    `trunc_f32_s` and its like trap, so they are not pure.
    Constraints: the operator exists between the types.
  }];
  let arguments = (ins EnumProp<Wasm_ConvertKind>:$kind, Wasm_NumType:$input);
  let results = (outs Wasm_NumType:$result);
  let assemblyFormat = [{
    $kind $input attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Wasm_VectorOp : Wasm_Op<"vector", [Pure]> {
  let summary = "an operator on vectors of 128 bits";
  let description = [{
    ```mlir
    %m = wasm.vector i64x2_splat %a : (i64) -> !wasm.v128
    %b = wasm.vector and %v, %m : (!wasm.v128, !wasm.v128) -> !wasm.v128
    %r = wasm.vector any_true %b : (!wasm.v128) -> i32
    ```
    The operators are those that generated code needs.
    Constraints: the operator takes and gives these types.
  }];
  let arguments = (ins EnumProp<Wasm_VectorKind>:$kind,
                       Variadic<Wasm_VectorOrInteger>:$inputs);
  let results = (outs Wasm_VectorOrInteger:$result);
  let assemblyFormat = [{
    $kind $inputs attr-dict `:` functional-type($inputs, $result)
  }];
  let hasVerifier = 1;
}

def Wasm_SelectOp : Wasm_Op<"select",
    [Pure, AllTypesMatch<["if_true", "if_false", "result"]>]> {
  let summary = "one of two values";
  let description = [{
    ```mlir
    %r = wasm.select %c, %a, %b : i32
    ```
    `%a` if the condition is not zero.
  }];
  let arguments = (ins I32:$condition, Wasm_ValueType:$if_true,
                       Wasm_ValueType:$if_false);
  let results = (outs Wasm_ValueType:$result);
  let assemblyFormat = [{
    $condition `,` $if_true `,` $if_false attr-dict `:` type($result)
  }];
}

//===----------------------------------------------------------------------===//
// Memories. Addresses are i32 unless `: i64` stands behind.
//===----------------------------------------------------------------------===//

def Wasm_LoadOp : Wasm_Op<"load", [Wasm_NamesEntities]> {
  let summary = "reads memory";
  let description = [{
    ```mlir
    %a = wasm.load i32 @mem offset=8 %p
    %b = wasm.load i32 as u8 @mem %p
    %v = wasm.load !wasm.v128 @mem %p
    ```
    `as` names a narrower number in memory. Traps out of bounds.
    Constraints: `@mem` is a memory; the address has its type; the narrow
    number is smaller than the result.
  }];
  let arguments = (ins DefaultValuedProp<EnumProp<Wasm_Width>, "Width::full">:$width,
                       FlatSymbolRefAttr:$memory,
                       DefaultValuedProp<I64Prop, "0">:$offset,
                       Wasm_Address:$address);
  let results = (outs Wasm_AccessType:$result);
  let assemblyFormat = [{
    type($result) (`as` $width^)? $memory (`offset` `` `=` `` $offset^)?
    $address `` custom<AddressType>(type($address)) attr-dict
  }];
  let builders = [OpBuilder<(ins "::mlir::Type":$type,
      "::llvm::StringRef":$memory, "::mlir::Value":$address,
      CArg<"int64_t", "0">:$offset, CArg<"Width", "Width::full">:$width), [{
    auto &p = $_state.getOrAddProperties<Properties>();
    p.memory = ::mlir::FlatSymbolRefAttr::get($_builder.getContext(), memory);
    p.offset = offset;
    p.width = width;
    $_state.addOperands(address);
    $_state.addTypes(type);
  }]>];
  let hasVerifier = 1;
}

def Wasm_StoreOp : Wasm_Op<"store", [Wasm_NamesEntities]> {
  let summary = "writes memory";
  let description = [{
    ```mlir
    wasm.store i32 @mem offset=8 %p, %v
    wasm.store i32 as u8 @mem %p, %v
    ```
    Constraints: as `wasm.load`; narrow numbers are unsigned.
  }];
  let arguments = (ins DefaultValuedProp<EnumProp<Wasm_Width>, "Width::full">:$width,
                       FlatSymbolRefAttr:$memory,
                       DefaultValuedProp<I64Prop, "0">:$offset,
                       Wasm_Address:$address, Wasm_AccessType:$value);
  let assemblyFormat = [{
    type($value) (`as` $width^)? $memory (`offset` `` `=` `` $offset^)?
    $address `,` $value `` custom<AddressType>(type($address)) attr-dict
  }];
  let builders = [OpBuilder<(ins "::llvm::StringRef":$memory,
      "::mlir::Value":$address, "::mlir::Value":$value,
      CArg<"int64_t", "0">:$offset, CArg<"Width", "Width::full">:$width), [{
    auto &p = $_state.getOrAddProperties<Properties>();
    p.memory = ::mlir::FlatSymbolRefAttr::get($_builder.getContext(), memory);
    p.offset = offset;
    p.width = width;
    $_state.addOperands({address, value});
  }]>];
  let hasVerifier = 1;
}

def Wasm_MemorySizeOp : Wasm_Op<"memory_size", [Wasm_NamesEntities]> {
  let summary = "the size of a memory in pages";
  let description = [{
    ```mlir
    %n = wasm.memory_size @mem
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$memory);
  let results = (outs Wasm_Address:$result);
  let assemblyFormat = "$memory `` custom<AddressType>(type($result)) attr-dict";
}

def Wasm_MemoryGrowOp : Wasm_Op<"memory_grow",
    [Wasm_NamesEntities, AllTypesMatch<["delta", "result"]>]> {
  let summary = "grows a memory: the old size in pages, or -1";
  let description = [{
    ```mlir
    %old = wasm.memory_grow @mem, %pages
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$memory, Wasm_Address:$delta);
  let results = (outs Wasm_Address:$result);
  let assemblyFormat = [{
    $memory `,` $delta `` custom<AddressType>(type($delta)) attr-dict
  }];
}

def Wasm_MemoryCopyOp : Wasm_Op<"memory_copy", [Wasm_NamesEntities]> {
  let summary = "copies bytes from a memory to another, or the same";
  let description = [{
    ```mlir
    wasm.memory_copy @dst, @src, %d, %s, %n
    ```
    Destination first. Traps before it copies if either range is out of
    bounds. With 64-bit memories: `: i64, i64, i64`.
  }];
  let arguments = (ins FlatSymbolRefAttr:$target, FlatSymbolRefAttr:$source,
                       Wasm_Address:$to, Wasm_Address:$from,
                       Wasm_Address:$count);
  let assemblyFormat = [{
    $target `,` $source `,` $to `,` $from `,` $count
    `` custom<AddressTypes>(type($to), type($from), type($count)) attr-dict
  }];
}

def Wasm_MemoryFillOp : Wasm_Op<"memory_fill",
    [Wasm_NamesEntities, AllTypesMatch<["to", "count"]>]> {
  let summary = "fills a range of a memory with a byte";
  let description = [{
    ```mlir
    wasm.memory_fill @mem, %d, %byte, %n
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$memory, Wasm_Address:$to,
                       I32:$byte, Wasm_Address:$count);
  let assemblyFormat = [{
    $memory `,` $to `,` $byte `,` $count `` custom<AddressType>(type($to))
    attr-dict
  }];
}

def Wasm_MemoryInitOp : Wasm_Op<"memory_init", [Wasm_NamesEntities]> {
  let summary = "copies from a passive data segment";
  let description = [{
    ```mlir
    wasm.memory_init @mem, @data, %d, %s, %n
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$memory, FlatSymbolRefAttr:$data,
                       Wasm_Address:$to, I32:$from, I32:$count);
  let assemblyFormat = [{
    $memory `,` $data `,` $to `,` $from `,` $count
    `` custom<AddressType>(type($to)) attr-dict
  }];
}

def Wasm_DataDropOp : Wasm_Op<"data_drop", [Wasm_NamesEntities]> {
  let summary = "gives up a passive data segment";
  let description = [{
    ```mlir
    wasm.data_drop @data
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$data);
  let assemblyFormat = "$data attr-dict";
}

//===----------------------------------------------------------------------===//
// Tables and globals
//===----------------------------------------------------------------------===//

def Wasm_TableInitOp : Wasm_Op<"table_init", [Wasm_NamesEntities]> {
  let summary = "copies from a passive element segment";
  let description = [{
    ```mlir
    wasm.table_init @table, @elem, %d, %s, %n
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$table, FlatSymbolRefAttr:$elem,
                       Wasm_Address:$to, I32:$from, I32:$count);
  let assemblyFormat = [{
    $table `,` $elem `,` $to `,` $from `,` $count
    `` custom<AddressType>(type($to)) attr-dict
  }];
}

def Wasm_TableFillOp : Wasm_Op<"table_fill", [Wasm_NamesEntities]> {
  let summary = "sets all of a table to the value of a global";
  let description = [{
    ```mlir
    wasm.table_fill @table with @global
    ```
    What a table that a module defines begins with, if that is the value of a
    global that stands behind it (`refilled` of `wasm.table`).
  }];
  let arguments = (ins FlatSymbolRefAttr:$table, FlatSymbolRefAttr:$global);
  let assemblyFormat = "$table `with` $global attr-dict";
}

def Wasm_ElemDropOp : Wasm_Op<"elem_drop", [Wasm_NamesEntities]> {
  let summary = "gives up a passive element segment";
  let description = [{
    ```mlir
    wasm.elem_drop @elem
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$elem);
  let assemblyFormat = "$elem attr-dict";
}

def Wasm_TableSlotOp : Wasm_Op<"table_slot", [Pure, Wasm_NamesEntities]> {
  let summary = "the slot of a function in a table";
  let description = [{
    ```mlir
    %slot = wasm.table_slot @f in @table : i32
    ```
    A constant: emission finds it in the table's active `wasm.elem` ops.
  }];
  let arguments = (ins FlatSymbolRefAttr:$function, FlatSymbolRefAttr:$table);
  let results = (outs I32:$result);
  let assemblyFormat = "$function `in` $table `:` type($result) attr-dict";
}

def Wasm_GlobalGetOp : Wasm_Op<"global_get",
    [Wasm_NamesEntities, Wasm_MayTrap]> {
  let summary = "reads a global";
  let description = [{
    ```mlir
    %v = wasm.global_get @g : i32
    ```
    Constraints: `@g` is a global of that type.
  }];
  let arguments = (ins FlatSymbolRefAttr:$global);
  let results = (outs Wasm_ValueType:$result);
  let assemblyFormat = "$global attr-dict `:` type($result)";
}

def Wasm_GlobalSetOp : Wasm_Op<"global_set", [Wasm_NamesEntities]> {
  let summary = "writes a global";
  let description = [{
    ```mlir
    wasm.global_set @g, %v : i32
    ```
    Constraints: `@g` is a mutable global of that type.
  }];
  let arguments = (ins FlatSymbolRefAttr:$global, Wasm_ValueType:$value);
  let assemblyFormat = "$global `,` $value attr-dict `:` type($value)";
}

#endif // MELD_DIALECT_WASM_IR_WASMVALUEOPS_TD
