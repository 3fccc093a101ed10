//===- ComponentInterfaces.td - what a canonical definition says -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTINTERFACES_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTINTERFACES_TD

include "mlir/IR/OpBase.td"

def Component_CanonDefinition : OpInterface<"CanonDefinition"> {
  let cppNamespace = "::meld::component";
  let description = [{
    An operation that defines a core function by a canonical built-in. The
    operations come from Canon.td; `lookupBuiltin(getBuiltin())` is their row.
  }];
  let methods = [
    InterfaceMethod<"The built-in.", "::meld::component::Builtin",
                    "getBuiltin">,
    InterfaceMethod<"The stream, future, resource or result type; null if it "
                    "has none, or has a primitive.",
                    "::mlir::Value", "getTypeImmediate">,
    InterfaceMethod<"The option or immediate `memory`, or null.",
                    "::mlir::Value", "getMemoryOption">,
    InterfaceMethod<"The option `realloc`, or null.", "::mlir::Value",
                    "getReallocOption">,
    InterfaceMethod<"The option `string-encoding`.",
                    "::std::optional<::meld::component::StringEncoding>",
                    "getEncodingOption">,
    InterfaceMethod<"Whether the option `async` is there.", "bool", "isAsync">,
    InterfaceMethod<"Whether a call of the function may block its thread.",
                    "bool", "mayBlock", (ins), [{}], [{
      return ::meld::component::blocks($_op.getBuiltin(), $_op.isAsync());
    }]>,
    InterfaceMethod<[{
      The type of the core function. Fails, silently, where it depends on a
      type that `resolveType` cannot resolve.
    }], "::llvm::FailureOr<::mlir::FunctionType>", "getCoreType", (ins), [{}],
    [{ return ::meld::component::getCoreType($_op.getOperation()); }]>
  ];
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTINTERFACES_TD
