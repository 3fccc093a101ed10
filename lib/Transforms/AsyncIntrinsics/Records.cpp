//===- Records.cpp - the static records of a program ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Records.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Runtime/Layout.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;

Type meld::lowering::getElement(Type type) {
  if (auto future = dyn_cast<component::FutureType>(type))
    return future.getElement();
  return cast<component::StreamType>(type).getElement();
}

bool meld::lowering::isLifted(Type type) {
  Type element = getElement(type);
  return element && !component::isPlain(element);
}

std::optional<GuestCopy> meld::lowering::getGuestCopy(Operation *op) {
  auto describe = [](auto copy, bool writing) -> std::optional<GuestCopy> {
    auto buffer = copy.getBuffer().template getDefiningOp<BufferOp>();
    if (!buffer || !buffer.getMemory() != !getElement(copy.getType()))
      return std::nullopt;
    // Lifting needs no realloc.
    return GuestCopy{
        copy.getType(), writing,
        Place{copy.getInstanceAttr(), buffer.getMemoryAttr(),
              writing ? FlatSymbolRefAttr() : buffer.getReallocAttr(),
              buffer.getStringEncodingAttr()}};
  };
  return llvm::TypeSwitch<Operation *, std::optional<GuestCopy>>(op)
      .Case<StreamReadOp, FutureReadOp>(
          [&](auto read) { return describe(read, /*writing=*/false); })
      .Case<StreamWriteOp, FutureWriteOp>(
          [&](auto write) { return describe(write, /*writing=*/true); })
      .Default(std::nullopt);
}

Place meld::lowering::writerOf(CopyOp copy) {
  return {copy.getWriterAttr(),
          copy.getSourceAttr(),
          {},
          copy.getSourceEncodingAttr()};
}

Place meld::lowering::readerOf(CopyOp copy) {
  return {copy.getReaderAttr(), copy.getTargetAttr(), copy.getReallocAttr(),
          copy.getTargetEncodingAttr()};
}

Records::Records(component::RootOp root, const SymbolTable &symbols) {
  for (auto instance : root.getBody().getOps<component::InstanceOfOp>())
    instances.try_emplace(instance.getSymNameAttr(), instances.size() + 1);
  for (auto resource : root.getBody().getOps<component::ResourceOp>())
    resources.try_emplace(resource.getSymNameAttr(), resources.size() + 1);
  for (auto task : root.getBody().getOps<TaskTypeOp>())
    addTaskType(task);
  // Memories of buffers come first: their numbers index the table of copies.
  root.walk([&](BufferOp buffer) {
    FlatSymbolRefAttr memory = buffer.getMemoryAttr();
    if (memory &&
        memories.try_emplace(memory.getAttr(), memories.size()).second)
      buffers.push_back(memory.getAttr());
  });
  rows = memories.size();
  for (auto copy : root.getBody().getOps<CopyOp>()) {
    addPlace(copy.getType(), writerOf(copy));
    addPlace(copy.getType(), readerOf(copy));
  }
  root.walk([&](Operation *op) {
    // The host may be at the other end, where no guest is.
    if (std::optional<GuestCopy> copy = getGuestCopy(op))
      if (copy->place.memory)
        addPlace(copy->type, copy->place);
  });
  root.walk([&](Operation *op) {
    if (isa<AsyncIntrinsicDialect>(op->getDialect()))
      addIntrinsic(op, symbols);
    else if (isa<component::LiftedOp, component::HostFuncOp>(op))
      addStreams(op); // they may cross the edge and be used by nobody
  });
}

/// All that a place is, as a key.
static Attribute keyOf(const Place &place) {
  SmallVector<Attribute> parts{place.instance, place.memory, place.realloc,
                               place.encoding};
  MLIRContext *context = place.memory.getContext();
  for (Attribute &part : parts)
    if (!part)
      part = UnitAttr::get(context);
  return ArrayAttr::get(context, parts);
}

void Records::addPlace(Type type, const Place &place) {
  if (component::isPlain(getElement(type)))
    return;
  auto &numbers = places[getElement(type)];
  numbers.try_emplace(keyOf(place), numbers.size());
  rows = std::max<uint32_t>(rows, numbers.size());
}

uint32_t Records::buffer(Type type, const Place &place) const {
  auto numbers = places.find(getElement(type));
  return numbers == places.end() ? memory(place.memory)
                                 : numbers->second.lookup(keyOf(place));
}

void Records::addTaskType(Operation *op) {
  StringAttr name = SymbolTable::getSymbolName(op);
  if (taskNumbers.try_emplace(name, tasks.size()).second)
    tasks.push_back(op);
}

void Records::addIntrinsic(Operation *op, const SymbolTable &symbols) {
  auto addMemory = [&](FlatSymbolRefAttr memory) {
    if (memory)
      memories.try_emplace(memory.getAttr(), memories.size());
  };
  auto addResult = [&](Type type) {
    if (type)
      results.try_emplace(type, results.size() + 1);
  };
  if (auto task = dyn_cast<TaskTypeOp>(op)) {
    addMemory(task.getMemoryAttr());
    addResult(cast<component::FuncType>(task.getFunctionType()).getResult());
  } else if (auto ret = dyn_cast<TaskReturnOp>(op)) {
    addMemory(ret.getMemoryAttr());
    addResult(ret.getType().value_or(Type()));
  } else if (isa<CallOp, CallSyncOp>(op)) {
    auto callee = op->getAttrOfType<FlatSymbolRefAttr>("callee");
    addTaskType(symbols.lookup(callee.getAttr()));
  }
  addStreams(op);
}

void Records::addStreams(Operation *op) {
  op->getAttrDictionary().walk([&](Type type) {
    if (isa<component::StreamType, component::FutureType>(type))
      streams.try_emplace(type, streams.size());
  });
}

SmallVector<std::pair<FlatSymbolRefAttr, uint32_t>>
Records::bufferMemories() const {
  return llvm::map_to_vector(buffers, [&](StringAttr memory) {
    return std::pair(FlatSymbolRefAttr::get(memory), memories.at(memory));
  });
}

uint32_t Records::instance(FlatSymbolRefAttr instance) const {
  uint32_t number = instance ? instances.at(instance.getAttr()) : 0;
  return rt::RecordsAddress + number * sizeof(rt::Instance);
}

uint32_t Records::firstTaskType() const {
  return rt::RecordsAddress + (instances.size() + 1) * sizeof(rt::Instance);
}

uint32_t Records::taskType(StringAttr callee) const {
  return firstTaskType() + taskNumbers.at(callee) * sizeof(rt::TaskType);
}

uint32_t Records::resource(FlatSymbolRefAttr resource) const {
  return resources.lookup(resource.getAttr());
}

uint32_t Records::streamType(Type type) const {
  uint32_t number = streams.find(type)->second;
  return firstTaskType() + tasks.size() * sizeof(rt::TaskType) +
         number * sizeof(rt::StreamType);
}

uint32_t Records::endHeader(Type type, bool writable) const {
  uint32_t kind = isa<component::FutureType>(type) ? rt::KindFutureReadable
                                                   : rt::KindStreamReadable;
  return streams.find(type)->second << 16 | (kind + writable);
}

uint32_t Records::memory(FlatSymbolRefAttr memory) const {
  return memory ? memories.at(memory.getAttr()) : 0;
}

uint32_t Records::resultType(Type type) const {
  return type ? results.at(type) : 0;
}

uint32_t Records::options(StringRef encoding, FlatSymbolRefAttr memory) const {
  auto number = component::symbolizeStringEncoding(encoding).value_or(
      component::StringEncoding::utf8);
  return static_cast<uint32_t>(number) | (memory ? this->memory(memory) + 1 : 0)
                                             << 8;
}

SmallVector<Type> Records::streamTypes() const {
  return llvm::map_to_vector(streams, [](auto &entry) { return entry.first; });
}

uint32_t Records::stage() const {
  uint32_t end = firstTaskType() + tasks.size() * sizeof(rt::TaskType) +
                 streams.size() * sizeof(rt::StreamType);
  return llvm::alignTo(end, 16);
}

uint32_t Records::end() const { return stage() + 16; }
