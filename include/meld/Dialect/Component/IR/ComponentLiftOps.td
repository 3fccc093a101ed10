//===- ComponentLiftOps.td - lift and lower -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTLIFTOPS_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTLIFTOPS_TD

include "meld/Dialect/Component/IR/ComponentBase.td"

def Component_LiftOp : Component_Def<"lift", Component_FuncSort,
    [AttrSizedOperandSegments]> {
  let summary = "a core function as a component function (`canon lift`)";
  let description = [{
    ```mlir
    %f = component.lift %f0 as %ft memory %m realloc %r post_return %p
    %g = component.lift %g0 as %gt async callback %cb
    %h = component.lift %g0 as %gt async step %s
    ```
    `--lower-callbacks` replaces `callback` by `step`: a core function that
    runs one turn of the task.

    Constraints: `realloc` needs `memory`; `callback` and `step` need `async`
    and exclude each other; `post_return` excludes `async`.
  }];
  let arguments = (ins Component_CoreFuncSort:$function,
                       Component_TypeSort:$type, UnitAttr:$async,
                       Optional<Component_CoreFuncSort>:$callback,
                       Optional<Component_CoreFuncSort>:$step,
                       Optional<Component_CoreMemorySort>:$memory,
                       Optional<Component_CoreFuncSort>:$realloc,
                       Optional<Component_CoreFuncSort>:$post_return,
                       OptionalAttr<Component_StringEncoding>:$string_encoding);
  let assemblyFormat = [{
    $function `as` $type
    oilist(`async` $async | `callback` custom<Req>($callback)
           | `step` custom<Req>($step) | `memory` custom<Req>($memory)
           | `realloc` custom<Req>($realloc)
           | `post_return` custom<Req>($post_return)
           | `string_encoding` $string_encoding)
    attr-dict
  }];
  let hasVerifier = 1;
}

def Component_LowerOp : Component_Def<"lower", Component_CoreFuncSort,
    [AttrSizedOperandSegments]> {
  let summary = "a component function as a core function (`canon lower`)";
  let description = [{
    ```mlir
    %f = component.lower %g memory %m realloc %r string_encoding utf16
    %h = component.lower %g async memory %m start %s return %t
    ```
    `--lower-calls` adds `start` and `return`: the thunks that lift the
    arguments when the callee starts, and lower the result when it returns.

    Constraints: `realloc` needs `memory`; `start` and `return` come together.
  }];
  let arguments = (ins Component_FuncSort:$function, UnitAttr:$async,
                       Optional<Component_CoreMemorySort>:$memory,
                       Optional<Component_CoreFuncSort>:$realloc,
                       OptionalAttr<Component_StringEncoding>:$string_encoding,
                       Optional<Component_CoreFuncSort>:$start_thunk,
                       Optional<Component_CoreFuncSort>:$return_thunk);
  let assemblyFormat = [{
    $function
    oilist(`async` $async | `memory` custom<Req>($memory)
           | `realloc` custom<Req>($realloc)
           | `string_encoding` $string_encoding
           | `start` custom<Req>($start_thunk)
           | `return` custom<Req>($return_thunk))
    attr-dict
  }];
  let hasVerifier = 1;
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTLIFTOPS_TD
