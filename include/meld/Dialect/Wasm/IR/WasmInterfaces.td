//===- WasmInterfaces.td - what a symbol of a core entity says -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_WASM_IR_WASMINTERFACES_TD
#define MELD_DIALECT_WASM_IR_WASMINTERFACES_TD

include "mlir/IR/OpBase.td"

def Wasm_EntityOpInterface : OpInterface<"EntityOpInterface"> {
  let cppNamespace = "::meld::wasm";
  let description = [{
    A symbol op that stands for a core entity: a function, table, memory,
    global or tag. Ops that use the symbol check their types against it.
    Ops of other dialects that stand for core functions implement it too; a
    symbol of another dialect without it is taken on trust.
  }];
  let methods = [
    InterfaceMethod<[{
      The type of the entity: a FunctionType or DefinedType of a function, a
      MemoryType, TableType, GlobalType or TagType.
    }], "::mlir::Type", "getEntityType">
  ];
}

#endif // MELD_DIALECT_WASM_IR_WASMINTERFACES_TD
