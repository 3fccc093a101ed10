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

#endif // MELD_DIALECT_WASM_IR_WASMATTRS_TD
