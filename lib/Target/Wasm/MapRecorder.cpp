//===- MapRecorder.cpp - The offset map of a module being written ---------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MapRecorder.h"

#include "meld/Runtime/Image.h"
#include "meld/Support/DiagnosticPrinter.h"
#include "llvm/ADT/MapVector.h"
#include <set>

using namespace mlir;
using namespace meld;
using namespace meld::wasm;
using core::OffsetMap;

/// What the names of all that comes with the guest runtime begin with.
static constexpr StringLiteral runtimePrefix = "rt.";

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

uint32_t MapRecorder::sourceNumber(StringRef name) {
  auto [slot, isNew] = sources.try_emplace(name, map.sources.size());
  if (isNew)
    map.sources.push_back(name.str());
  return slot->second;
}

/// The ends of a path, the shortest first.
static SmallVector<StringRef> endsOf(StringRef path) {
  SmallVector<StringRef> ends;
  for (size_t slash = path.size(); slash != StringRef::npos;) {
    slash = path.take_front(slash).rfind('/');
    ends.push_back(slash == StringRef::npos ? path : path.substr(slash + 1));
  }
  return ends;
}

/// Leaves of each source the shortest end of its path that no other has, so
/// that the map does not say where the inputs lay.
void MapRecorder::shortenSources() {
  llvm::StringMap<unsigned> users;
  for (const std::string &source : map.sources)
    for (StringRef end : endsOf(source))
      ++users[end];
  for (std::string &source : map.sources)
    for (StringRef end : endsOf(source))
      if (!end.empty() && users.lookup(end) == 1) {
        source = end.str();
        break;
      }
}

std::optional<OffsetMap::Origin> MapRecorder::originOf(Location loc) {
  if (auto at = loc->findInstanceOf<AtLoc>())
    return OffsetMap::Origin{sourceNumber(at.getFile()), 0, at.getOffset()};
  if (auto line = loc->findInstanceOf<FileLineColLoc>())
    return OffsetMap::Origin{sourceNumber(line.getFilename()), line.getLine(),
                             line.getColumn()};
  return std::nullopt;
}

/// A place in the file that the nested module was read from; where that is not
/// known, in the module alone.
LogicalResult MapRecorder::open() {
  DenseMap<StringAttr, wasm::ModuleOp> modules;
  for (auto nested : module.getBody().getOps<wasm::ModuleOp>())
    modules[nested.getSymNameAttr()] = nested;
  for (auto space : module.getBody().getOps<SpaceOp>()) {
    auto symbol = FlatSymbolRefAttr::get(space.getSymNameAttr());
    const core::ModuleView *view = bodies.view(space, symbol);
    if (!view)
      return failure();
    wasm::ModuleOp nested = modules[space.getModuleAttr().getAttr()];
    auto at = nested.getLoc()->findInstanceOf<AtLoc>();
    guests[symbol.getAttr()] = {
        view, sourceNumber(at ? at.getFile() : nested.getSymNameAttr()),
        at ? at.getOffset() : 0};
  }
  return success();
}

void MapRecorder::placeCopy(BytesOp op, OffsetMap::Function &mapped) {
  const Guest &guest = guests.find(op.getSpaceAttr().getAttr())->second;
  uint64_t body =
      guest.view->offsetOf(guest.view->bodies[op.getIndex()].data());
  mapped.origin = {guest.source, 0, guest.base + body};
  mapped.isCopy = true;
  StringRef name = op.getSymName();
  if (op.getSpace() != runtimeInstance && name.consume_front(op.getSpace()))
    name.consume_front(".");
  mapped.name = name.str();
}

void MapRecorder::add(Operation *op, OffsetMap::Function mapped, uint64_t begin,
                      uint64_t size) {
  mapped.begin = begin, mapped.end = begin + size;
  if (auto copy = dyn_cast<BytesOp>(op)) {
    placeCopy(copy, mapped);
  } else {
    mapped.name = cast<FuncOp>(op).getSymName().str();
    mapped.origin = originOf(op->getLoc());
  }
  map.functions.push_back(std::move(mapped));
}

//===----------------------------------------------------------------------===//
// Instances
//===----------------------------------------------------------------------===//

/// The path of a place, with `symbol` at the end if the last step has no name.
static std::vector<std::string> pathOf(Location loc, StringRef symbol) {
  std::vector<std::string> path;
  for (StringRef name : getNamePath(loc))
    path.push_back(name.str());
  if (auto call = dyn_cast<CallSiteLoc>(loc))
    loc = call.getCallee();
  if (!isa<NameLoc>(loc))
    path.push_back(symbol.str());
  return path;
}

/// Whether the body is of the module that the space is of.
bool MapRecorder::isOf(BytesOp copy, SpaceOp space) const {
  auto bytes = [&](StringAttr name) {
    return guests.find(name)->second.view->bytes.data();
  };
  return bytes(copy.getSpaceAttr().getAttr()) == bytes(space.getSymNameAttr());
}

/// What the space says of the functions that its module defines: a copy of its
/// own, or of the instance that it shares the function with.
LogicalResult MapRecorder::addInstance(SpaceOp space) {
  const core::ModuleView &view =
      *guests.find(space.getSymNameAttr())->second.view;
  OffsetMap::Instance instance;
  instance.isRuntime = space.getSymName() == runtimeInstance;
  if (!instance.isRuntime)
    instance.path = pathOf(space.getLoc(), space.getSymName());
  uint32_t imported = view.imported[unsigned(core::ExternKind::Function)];
  auto symbols = space.getFunctions().getAsRange<FlatSymbolRefAttr>();
  for (auto [number, symbol] :
       llvm::enumerate(llvm::drop_begin(symbols, imported))) {
    if (symbol.getAttr() == space.getSymNameAttr())
      continue; // dropped
    FailureOr<uint32_t> found = index.find(space, symbol);
    if (failed(found))
      return failure();
    if (*found < map.imported)
      continue;
    uint32_t function = *found - map.imported;
    auto copy = dyn_cast<BytesOp>(index.functions[function]);
    if (copy && copy.getIndex() == number && isOf(copy, space))
      OffsetMap::add(instance, function);
  }
  if (!instance.functions.empty())
    map.instances.push_back(std::move(instance));
  return success();
}

/// Generated functions, by the path of their definitions.
void MapRecorder::addGenerated() {
  llvm::MapVector<Location, OffsetMap::Instance> byPlace;
  OffsetMap::Instance runtime;
  runtime.isRuntime = true;
  for (auto [number, op] : llvm::enumerate(index.functions)) {
    auto function = dyn_cast<FuncOp>(op);
    if (!function)
      continue;
    if (function.getSymName().starts_with(runtimePrefix))
      OffsetMap::add(runtime, number);
    else
      OffsetMap::add(byPlace[function.getLoc()], number);
  }
  for (auto &[loc, instance] : byPlace) {
    for (StringRef name : getNamePath(loc))
      instance.path.push_back(name.str());
    if (!instance.path.empty())
      map.instances.push_back(std::move(instance));
  }
  if (!runtime.functions.empty())
    map.instances.push_back(std::move(runtime));
}

LogicalResult MapRecorder::finish(uint64_t begin, uint64_t end,
                                  uint64_t origin) {
  map.codeBegin = begin, map.codeEnd = end;
  for (OffsetMap::Function &function : map.functions)
    function.begin += origin, function.end += origin;
  map.imported = index.imported(core::ExternKind::Function);
  std::set<std::vector<std::string>> paths;
  for (auto space : module.getBody().getOps<SpaceOp>()) {
    size_t before = map.instances.size();
    if (failed(addInstance(space)))
      return failure();
    if (map.instances.size() > before && !map.instances.back().isRuntime &&
        !paths.insert(map.instances.back().path).second)
      map.instances.back().path.push_back(space.getSymName().str());
  }
  addGenerated();
  shortenSources();
  return success();
}
