//===- Copies.cpp - which copies a program can make -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Copies.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::async_intrinsic;

namespace {
/// Where the buffers of one stream or future type lie: each is a memory, and
/// for elements that are lifted and lowered the instance, and what else counts.
struct Buffers {
  llvm::SetVector<Attribute> writers, readers;
  LocationAttr loc; // of the first of them
};
/// The parts of a place, in an array.
enum Part { memoryPart, instancePart, reallocPart, encodingPart };
} // namespace

static Type getElement(Type type) {
  if (auto future = dyn_cast<component::FutureType>(type))
    return future.getElement();
  if (auto stream = dyn_cast<component::StreamType>(type))
    return stream.getElement();
  return {};
}

/// A place; parts that do not count are units.
static Attribute makePlace(Type type, FlatSymbolRefAttr memory,
                           FlatSymbolRefAttr instance,
                           FlatSymbolRefAttr realloc, StringAttr encoding) {
  MLIRContext *context = memory.getContext();
  Attribute none = UnitAttr::get(context);
  SmallVector<Attribute> parts{memory, none, none, none};
  if (Type element = getElement(type); element && !isPlain(element)) {
    parts[instancePart] = instance ? Attribute(instance) : none;
    parts[reallocPart] = realloc ? Attribute(realloc) : none;
    parts[encodingPart] = encoding ? Attribute(encoding) : none;
  }
  return ArrayAttr::get(context, parts);
}

static Attribute getPart(Attribute place, Part part) {
  Attribute value = cast<ArrayAttr>(place)[part];
  return isa<UnitAttr>(value) ? Attribute() : value;
}

static llvm::MapVector<Type, Buffers> collectBuffers(RootOp root) {
  llvm::MapVector<Type, Buffers> buffers;
  auto add = [&](auto op, bool reading) {
    auto buffer = op.getBuffer().template getDefiningOp<BufferOp>();
    if (!buffer || !buffer.getMemoryAttr() || !getElement(op.getType()))
      return;
    Buffers &entry = buffers[op.getType()];
    (reading ? entry.readers : entry.writers)
        .insert(makePlace(
            op.getType(), buffer.getMemoryAttr(), op.getInstanceAttr(),
            reading ? buffer.getReallocAttr() : FlatSymbolRefAttr(),
            buffer.getStringEncodingAttr()));
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
  StringRef element = getPrimitiveKeyword(getElement(type));
  return ("copy_" + (element.empty() ? StringRef("elements") : element) + "_" +
          source.getValue() + "_" + target.getValue())
      .str();
}

static CopyOp makeCopy(OpBuilder &b, Location loc, Type type, Attribute source,
                       Attribute target) {
  auto symbol = [](Attribute place, Part part) {
    return cast_if_present<FlatSymbolRefAttr>(getPart(place, part));
  };
  auto encoding = [](Attribute place) {
    return cast_if_present<StringAttr>(getPart(place, encodingPart));
  };
  FlatSymbolRefAttr from = symbol(source, memoryPart),
                    to = symbol(target, memoryPart);
  return CopyOp::create(
      b, loc, b.getStringAttr(nameOf(type, from, to)), TypeAttr::get(type),
      from, to, symbol(source, instancePart), symbol(target, instancePart),
      symbol(target, reallocPart), encoding(source), encoding(target));
}

bool meld::declareCopies(RootOp root) {
  SymbolTable symbols(root);
  llvm::DenseSet<std::tuple<Type, Attribute, Attribute>> declared;
  for (auto copy : root.getBody().getOps<CopyOp>())
    declared.insert(
        {copy.getType(),
         makePlace(copy.getType(), copy.getSourceAttr(), copy.getWriterAttr(),
                   {}, copy.getSourceEncodingAttr()),
         makePlace(copy.getType(), copy.getTargetAttr(), copy.getReaderAttr(),
                   copy.getReallocAttr(), copy.getTargetEncodingAttr())});
  OpBuilder b(root.getContext());
  bool changed = false;
  for (auto &[type, buffers] : collectBuffers(root))
    for (Attribute source : buffers.writers)
      for (Attribute target : buffers.readers) {
        if (!declared.insert({type, source, target}).second)
          continue;
        symbols.insert(
            makeCopy(b, Location(buffers.loc), type, source, target));
        changed = true;
      }
  return changed;
}
