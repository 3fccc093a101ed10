//===- ComponentScopeOps.td - components, instances, aliases, imports, exports -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTSCOPEOPS_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTSCOPEOPS_TD

include "meld/Dialect/Component/IR/ComponentBase.td"
include "meld/Dialect/Wasm/IR/WasmAttrs.td"

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

def Component_RootOp : Component_Op<"root",
    [IsolatedFromAbove, SymbolTable, Symbol, SingleBlock, NoTerminator,
     NoRegionArguments]> {
  let summary = "one program, and its only symbol table";
  let description = [{
    Holds the definitions of the root component, the core modules that they
    name, and what the lowerings generate. With the mark `flattened` it holds
    symbols only.

    ```mlir
    component.root @r {
    }
    component.root @s "producer" flattened target <memory = single> {
    }
    ```
    The text behind the symbol is the name that the binary gives the component.
    Constraints: a flattened root holds no definitions.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<StrAttr>:$label,
                       UnitAttr:$flattened,
                       OptionalAttr<Component_Target>:$target);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name ($label^)? (`flattened` $flattened^)? (`target` $target^)?
    attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The target, with defaults where the attribute is absent.
    ::meld::component::TargetAttr getTargetOrDefault();
  }];
}

def Component_ComponentOp : Component_Def<"component", Component_ComponentSort,
    [SingleBlock, NoTerminator, NoRegionArguments, RecursiveMemoryEffects]> {
  let summary = "a component";
  let description = [{
    ```mlir
    %c = component.component "producer" {
    }
    ```
    Constraints: operations of the body use values of the body;
    `component.alias_outer` alone uses a value from above.
  }];
  let arguments = (ins OptionalAttr<StrAttr>:$label);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "($label^)? attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
}

def Component_CustomOp : Component_Op<"custom"> {
  let summary = "a custom section";
  let description = [{
    It stands between the definitions as in the binary; the import keeps it on
    request. `bytes` is a blob, as that of a `wasm.module`.

    ```mlir
    component.custom "note" "what it says"
    component.custom "producers" bytes <producers>
    ```
    Constraints: there is a text or a blob, not both.
  }];
  let arguments = (ins StrAttr:$name, OptionalAttr<Wasm_ModuleBytes>:$bytes,
                       OptionalAttr<StrAttr>:$content);
  let assemblyFormat = "$name (`bytes` $bytes^):($content)? attr-dict";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Core modules and instances
//===----------------------------------------------------------------------===//

def Component_CoreModuleOp
    : Component_Def<"core_module", Component_CoreModuleSort,
                    [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a core module as a value";
  let description = [{
    ```mlir
    %m = component.core_module @m
    ```
    Constraints: the symbol stands in the root.
  }];
  let arguments = (ins FlatSymbolRefAttr:$module);
  let assemblyFormat = "$module attr-dict";
}

def Component_CoreInstantiateOp
    : Component_Generative<"core_instantiate", Component_CoreInstanceSort> {
  let summary = "instantiates a core module";
  let description = [{
    ```mlir
    %i = component.core_instantiate %m
    %j = component.core_instantiate %m with "env" = %i, "libc" = %k
    ```
    Constraints: the names of the arguments are distinct.
  }];
  let arguments = (ins Component_CoreModuleSort:$module,
                       Variadic<Component_CoreInstanceSort>:$args,
                       Component_Names:$names);
  let assemblyFormat =
      "$module (`with` custom<Named>($args, $names)^)? attr-dict";
  let hasVerifier = 1;
}

def Component_CoreBundleOp
    : Component_Def<"core_bundle", Component_CoreInstanceSort> {
  let summary = "a core instance made of existing definitions";
  let description = [{
    ```mlir
    %i = component.core_bundle "write" = core_func %f, "mem" = core_memory %m
    %j = component.core_bundle none
    ```
    Before flatten, a component function may be in it for a generated module
    (docs/Pipeline.md).

    Constraints: the names are distinct.
  }];
  let arguments = (ins Variadic<Component_BundledSort>:$args,
                       Component_Names:$names);
  let assemblyFormat =
      "custom<SortedNamed>($args, type($args), $names) attr-dict";
  let hasVerifier = 1;
}

def Component_CoreAliasOp : Component_Named<"core_alias", [Pure]> {
  let summary = "an export of a core instance";
  let description = [{
    ```mlir
    %f = component.core_alias core_func %i "produce"
    ```
  }];
  let arguments = (ins Component_CoreInstanceSort:$instance, StrAttr:$name);
  let results = (outs Component_CoreSort:$result);
  let assemblyFormat =
      "custom<SortName>(type($result)) $instance $name attr-dict";
}

//===----------------------------------------------------------------------===//
// Component instances
//===----------------------------------------------------------------------===//

def Component_InstantiateOp
    : Component_Generative<"instantiate", Component_InstanceSort> {
  let summary = "instantiates a component";
  let description = [{
    ```mlir
    %i = component.instantiate %c
    %j = component.instantiate %c with "dep" = instance %i, "f" = func %f
    ```
    Constraints: the names of the arguments are distinct.
  }];
  let arguments = (ins Component_ComponentSort:$component,
                       Variadic<Component_ExternSort>:$args,
                       Component_Names:$names);
  let assemblyFormat = [{
    $component (`with` custom<SortedNamed>($args, type($args), $names)^)?
    attr-dict
  }];
  let hasVerifier = 1;
}

def Component_BundleOp : Component_Def<"bundle", Component_InstanceSort> {
  let summary = "an instance made of existing definitions";
  let description = [{
    ```mlir
    %i = component.bundle "a" = func %f, "t" = type %t
    %j = component.bundle none
    %k = component.bundle "a" = instance %i {external_id = "x"}
    ```
    A member may have the attributes of a name that an export has:
    `implements`, `version_suffix`, `external_id`.

    Constraints: the names are distinct.
  }];
  let arguments = (ins Variadic<Component_ExternSort>:$args,
                       Component_Names:$names,
                       OptionalAttr<DictArrayAttr>:$member_attributes);
  let assemblyFormat = [{
    custom<Members>($args, type($args), $names, $member_attributes) attr-dict
  }];
  let hasVerifier = 1;
}

def Component_AliasOp
    : Component_Named<"alias",
          [DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "an export of an instance";
  let description = [{
    Two aliases of one export are the same, but those of values: a value is
    consumed once, so each alias is one of its own.

    ```mlir
    %f = component.alias func %i "f"
    ```
  }];
  let arguments = (ins Component_InstanceSort:$instance, StrAttr:$name);
  let results = (outs Component_ExternSort:$result);
  let assemblyFormat =
      "custom<SortName>(type($result)) $instance $name attr-dict";
}

def Component_AliasOuterOp
    : Component_Def<"alias_outer", Component_OuterSort,
                    [AllTypesMatch<["value", "result"]>]> {
  let summary = "the one way to use a value from above";
  let description = [{
    ```mlir
    %u = component.alias_outer type %t
    ```
  }];
  let arguments = (ins Component_OuterSort:$value);
  let assemblyFormat = "custom<Sorted>($value, type($value)) attr-dict";
}

//===----------------------------------------------------------------------===//
// Imports and exports
//===----------------------------------------------------------------------===//

/// Attributes of a name; they do not identify it.
defvar NameAttributes = (ins OptionalAttr<StrAttr>:$implements,
                             OptionalAttr<StrAttr>:$version_suffix,
                             OptionalAttr<StrAttr>:$external_id);

/// A declaration `"name" externtype`.
class Component_Declaration<string mnemonic>
    : Component_Generative<mnemonic, Component_ExternSort> {
  let arguments = !con((ins StrAttr:$name, Optional<AnyType>:$type,
                            OptionalAttr<StrAttr>:$prim), NameAttributes);
  let assemblyFormat = [{
    $name custom<ExternType>($type, type($type), type($result), $prim)
    attr-dict
  }];
  let hasVerifier = 1;
}

def Component_ImportOp : Component_Declaration<"import"> {
  let summary = "an import of a component, or of a component type";
  let description = [{
    ```mlir
    %f = component.import "f" func %ft
    %i = component.import "ns:p/i" instance %it {external_id = "x"}
    %m = component.import "m" core_module %mt
    %c = component.import "c" component %ct
    %r = component.import "r" type sub resource
    %t = component.import "t" type eq %u
    %v = component.import "v" value u8
    %w = component.import "w" value eq %v
    ```
    Constraints: the type of a core module is a core type; all others are
    types.
  }];
}

def Component_ExportDeclOp : Component_Declaration<"export_decl"> {
  let summary = "an export of a component or instance type";
  let description = [{
    As `component.import`. Its result is what later declarations refer to.
    ```mlir
    %f = component.export_decl "f" func %ft
    ```
  }];
}

def Component_ExportOp : Component_Generative<"export", Component_ExternSort,
    [AllTypesMatch<["value", "result"]>]> {
  let summary = "an export of a component";
  let description = [{
    The result is the exported definition under its external name; a type that
    it ascribes replaces the type of the value.
    ```mlir
    %e = component.export "f" func %f
    %g = component.export "g" func %f as %ft
    %s = component.export "r" type %r sub resource
    %w = component.export "v" value %v as u8
    %x = component.export "w" value %v as eq %u
    ```
    Constraints: the ascribed type of a core module is a core type; that of a
    value is a type, a primitive, or the value that it is equal to; all others
    are types. A resource is abstract or has a type.
  }];
  let arguments = !con((ins StrAttr:$name, Component_ExternSort:$value,
                            Optional<AnyType>:$ascribed,
                            OptionalAttr<StrAttr>:$prim, UnitAttr:$abstract),
                       NameAttributes);
  let assemblyFormat = [{
    $name
    custom<Exported>($value, type($value), $ascribed, type($ascribed), $prim)
    (`sub` `resource` $abstract^)? attr-dict
  }];
  let hasVerifier = 1;
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTSCOPEOPS_TD
