//===- ComponentTypes.td - sorts and value types -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTTYPES_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTTYPES_TD

include "meld/Dialect/Component/IR/ComponentDialect.td"
include "mlir/IR/AttrTypeBase.td"

class Component_Type<string name, string keyword>
    : TypeDef<Component_Dialect, name> {
  let mnemonic = keyword;
}

//===----------------------------------------------------------------------===//
// Sorts: the types of definitions
//===----------------------------------------------------------------------===//

/// The sort `keyword` of the spec. In the text of an op the keyword stands
/// before the value: `core_func %f`.
class Component_Sort<string name, string keyword>
    : Component_Type<name # "Sort", keyword>,
      BuildableType<"$_builder.getType<::meld::component::" # name
                    # "SortType>()"> {
  let summary = "a definition of sort `" # !subst("_", " ", keyword) # "`";
}

def Component_FuncSort : Component_Sort<"Func", "func">;
def Component_ValueSort : Component_Sort<"Value", "value">;
def Component_TypeSort : Component_Sort<"Type", "type">;
def Component_ComponentSort : Component_Sort<"Component", "component">;
def Component_InstanceSort : Component_Sort<"Instance", "instance">;
def Component_CoreFuncSort : Component_Sort<"CoreFunc", "core_func">;
def Component_CoreTableSort : Component_Sort<"CoreTable", "core_table">;
def Component_CoreMemorySort : Component_Sort<"CoreMemory", "core_memory">;
def Component_CoreGlobalSort : Component_Sort<"CoreGlobal", "core_global">;
def Component_CoreTagSort : Component_Sort<"CoreTag", "core_tag">;
def Component_CoreTypeSort : Component_Sort<"CoreType", "core_type">;
def Component_CoreModuleSort : Component_Sort<"CoreModule", "core_module">;
def Component_CoreInstanceSort
    : Component_Sort<"CoreInstance", "core_instance">;

/// What a core instance can export.
def Component_CoreSort
    : AnyTypeOf<[Component_CoreFuncSort, Component_CoreTableSort,
                 Component_CoreMemorySort, Component_CoreGlobalSort,
                 Component_CoreTagSort], "an export of a core instance">;
/// What a component instance can export.
/// What a generated module may import beside that: the function that a lower
/// calls, for `--component-flatten` to resolve.
def Component_BundledSort
    : AnyTypeOf<[Component_CoreFuncSort, Component_CoreTableSort,
                 Component_CoreMemorySort, Component_CoreGlobalSort,
                 Component_CoreTagSort, Component_FuncSort],
                "an export of a core instance, or a function">;
def Component_ExternSort
    : AnyTypeOf<[Component_FuncSort, Component_ValueSort, Component_TypeSort,
                 Component_ComponentSort, Component_InstanceSort,
                 Component_CoreModuleSort], "an export of a component">;
/// What an outer alias may name.
def Component_OuterSort
    : AnyTypeOf<[Component_TypeSort, Component_ComponentSort,
                 Component_CoreModuleSort, Component_CoreTypeSort],
                "a type, component, core module or core type">;

//===----------------------------------------------------------------------===//
// Value types, resolved: uniqued, equal if and only if they are the same type
//===----------------------------------------------------------------------===//

class Component_Primitive<string name, string keyword>
    : Component_Type<name, keyword> {
  let summary = "the primitive value type `" # keyword # "`";
}

def Component_Bool : Component_Primitive<"Bool", "bool">;
def Component_S8 : Component_Primitive<"S8", "s8">;
def Component_U8 : Component_Primitive<"U8", "u8">;
def Component_S16 : Component_Primitive<"S16", "s16">;
def Component_U16 : Component_Primitive<"U16", "u16">;
def Component_S32 : Component_Primitive<"S32", "s32">;
def Component_U32 : Component_Primitive<"U32", "u32">;
def Component_S64 : Component_Primitive<"S64", "s64">;
def Component_U64 : Component_Primitive<"U64", "u64">;
def Component_F32 : Component_Primitive<"F32", "f32">;
def Component_F64 : Component_Primitive<"F64", "f64">;
def Component_Char : Component_Primitive<"Char", "char">;
def Component_String : Component_Primitive<"String", "string">;
def Component_ErrorContext
    : Component_Primitive<"ErrorContext", "error_context">;

/// A type former. Types inside it are written without `!component.`.
class Component_Former<string name, string keyword, string what>
    : Component_Type<name, keyword> {
  let summary = what;
  let hasCustomAssemblyFormat = 1;
}

def Component_TypeList : OptionalArrayRefParameter<"::mlir::Type">;
def Component_NameList : OptionalArrayRefParameter<"::mlir::StringAttr">;

def Component_Record
    : Component_Former<"Record", "record", "`record<a: u32, b: string>`"> {
  let parameters = (ins Component_NameList:$names, Component_TypeList:$types);
}
def Component_Variant
    : Component_Former<"Variant", "variant", "`variant<a: u32, b>`"> {
  let description = "The type of a case without payload is null.";
  let parameters = (ins Component_NameList:$names, Component_TypeList:$types);
}
def Component_Tuple
    : Component_Former<"ValueTuple", "tuple", "`tuple<u32, string>`"> {
  let parameters = (ins Component_TypeList:$types);
}
def Component_Flags : Component_Former<"Flags", "flags", "`flags<a, b>`"> {
  let parameters = (ins Component_NameList:$names);
}
def Component_Enum : Component_Former<"Enum", "enum", "`enum<a, b>`"> {
  let parameters = (ins Component_NameList:$names);
}
def Component_List
    : Component_Former<"List", "list", "`list<u8>`, or `list<u8, 4>`"> {
  let description = "A length of 0 says that the length is not fixed.";
  let parameters = (ins "::mlir::Type":$element, "uint32_t":$length);
}
def Component_Option
    : Component_Former<"Option", "option", "`option<u8>`"> {
  let parameters = (ins "::mlir::Type":$element);
}
def Component_Result
    : Component_Former<"Result", "result", "`result<u8, none>`"> {
  let description = "`none` is a null type.";
  let parameters = (ins "::mlir::Type":$ok, "::mlir::Type":$error);
}
def Component_Map : Component_Former<"Map", "map", "`map<string, u8>`"> {
  let parameters = (ins "::mlir::Type":$key, "::mlir::Type":$value);
}
def Component_Own : Component_Former<"Own", "own", "`own<@r>`"> {
  let parameters = (ins "::mlir::FlatSymbolRefAttr":$resource);
}
def Component_Borrow : Component_Former<"Borrow", "borrow", "`borrow<@r>`"> {
  let parameters = (ins "::mlir::FlatSymbolRefAttr":$resource);
}
def Component_Stream
    : Component_Former<"Stream", "stream", "`stream<u8>`, or `stream<none>`"> {
  let description = "The element type of `stream<none>` is null.";
  let parameters = (ins "::mlir::Type":$element);
}
def Component_Future
    : Component_Former<"Future", "future", "`future<u8>`, or `future<none>`"> {
  let description = "The element type of `future<none>` is null.";
  let parameters = (ins "::mlir::Type":$element);
}

def Component_Func
    : Component_Former<"Func", "func_type",
                       "`func_type<async (n: u32) -> stream<u8>>`"> {
  let description = "The type of a component function; a null result is none.";
  let parameters = (ins "bool":$async, Component_NameList:$names, Component_TypeList:$params,
                        "::mlir::Type":$result);
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTTYPES_TD
