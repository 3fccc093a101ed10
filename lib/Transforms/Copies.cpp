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
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::async_intrinsic;

namespace {
/// The memories of the buffers of one stream or future type.
struct Buffers {
  llvm::SetVector<Attribute> writers, readers;
  LocationAttr loc; // of the first of them
};
using Copy = std::tuple<Type, Attribute, Attribute>;
} // namespace

static llvm::MapVector<Type, Buffers> collectBuffers(RootOp root) {
  llvm::MapVector<Type, Buffers> buffers;
  auto add = [&](auto op, bool reading) {
    auto buffer = op.getBuffer().template getDefiningOp<BufferOp>();
    if (!buffer || !buffer.getMemoryAttr() ||
        !cast<BufferType>(buffer.getType()).getElement())
      return;
    Buffers &entry = buffers[op.getType()];
    (reading ? entry.readers : entry.writers).insert(buffer.getMemoryAttr());
    if (!entry.loc)
      entry.loc = op->getLoc();
  };
  root.walk([&](Operation *op) {
    llvm::TypeSwitch<Operation *>(op)
        .Case<async_intrinsic::StreamReadOp, async_intrinsic::FutureReadOp>(
            [&](auto read) { add(read, /*reading=*/true); })
        .Case<async_intrinsic::StreamWriteOp, async_intrinsic::FutureWriteOp>(
            [&](auto write) { add(write, /*reading=*/false); });
  });
  return buffers;
}

/// `copy_u8_p_mem_c_mem`
static std::string nameOf(Type type, FlatSymbolRefAttr source,
                          FlatSymbolRefAttr target) {
  auto future = dyn_cast<component::FutureType>(type);
  StringRef element = getPrimitiveKeyword(
      future ? future.getElement()
             : cast<component::StreamType>(type).getElement());
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
        symbols.insert(CopyOp::create(
            b, Location(buffers.loc), b.getStringAttr(nameOf(type, from, to)),
            TypeAttr::get(type), from, to, {}, {}, {}, {}, {}));
        changed = true;
      }
  return changed;
}
