//===- WasmDialect.td - the dialect of core modules -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_WASM_IR_WASMDIALECT_TD
#define MELD_DIALECT_WASM_IR_WASMDIALECT_TD

include "mlir/IR/OpBase.td"

def Wasm_Dialect : Dialect {
  let name = "wasm";
  let cppNamespace = "::meld::wasm";
  let summary = "core WebAssembly modules: guest code as bytes, own code as SSA";
  let description = [{
    A `wasm.module` is a core module. What comes from a guest stays bytes: the
    module's bytes are one blob, its functions are ranges of that blob, and
    the module lists its imports and exports as ops, so that no lowering has
    to look at bytes. What Meld generates is structured code: SSA values and
    regions (`wasm.block`, `wasm.loop`, `wasm.if`), which emission turns into
    stack code. docs/dialects/Wasm.md says what is left out, and why.
  }];
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
  let extraClassDeclaration = [{
    /// Each family of ops registers itself in its own file: instantiating all
    /// of them in one place makes that file slow to build.
    void registerAttributes();
    void registerTypes();
    void registerModuleOps();
    void registerControlOps();
    void registerValueOps();
  }];
}

class Wasm_Op<string mnemonic, list<Trait> traits = []>
    : Op<Wasm_Dialect, mnemonic, traits>;

#endif // MELD_DIALECT_WASM_IR_WASMDIALECT_TD
