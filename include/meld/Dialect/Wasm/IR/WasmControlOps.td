//===- WasmControlOps.td - structured control flow, calls and locals -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_WASM_IR_WASMCONTROLOPS_TD
#define MELD_DIALECT_WASM_IR_WASMCONTROLOPS_TD

include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "meld/Dialect/Wasm/IR/WasmTypes.td"

/// `wasm.block` and `wasm.loop`: a label, results, a body.
class Wasm_LabelOp<string mnemonic>
    : Wasm_Op<mnemonic, [SingleBlock, RecursiveMemoryEffects]> {
  let results = (outs Variadic<Wasm_ValueType>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "custom<LabelRegion>($body, type($results)) attr-dict";
  let builders = [OpBuilder<(ins CArg<"::mlir::TypeRange", "{}">:$results), [{
    $_state.addTypes(results);
    ::mlir::Block &block = $_state.addRegion()->emplaceBlock();
    block.addArgument(LabelType::get($_builder.getContext()), $_state.location);
  }]>];
  let skipDefaultBuilders = 1;
  let extraClassDeclaration = [{
    ::mlir::Value getLabel() { return getBody().getArgument(0); }
    ::mlir::Block *getBlock() { return &getBody().front(); }
  }];
  let hasRegionVerifier = 1;
}

def Wasm_BlockOp : Wasm_LabelOp<"block"> {
  let summary = "a block: its label is its end";
  let description = [{
    ```mlir
    %r = wasm.block %done -> i32 {
      wasm.br_if %done, %c with %a : i32
      wasm.yield %b : i32
    }
    ```
    A branch to the label gives the results. A `wasm.yield` without operands
    need not be written.
  }];
}

def Wasm_LoopOp : Wasm_LabelOp<"loop"> {
  let summary = "a loop: its label is its start";
  let description = [{
    ```mlir
    wasm.loop %again {
      wasm.br_if %again, %c
    }
    ```
    A branch to the label carries no values: what changes is a `wasm.local`.
    The results are those of the `wasm.yield` that leaves it.
  }];
}

def Wasm_IfOp : Wasm_Op<"if",
    [RecursiveMemoryEffects, NoRegionArguments]> {
  let summary = "two-way branch";
  let description = [{
    ```mlir
    %r = wasm.if %c -> i32 {
      wasm.yield %a : i32
    } else {
      wasm.yield %b : i32
    }
    ```
    Constraints: with results, the else part is there.
  }];
  let arguments = (ins I32:$condition);
  let results = (outs Variadic<Wasm_ValueType>:$results);
  let regions = (region SizedRegion<1>:$then_region,
                        MaxSizedRegion<1>:$else_region);
  let assemblyFormat = [{
    $condition `` custom<IfRegions>($then_region, $else_region, type($results))
    attr-dict
  }];
  let builders = [OpBuilder<(ins "::mlir::Value":$condition,
      CArg<"bool", "false">:$withElse,
      CArg<"::mlir::TypeRange", "{}">:$results), [{
    $_state.addOperands(condition);
    $_state.addTypes(results);
    $_state.addRegion()->emplaceBlock();
    ::mlir::Region *other = $_state.addRegion();
    if (withElse)
      other->emplaceBlock();
  }]>];
  let skipDefaultBuilders = 1;
  let extraClassDeclaration = [{
    ::mlir::Block *getThenBlock() { return &getThenRegion().front(); }
    /// The else block, or null.
    ::mlir::Block *getElseBlock() {
      return getElseRegion().empty() ? nullptr : &getElseRegion().front();
    }
  }];
  let hasRegionVerifier = 1;
}

def Wasm_TryOp : Wasm_Op<"try",
    [SingleBlock, RecursiveMemoryEffects, NoRegionArguments]> {
  let summary = "catches every exception";
  let description = [{
    ```mlir
    wasm.block %caught {
      wasm.try catch_all %caught {
        wasm.call @f() : () -> ()
        wasm.return
      }
    }
    wasm.unreachable
    ```
    An exception that leaves the body goes to the label; a trap is none. Written
    as `try_table`, or with the unit attribute `legacy` as the `try` that came
    before it: engines refuse a module that holds both.
    Constraints: the label is that of a block without results.
  }];
  let arguments = (ins Wasm_Label:$label, UnitAttr:$legacy);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    (`legacy` $legacy^)? `catch_all` $label custom<BareRegion>($body) attr-dict
  }];
  let builders = [OpBuilder<(ins "::mlir::Value":$label, "bool":$legacy), [{
    $_state.addOperands(label);
    if (legacy)
      $_state.getOrAddProperties<Properties>().legacy = $_builder.getUnitAttr();
    $_state.addRegion()->emplaceBlock();
  }]>];
  let skipDefaultBuilders = 1;
  let extraClassDeclaration = [{
    ::mlir::Block *getBlock() { return &getBody().front(); }
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def Wasm_YieldOp : Wasm_Op<"yield", [Pure, Terminator]> {
  let summary = "leaves a block, loop, if or try at its end";
  let description = [{
    ```mlir
    wasm.yield %a, %b : i32, i64
    ```
    Constraints: the operands have the types of the enclosing op's results.
  }];
  let arguments = (ins Variadic<Wasm_ValueType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let builders = [OpBuilder<(ins), "/* nothing to add */">];
  let hasVerifier = 1;
}

def Wasm_BrOp : Wasm_Op<"br", [Terminator]> {
  let summary = "goes to a label";
  let description = [{
    ```mlir
    wasm.br %done with %a : i32
    ```
    Constraints: the values have the types of the block's results; a loop
    takes none.
  }];
  let arguments = (ins Wasm_Label:$label, Variadic<Wasm_ValueType>:$values);
  let assemblyFormat = "$label (`with` $values^ `:` type($values))? attr-dict";
  let hasVerifier = 1;
}

def Wasm_BrIfOp : Wasm_Op<"br_if"> {
  let summary = "goes to a label if the condition is not zero";
  let description = [{
    ```mlir
    wasm.br_if %done, %c with %a : i32
    ```
    Constraints: as `wasm.br`.
  }];
  let arguments = (ins Wasm_Label:$label, I32:$condition,
                       Variadic<Wasm_ValueType>:$values);
  let assemblyFormat = [{
    $label `,` $condition (`with` $values^ `:` type($values))? attr-dict
  }];
  let hasVerifier = 1;
}

def Wasm_BrTableOp : Wasm_Op<"br_table",
    [Terminator, AttrSizedOperandSegments]> {
  let summary = "goes to the label with the given number, or to the last";
  let description = [{
    ```mlir
    wasm.br_table %i [%zero, %one] else %other
    ```
    Constraints: as `wasm.br`, for each label.
  }];
  let arguments = (ins I32:$index, Variadic<Wasm_Label>:$labels,
                       Wasm_Label:$otherwise, Variadic<Wasm_ValueType>:$values);
  let assemblyFormat = [{
    $index ` ` `[` $labels `]` `else` $otherwise
    (`with` $values^ `:` type($values))? attr-dict
  }];
  let hasVerifier = 1;
}

def Wasm_ReturnOp : Wasm_Op<"return", [Terminator]> {
  let summary = "returns from the function";
  let description = [{
    ```mlir
    wasm.return %r : i32
    ```
    Allowed at the end of any block. Constraints: the operands have the
    function's result types.
  }];
  let arguments = (ins Variadic<Wasm_ValueType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let builders = [OpBuilder<(ins), "/* nothing to add */">];
  let hasVerifier = 1;
}

def Wasm_UnreachableOp : Wasm_Op<"unreachable", [Terminator]> {
  let summary = "traps";
  let description = [{
    ```mlir
    wasm.unreachable
    ```
  }];
  let assemblyFormat = "attr-dict";
}

def Wasm_CallOp : Wasm_Op<"call",
    [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "calls a function";
  let description = [{
    ```mlir
    %r = wasm.call @f(%a) : (i32) -> i32
    ```
    Constraints: `@f` is a function with that type.
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee,
                       Variadic<Wasm_ValueType>:$args);
  let results = (outs Variadic<Wasm_ValueType>:$results);
  let assemblyFormat = [{
    $callee `(` $args `)` attr-dict `:` functional-type($args, $results)
  }];
  let extraClassDeclaration = [{
    ::mlir::FunctionType getCalleeType();
  }];
}

def Wasm_CallIndirectOp : Wasm_Op<"call_indirect",
    [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "calls the function in a slot of a table";
  let description = [{
    ```mlir
    %r = wasm.call_indirect @table[%slot](%a) : (i32) -> i32
    ```
    Traps if the slot is empty or holds a function of another type.
    Constraints: the table holds `funcref` and is indexed by `i32`.
  }];
  let arguments = (ins FlatSymbolRefAttr:$table, I32:$slot,
                       Variadic<Wasm_ValueType>:$args);
  let results = (outs Variadic<Wasm_ValueType>:$results);
  let assemblyFormat = [{
    $table `[` $slot `]` `` `(` $args `)` attr-dict `:`
    functional-type($args, $results)
  }];
  let extraClassDeclaration = [{
    ::mlir::FunctionType getCalleeType();
  }];
}

def Wasm_LocalOp : Wasm_Op<"local",
    [TypesMatchWith<"the local has the type of its initial value", "init",
                    "result", "LocalType::get($_ctxt, $_self)">]> {
  let summary = "a mutable local variable with its first value";
  let description = [{
    ```mlir
    %i = wasm.local %zero : i32
    ```
    Always initialised: emission lets locals share slots, so there is no
    implicit zero. The local is a fresh one each time the op is executed.
  }];
  let arguments = (ins Wasm_ValueType:$init);
  let results = (outs Res<Wasm_Local, "", [MemAlloc]>:$result);
  let assemblyFormat = "$init attr-dict `:` type($init)";
}

def Wasm_LocalGetOp : Wasm_Op<"local_get",
    [TypesMatchWith<"the result has the type of the local", "result", "local",
                    "LocalType::get($_ctxt, $_self)">]> {
  let summary = "reads a local";
  let description = [{
    ```mlir
    %v = wasm.local_get %i : i32
    ```
  }];
  let arguments = (ins Arg<Wasm_Local, "", [MemRead]>:$local);
  let results = (outs Wasm_ValueType:$result);
  let assemblyFormat = "$local attr-dict `:` type($result)";
  let builders = [OpBuilder<(ins "::mlir::Value":$local), [{
    build($_builder, $_state, ::llvm::cast<LocalType>(local.getType()).getValue(),
          local);
  }]>];
}

def Wasm_LocalSetOp : Wasm_Op<"local_set",
    [TypesMatchWith<"the value has the type of the local", "value", "local",
                    "LocalType::get($_ctxt, $_self)">]> {
  let summary = "writes a local";
  let description = [{
    ```mlir
    wasm.local_set %i, %v : i32
    ```
  }];
  let arguments = (ins Arg<Wasm_Local, "", [MemWrite]>:$local,
                       Wasm_ValueType:$value);
  let assemblyFormat = "$local `,` $value attr-dict `:` type($value)";
}

#endif // MELD_DIALECT_WASM_IR_WASMCONTROLOPS_TD
