//===- Copies.cpp - which copies a program can make -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Copies.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::async_intrinsic;

namespace {
/// The memories of the buffers of one stream type.
struct Buffers {
  llvm::SetVector<Attribute> writers, readers;
  LocationAttr loc; // of the first of them
};
using Copy = std::tuple<Type, Attribute, Attribute>;
} // namespace

static llvm::MapVector<Type, Buffers> collectBuffers(RootOp root) {
  llvm::MapVector<Type, Buffers> buffers;
  root.walk([&](Operation *op) {
    auto read = dyn_cast<async_intrinsic::StreamReadOp>(op);
    auto write = dyn_cast<async_intrinsic::StreamWriteOp>(op);
    if (!read && !write)
      return;
    Value value = read ? read.getBuffer() : write.getBuffer();
    auto buffer = value.getDefiningOp<BufferOp>();
    if (!buffer || !buffer.getMemoryAttr())
      return;
    Buffers &entry = buffers[read ? read.getType() : write.getType()];
    (read ? entry.readers : entry.writers).insert(buffer.getMemoryAttr());
    if (!entry.loc)
      entry.loc = op->getLoc();
  });
  return buffers;
}

/// `copy_u8_p_mem_c_mem`
static std::string nameOf(Type type, FlatSymbolRefAttr source,
                          FlatSymbolRefAttr target) {
  StringRef element =
      getPrimitiveKeyword(cast<component::StreamType>(type).getElement());
  return ("copy_" + (element.empty() ? StringRef("elements") : element) + "_" +
          source.getValue() + "_" + target.getValue())
      .str();
}

bool meld::declareCopies(RootOp root) {
  SymbolTable symbols(root);
  llvm::DenseSet<Copy> declared;
  for (auto copy : root.getBody().getOps<CopyOp>())
    declared.insert(
        {copy.getType(), copy.getSourceAttr(), copy.getTargetAttr()});
  OpBuilder b(root.getContext());
  bool changed = false;
  for (auto &[type, buffers] : collectBuffers(root))
    for (Attribute source : buffers.writers)
      for (Attribute target : buffers.readers) {
        if (!declared.insert({type, source, target}).second)
          continue;
        auto from = cast<FlatSymbolRefAttr>(source),
             to = cast<FlatSymbolRefAttr>(target);
        symbols.insert(CopyOp::create(b, Location(buffers.loc),
                                      b.getStringAttr(nameOf(type, from, to)),
                                      TypeAttr::get(type), from, to));
        changed = true;
      }
  return changed;
}
