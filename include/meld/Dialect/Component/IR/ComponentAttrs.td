//===- ComponentAttrs.td - the target of a root -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTATTRS_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTATTRS_TD

include "meld/Dialect/Component/IR/ComponentDialect.td"
include "meld/Dialect/Component/IR/Target.td"
include "mlir/IR/AttrTypeBase.td"

def Component_Target : AttrDef<Component_Dialect, "Target"> {
  let summary = "the options that more than one pass reads";
  let description = [{
    ```mlir
    #component.target<memory = single, trap_info = none>
    ```
    Options in any order; those that are left out have their defaults. The
    options and their values stand in Target.td.
  }];
  let mnemonic = "target";
  let parameters = (ins
    DefaultValuedParameter<"SpecVersion", "SpecVersion::v2026_10">:$spec,
    DefaultValuedParameter<"MemoryMode", "MemoryMode::multi">:$memory,
    DefaultValuedParameter<"StackfulMode", "StackfulMode::trap">:$stackful,
    DefaultValuedParameter<"ScheduleOrder", "ScheduleOrder::fifo">:$schedule,
    DefaultValuedParameter<"TrapInfoMode", "TrapInfoMode::full">:$trap_info,
    DefaultValuedParameter<"BoundsMode", "BoundsMode::none">:$bounds,
    DefaultValuedParameter<"StartMode", "StartMode::automatic">:$start,
    DefaultValuedParameter<"CountCopies", "CountCopies::off">:$count_copies,
    DefaultValuedParameter<"UnsupportedMode", "UnsupportedMode::refuse">:$unsupported,
    DefaultValuedParameter<"EdgeMode", "EdgeMode::direct">:$edge,
    DefaultValuedParameter<"SimdMode", "SimdMode::automatic">:$simd,
    DefaultValuedParameter<"AdapterStyle", "AdapterStyle::fast">:$adapters);
  let assemblyFormat = "(`<` struct(params)^ `>`)?";
  let extraClassDeclaration = [{
    /// The attribute with every option at its default.
    static TargetAttr getDefault(::mlir::MLIRContext *context);
    /// This attribute with option `name` set to `word`; null if Target.td has
    /// no such option or word.
    TargetAttr with(::llvm::StringRef name, ::llvm::StringRef word) const;
  }];
}

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTATTRS_TD
