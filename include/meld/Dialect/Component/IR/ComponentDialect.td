//===- ComponentDialect.td - the dialect -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTDIALECT_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTDIALECT_TD

include "mlir/IR/OpBase.td"

def Component_Dialect : Dialect {
  let name = "component";
  let cppNamespace = "::meld::component";
  let summary = "WebAssembly components";
  let description = [{
    A `component.root` holds one program. Before `--component-flatten` every
    definition of the binary format is an operation with one result, and SSA
    values are the index spaces; after it, instances, core functions and
    resources are symbols, and types are MLIR types.

    docs/dialects/Component.md is the rationale.
  }];
  // Lowerings make operations of `wasm` in files that have none.
  let dependentDialects = ["::meld::wasm::WasmDialect"];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let extraClassDeclaration = [{
    /// Each family of ops registers itself in its own file: instantiating all
    /// of them in one place makes that file slow to build.
    void registerAttributes();
    void registerTypes();
    void registerScopeOps();
    void registerValueOps();
    void registerTypeOps();
    void registerLiftOps();
    void registerHandleOps();
    void registerTaskOps();
    void registerStreamOps();
    void registerThreadOps();
    void registerFlatOps();
  }];
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTDIALECT_TD
