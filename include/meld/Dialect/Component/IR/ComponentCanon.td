//===- ComponentCanon.td - the op class of a built-in -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTCANON_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTCANON_TD

include "meld/Dialect/Component/IR/ComponentBase.td"

/// Whether word `w` is in `words`.
class HasWord<list<string> words, string w> {
  bit ret = !foldl(0, words, acc, x, !or(acc, !eq(x, w)));
}

class CanonArgument<string word> {
  dag ret = !cond(
    !eq(word, "stream") : (ins Component_TypeSort:$type),
    !eq(word, "future") : (ins Component_TypeSort:$type),
    !eq(word, "resource") : (ins Component_TypeSort:$type),
    !eq(word, "result") : (ins Optional<Component_TypeSort>:$type,
                               OptionalAttr<StrAttr>:$prim),
    !eq(word, "context") : (ins TypeAttr:$type, I32Attr:$slot),
    !eq(word, "core_type") : (ins Component_CoreTypeSort:$type),
    !eq(word, "table") : (ins Component_CoreTableSort:$table),
    !eq(word, "memory") : (ins Component_CoreMemorySort:$memory));
}

class CanonOption<string word> {
  dag ret = !cond(
    !eq(word, "async") : (ins UnitAttr:$async),
    !eq(word, "cancellable") : (ins UnitAttr:$cancellable),
    !eq(word, "shared") : (ins UnitAttr:$shared),
    !eq(word, "memory") : (ins Optional<Component_CoreMemorySort>:$memory),
    !eq(word, "realloc") : (ins Optional<Component_CoreFuncSort>:$realloc),
    !eq(word, "string_encoding") :
        (ins OptionalAttr<Component_StringEncoding>:$string_encoding));
}

class CanonImmediateFormat<string word> {
  string ret = !cond(
    !eq(word, "result") : "custom<OptValType>($type, $prim) ",
    !eq(word, "context") : "$type $slot ",
    !eq(word, "table") : "`table` $table ",
    !eq(word, "memory") : "`memory` $memory ",
    true : "$type ");
}

class CanonOptionFormat<string word> {
  string ret = !if(!or(!eq(word, "memory"), !eq(word, "realloc")),
                   "`" # word # "` custom<Req>($" # word # ")",
                   "`" # word # "` $" # word);
}

/// The op of a row of Canon.td: it defines a core function.
class Component_CanonOp<Canon c>
    : Component_Def<c.Mnemonic, Component_CoreFuncSort,
        !listconcat([Component_CanonDefinition],
          !if(!and(HasWord<c.Options, "memory">.ret,
                   !or(HasWord<c.Options, "realloc">.ret,
                       HasWord<c.Immediates, "result">.ret)),
              [AttrSizedOperandSegments], []<Trait>))> {
  let summary = "`canon " # c.SpecName # "`";
  let arguments = !con(
    !foldl((ins), c.Immediates, acc, w, !con(acc, CanonArgument<w>.ret)),
    !foldl((ins), c.Options, acc, w, !con(acc, CanonOption<w>.ret)));
  let assemblyFormat =
    !foldl("", c.Immediates, acc, w, acc # CanonImmediateFormat<w>.ret)
    # !if(!empty(c.Options), "",
          "oilist(" # !interleave(!foreach(w, c.Options,
                                           CanonOptionFormat<w>.ret), " | ")
          # ") ")
    # "attr-dict";
  let extraClassDeclaration =
    "::meld::component::Builtin getBuiltin() {"
    # " return ::meld::component::Builtin::" # c.Keyword # "; }\n"
    # "::mlir::Value getTypeImmediate() { return "
    # !if(!or(HasWord<c.Immediates, "stream">.ret,
              HasWord<c.Immediates, "future">.ret,
              HasWord<c.Immediates, "resource">.ret,
              HasWord<c.Immediates, "result">.ret), "getType()", "{}")
    # "; }\n::mlir::Value getMemoryOption() { return "
    # !if(!or(HasWord<c.Options, "memory">.ret,
              HasWord<c.Immediates, "memory">.ret), "getMemory()", "{}")
    # "; }\n::mlir::Value getReallocOption() { return "
    # !if(HasWord<c.Options, "realloc">.ret, "getRealloc()", "{}")
    # "; }\n::std::optional<::meld::component::StringEncoding>"
    # " getEncodingOption() { return "
    # !if(HasWord<c.Options, "string_encoding">.ret, "getStringEncoding()",
          "std::nullopt")
    # "; }\nbool isAsync() { return "
    # !if(HasWord<c.Options, "async">.ret, "getAsync()", "false") # "; }\n";
}

/// The built-ins of one family.
class CanonFamily<string family> {
  list<Canon> ret = !filter(c, !instances<Canon>(), !eq(c.Family, family));
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTCANON_TD
