//===- ComponentEnums.td - enums of the dialect -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTENUMS_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTENUMS_TD

include "meld/Dialect/Component/IR/Canon.td"
include "meld/Dialect/Component/IR/Target.td"
include "mlir/IR/EnumAttr.td"

/// The built-ins of Canon.td; a case's number is the opcode.
def Component_Builtin : I32EnumAttr<"Builtin", "a canonical built-in",
    !foreach(c, !instances<Canon>(),
             I32EnumAttrCase<c.Keyword, c.Number, c.Keyword>)> {
  let cppNamespace = "::meld::component";
}

def Component_StringEncoding
    : I32EnumAttr<"StringEncoding", "the encoding of strings in memory",
                  [I32EnumAttrCase<"utf8", 0>, I32EnumAttrCase<"utf16", 1>,
                   I32EnumAttrCase<"latin1_utf16", 2>]> {
  let cppNamespace = "::meld::component";
}

/// One enum per option of Target.td.
foreach o = !instances<TargetOption>() in
def Component_ # o.Cpp
    : I32Enum<o.Cpp, o.What,
              !foreach(i, !range(!size(o.Words)),
                       I32EnumCase<o.Words[i].Cpp, i, o.Words[i].Text>)> {
  let cppNamespace = "::meld::component";
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTENUMS_TD
