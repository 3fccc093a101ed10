//===- WasmAttrs.td - places in a binary and the bytes of a module -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_WASM_IR_WASMATTRS_TD
#define MELD_DIALECT_WASM_IR_WASMATTRS_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpAsmInterface.td"
include "meld/Dialect/Wasm/IR/WasmDialect.td"

def Wasm_AtLoc : LocationAttrDef<Wasm_Dialect, "At"> {
  let summary = "a byte offset in a binary";
  let description = [{
    ```mlir
    loc(#wasm.at<"x.wasm", 0x1a2>)
    ```
    A location as any other: it stands in NameLoc, CallSiteLoc and FusedLoc,
    and `loc.findInstanceOf<AtLoc>()` finds the innermost one.
  }];
  let cppClassName = "AtLoc";
  let mnemonic = "at";
  let parameters = (ins "::mlir::StringAttr":$file, "uint64_t":$offset);
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = [{
    /// The place `delta` bytes behind this one, in the same file.
    AtLoc advancedBy(uint64_t delta) const;
  }];
}

def Wasm_ModuleBytes : AttrDef<Wasm_Dialect, "ModuleBytes"> {
  let summary = "the bytes of a core module: a handle to a resource blob";
  let description = [{
    The blob is a view of the mapped input and keeps it alive; in bytecode it
    lies in the file and is read lazily; in text it can be elided. A blob
    that was elided or is missing reads back as null without an error:
    `getBytes()` is then `std::nullopt`, and whoever reads bytes checks.
  }];
  let mnemonic = "bytes";
  let parameters = (ins ResourceHandleParameter<"::meld::wasm::BlobHandle">:$handle);
  let assemblyFormat = "`<` $handle `>`";
  let extraClassDeclaration = [{
    /// Makes a blob named `name` (a suffix is added if the name is taken) that
    /// views `buffer` and shares its ownership. The blob is freed with the
    /// context.
    static ModuleBytesAttr get(::mlir::MLIRContext *context,
                               ::llvm::StringRef name,
                               std::shared_ptr<::llvm::MemoryBuffer> buffer);

    /// The same for a part of a buffer (a core module inside a component).
    static ModuleBytesAttr get(::mlir::MLIRContext *context,
                               ::llvm::StringRef name,
                               std::shared_ptr<::llvm::MemoryBuffer> keeper,
                               ::llvm::ArrayRef<uint8_t> bytes);

    /// The bytes, or nothing if the blob was elided.
    std::optional<::llvm::ArrayRef<uint8_t>> getBytes() const;
  }];
}

def Wasm_RecGroup : AttrDef<Wasm_Dialect, "RecGroup"> {
  let summary = "a recursion group: types that are defined together";
  let description = [{
    ```mlir
    #wasm.rec<sub struct(mut i32, ref null 0)>
    #wasm.rec<sub func(ref 1) -> (f64), sub array(mut i8)>
    #wasm.rec<final cont 1 with (i32) -> i32>
    #wasm.rec<final 1 struct() with !wasm.defined<0 of <sub struct()>>>
    ```
    `sub` may be a supertype of others, `final` not; a number after either is
    the supertype. A number below the count of definitions is one of the group;
    what follows `with` has the numbers after that. Guest types need no op
    each: an attribute is the group as `meld::core::TypeGroup` has it.
  }];
  let mnemonic = "rec";
  let parameters = (ins ArrayRefParameter<"uint32_t">:$words,
                        ArrayRefParameter<"::mlir::Type">:$outer);
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = [{
    static RecGroupAttr get(::mlir::MLIRContext *context,
                            const ::meld::core::TypeGroup &group,
                            ::llvm::function_ref<::mlir::Type(uint32_t)> type);
    /// Definition `position`; its lists are in `storage`.
    ::meld::core::SubType get(uint32_t position,
                              ::llvm::BumpPtrAllocator &storage) const;
    /// How many types it defines.
    uint32_t size() const { return getWords().front(); }
    /// The type with a number of the group: `!wasm.defined`, or one outside.
    ::mlir::Type resolve(uint32_t number) const;
    /// The MLIR type of a value or field type of the group.
    ::mlir::Type resolve(::meld::core::ValType type) const;
  }];
}

#endif // MELD_DIALECT_WASM_IR_WASMATTRS_TD
