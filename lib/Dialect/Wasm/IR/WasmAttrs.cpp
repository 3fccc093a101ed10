//===- WasmAttrs.cpp - places and module bytes -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Wasm/IR/Wasm.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Format.h"

using namespace mlir;
using namespace meld::wasm;

#define GET_ATTRDEF_CLASSES
#include "meld/Dialect/Wasm/IR/WasmAttrs.cpp.inc"

void WasmDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "meld/Dialect/Wasm/IR/WasmAttrs.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// AtLoc
//===----------------------------------------------------------------------===//

Attribute AtLoc::parse(AsmParser &parser, Type) {
  std::string file;
  uint64_t offset;
  if (parser.parseLess() || parser.parseString(&file) || parser.parseComma() ||
      parser.parseInteger(offset) || parser.parseGreater())
    return {};
  MLIRContext *context = parser.getContext();
  return AtLoc::get(context, StringAttr::get(context, file), offset);
}

void AtLoc::print(AsmPrinter &printer) const {
  printer << '<' << getFile() << ", ";
  printer.getStream() << llvm::format_hex(getOffset(), 1);
  printer << '>';
}

AtLoc AtLoc::advancedBy(uint64_t delta) const {
  return AtLoc::get(getContext(), getFile(), getOffset() + delta);
}

//===----------------------------------------------------------------------===//
// ModuleBytesAttr
//===----------------------------------------------------------------------===//

ModuleBytesAttr ModuleBytesAttr::get(MLIRContext *context, StringRef name,
                                     std::shared_ptr<llvm::MemoryBuffer> keeper,
                                     ArrayRef<uint8_t> bytes) {
  ArrayRef<char> data(reinterpret_cast<const char *>(bytes.data()),
                      bytes.size());
  AsmResourceBlob blob = UnmanagedAsmResourceBlob::allocateWithAlign(
      data, 1, [keeper](void *, size_t, size_t) {});
  auto *dialect = context->getOrLoadDialect<WasmDialect>();
  auto &blobs = BlobHandle::getManagerInterface(dialect->getContext());
  return get(context, blobs.insert(name, std::move(blob)));
}

ModuleBytesAttr
ModuleBytesAttr::get(MLIRContext *context, StringRef name,
                     std::shared_ptr<llvm::MemoryBuffer> buffer) {
  StringRef text = buffer->getBuffer();
  ArrayRef<uint8_t> bytes(text.bytes_begin(), text.size());
  return get(context, name, std::move(buffer), bytes);
}

std::optional<ArrayRef<uint8_t>> ModuleBytesAttr::getBytes() const {
  BlobHandle handle = getHandle();
  const AsmResourceBlob *blob = handle.getBlob();
  if (!blob)
    return std::nullopt;
  ArrayRef<char> data = blob->getData();
  return ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(data.data()),
                           data.size());
}
