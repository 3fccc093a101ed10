//===- DebugSections.cpp - The debug info of a written module -------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DebugSections.h"

#include "CodeCopy.h"
#include "meld/Support/Names.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;
using core::OffsetMap;

namespace {
/// The functions that are copied from each space, by their bodies' order.
using Copies = DenseMap<StringAttr, SmallVector<uint32_t>>;
} // namespace

static Copies copiesOf(const ModuleIndex &index) {
  Copies copies;
  for (auto [number, op] : llvm::enumerate(index.functions))
    if (auto copy = dyn_cast<BytesOp>(op))
      copies[copy.getSpaceAttr().getAttr()].push_back(number);
  auto body = [&](uint32_t number) {
    return cast<BytesOp>(index.functions[number]).getIndex();
  };
  for (auto &[space, numbers] : copies)
    llvm::sort(numbers, [&](uint32_t a, uint32_t b) {
      return std::make_pair(body(a), a) < std::make_pair(body(b), b);
    });
  return copies;
}

static core::CodeAddresses addressesOf(const core::ModuleView &view,
                                       ArrayRef<uint32_t> copies,
                                       const ModuleIndex &index,
                                       const OffsetMap &map, uint32_t shift) {
  core::CodeAddresses addresses;
  std::optional<uint32_t> last;
  for (uint32_t number : copies) {
    uint32_t body = cast<BytesOp>(index.functions[number]).getIndex();
    if (last == body)
      continue; // a second copy, of which debug info cannot speak
    last = body;
    ArrayRef<uint8_t> bytes = view.bodies[body];
    const OffsetMap::Function &function = map.functions[number];
    addresses.add(view.offsetOf(bytes.data()) - view.codeAt, bytes.size(),
                  function.begin + shift, function);
  }
  return addresses;
}

static FailureOr<SmallVector<uint32_t>> globalsOf(SpaceOp space,
                                                  const ModuleIndex &index) {
  SmallVector<uint32_t> numbers;
  for (auto symbol : space.getGlobals().getAsRange<FlatSymbolRefAttr>()) {
    FailureOr<uint32_t> number = CodeCopy::dropped;
    if (symbol.getAttr() != space.getSymNameAttr() &&
        failed(number = index.find(space, symbol)))
      return failure();
    numbers.push_back(*number);
  }
  return numbers;
}

FailureOr<core::dwarf::DwarfMerge>
meld::wasm::mergeDebugInfo(wasm::ModuleOp module, const ModuleIndex &index,
                           BodyCopier &bodies, const OffsetMap &map,
                           uint32_t shift) {
  core::dwarf::DwarfMerge merge;
  Copies copies = copiesOf(index);
  for (auto space : module.getBody().getOps<SpaceOp>()) {
    const core::ModuleView *view =
        bodies.view(space, FlatSymbolRefAttr::get(space.getSymNameAttr()));
    if (!view)
      return failure();
    if (!core::dwarf::DwarfMerge::isIn(*view))
      continue;
    FailureOr<SmallVector<uint32_t>> globals = globalsOf(space, index);
    if (failed(globals))
      return failure();
    core::CodeAddresses addresses = addressesOf(
        *view, copies.lookup(space.getSymNameAttr()), index, map, shift);
    if (auto reason = merge.add(*view, addresses, *globals))
      emitRemark(space.getLoc())
          << "the debug info of instance " << quoted(space.getSymName())
          << " is dropped: " << *reason;
  }
  return merge;
}
