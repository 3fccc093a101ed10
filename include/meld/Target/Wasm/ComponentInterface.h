//===- ComponentInterface.h - What a component needs ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The imports and exports of a component, and what it is made of, for `meld
// inspect`.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_COMPONENTINTERFACE_H
#define MELD_TARGET_WASM_COMPONENTINTERFACE_H

#include "meld/Target/Wasm/ComponentView.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace meld::binary {

/// Writes the imports and exports in the style of WIT:
///
///   import ns:p/feed: interface {
///     produce: async func(n: u32, chunk: u32) -> stream<u8>
///   }
///   export run: func() -> u64
///   contains: 1 core module (1204 bytes), 1 core instance
///   built-ins: task.return, stream.read async
///
/// Of a component or core module that is imported or exported, its own imports
/// and exports are shown too, those of a core module in words of the text
/// format. Types with a name are written by it, others in full; a type that is
/// longer than `limits::printedType` bytes is cut, which three dots show. Names
/// are escaped.
void printInterface(const ComponentView &view, llvm::raw_ostream &os);

/// Writes the same as one JSON object and a line feed:
///
///   {"imports":[{"name":"run","kind":"func","type":"func() -> u64"},
///               {"name":"ns:p/feed","kind":"instance","exports":[...]}],
///    "exports":[...],"contents":{...},"canonical":[...]}
void printInterfaceJson(const ComponentView &view, llvm::raw_ostream &os);

/// Decodes the component in `buffer` and writes its interface, as text or JSON.
/// On an error reports it, and writes nothing. `context` has the wasm dialect;
/// `asyncDestructors` is that of `ComponentView`.
llvm::LogicalResult printInterface(const llvm::MemoryBuffer &buffer,
                                   mlir::MLIRContext *context, bool asJson,
                                   llvm::raw_ostream &os,
                                   bool asyncDestructors = false);

/// The text of a function or value type: "async func(n: u32) -> stream<u8>".
std::string printType(const TypeDef &type);

} // namespace meld::binary

#endif // MELD_TARGET_WASM_COMPONENTINTERFACE_H
