//===- ComponentBase.td - what all families of ops share -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTBASE_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTBASE_TD

include "meld/Dialect/Component/IR/ComponentAttrs.td"
include "meld/Dialect/Component/IR/ComponentEnums.td"
include "meld/Dialect/Component/IR/ComponentInterfaces.td"
include "meld/Dialect/Component/IR/ComponentTypes.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Component_Op<string mnemonic, list<Trait> traits = []>
    : Op<Component_Dialect, mnemonic, traits>;

/// An operation whose results are named after what they are (ResultNames.cpp).
class Component_Named<string mnemonic, list<Trait> traits = []>
    : Component_Op<mnemonic, traits # [
          DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let extraClassDefinition = [{
    void $cppClass::getAsmResultNames(::mlir::OpAsmSetValueNameFn setName) {
      ::meld::component::nameResults(getOperation(), setName);
    }
  }];
}

/// A definition. It allocates its result: equal definitions stay apart (they
/// have identity in the spec, and `--cse` would else replace one in a nested
/// component by one outside), and dead ones go.
class Component_Def<string mnemonic, TypeConstraint sort,
                    list<Trait> traits = []>
    : Component_Named<mnemonic, traits> {
  let results = (outs Res<sort, "", [MemAlloc]>:$result);
}

/// A definition that makes something new each time, or that is seen from
/// outside: its effects are unknown, so it stays, in order.
class Component_Generative<string mnemonic, TypeConstraint sort,
                           list<Trait> traits = []>
    : Component_Named<mnemonic, traits> {
  let results = (outs sort:$result);
}

/// The names of a list; empty if the list is.
def Component_Names : DefaultValuedAttr<StrArrayAttr, "{}">;

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTBASE_TD
