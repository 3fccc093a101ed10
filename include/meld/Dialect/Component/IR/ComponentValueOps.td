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
    The value is kept in the encoding of the binary format (Binary.md, Value
    Definitions) and shown by its type. Floats are written as MLIR writes them,
    a char is a string of one scalar value.

    ```mlir
    %a = component.value u8 5
    %b = component.value string "hi"
    %point = component.type.record {x: u8, y: f32}
    %c = component.value %point {x: 1, y: 2.5}
    %shape = component.type.variant {circle: f32, none}
    %d = component.value %shape circle(2.5)
    %maybe = component.type.option u8
    %result = component.type.result %maybe, none
    %list = component.type.list %result
    %e = component.value %list [ok(some(1)), ok(none), error]
    %modes = component.type.flags {read, write}
    %pair = component.type.tuple (string, %modes)
    %f = component.value %pair ("a", {read, write})
    ```

    Where the type is not defined in the components around, or bytes are not as
    a writer would choose them, they stand for the value:

    ```mlir
    %g = component.value %t bytes "\00"
    ```
  }];
  let arguments = (ins Optional<Component_TypeSort>:$type,
                       OptionalAttr<StrAttr>:$prim, StrAttr:$bytes);
  let assemblyFormat = "custom<Literal>($type, $prim, $bytes) attr-dict";
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
