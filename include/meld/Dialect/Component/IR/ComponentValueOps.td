//===- ComponentValueOps.td - value definitions and start -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTVALUEOPS_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTVALUEOPS_TD

include "meld/Dialect/Component/IR/ComponentBase.td"

def Component_ValueOp : Component_Def<"value", Component_ValueSort> {
  let summary = "a constant value";
  let description = [{
    The bytes are the value in the encoding of the binary format (Binary.md,
    Value Definitions).

    ```mlir
    %v = component.value u8 bytes "\05"
    %s = component.value string bytes "\02hi"
    %w = component.value %t bytes "\00"
    ```
  }];
  let arguments = (ins Optional<Component_TypeSort>:$type,
                       OptionalAttr<StrAttr>:$prim, StrAttr:$bytes);
  let assemblyFormat = "custom<ValType>($type, $prim) `bytes` $bytes attr-dict";
  let hasVerifier = 1;
}

def Component_StartOp : Component_Named<"start"> {
  let summary = "calls a function when the component is instantiated";
  let description = [{
    The results are values, which later definitions consume.

    ```mlir
    component.start %f ()
    %r:2 = component.start %g (%v, %w) -> value, value
    ```
  }];
  let arguments = (ins Component_FuncSort:$function,
                       Variadic<Component_ValueSort>:$args);
  let results = (outs Variadic<Component_ValueSort>:$results);
  let assemblyFormat = [{
    $function `(` $args `)` custom<SortList>(type($results)) attr-dict
  }];
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTVALUEOPS_TD
