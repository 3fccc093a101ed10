//===- Target.cpp - the target attribute and its options -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Component/IR/Component.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld::component;

#define GET_ATTRDEF_CLASSES
#include "meld/Dialect/Component/IR/ComponentAttrs.cpp.inc"

void ComponentDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "meld/Dialect/Component/IR/ComponentAttrs.cpp.inc"
      >();
}

namespace meld::component {
#define GET_TargetOptionTable_IMPL
#include "meld/Dialect/Component/IR/Target.inc"
} // namespace meld::component

ArrayRef<TargetOptionInfo> meld::component::getTargetOptions() {
  return TargetOptionTable;
}

TargetAttr TargetAttr::getDefault(MLIRContext *context) {
  return get(context, SpecVersion::v2026_10, MemoryMode::multi,
             StackfulMode::trap, ScheduleOrder::fifo, TrapInfoMode::full,
             BoundsMode::none, StartMode::automatic, CountCopies::off,
             UnsupportedMode::refuse, EdgeMode::direct, SimdMode::automatic,
             AdapterStyle::fast);
}

TargetAttr TargetAttr::with(StringRef name, StringRef word) const {
  SpecVersion spec = getSpec();
  MemoryMode memory = getMemory();
  StackfulMode stackful = getStackful();
  ScheduleOrder schedule = getSchedule();
  TrapInfoMode trapInfo = getTrapInfo();
  BoundsMode bounds = getBounds();
  StartMode start = getStart();
  CountCopies copies = getCountCopies();
  UnsupportedMode unsupported = getUnsupported();
  EdgeMode edge = getEdge();
  SimdMode simd = getSimd();
  AdapterStyle adapters = getAdapters();
  auto set = [](auto &slot, auto value) {
    if (value)
      slot = *value;
    return value.has_value();
  };
  bool known = false;
  if (name == "spec")
    known = set(spec, symbolizeSpecVersion(word));
  else if (name == "memory")
    known = set(memory, symbolizeMemoryMode(word));
  else if (name == "stackful")
    known = set(stackful, symbolizeStackfulMode(word));
  else if (name == "schedule")
    known = set(schedule, symbolizeScheduleOrder(word));
  else if (name == "trap_info")
    known = set(trapInfo, symbolizeTrapInfoMode(word));
  else if (name == "bounds")
    known = set(bounds, symbolizeBoundsMode(word));
  else if (name == "start")
    known = set(start, symbolizeStartMode(word));
  else if (name == "count_copies")
    known = set(copies, symbolizeCountCopies(word));
  else if (name == "unsupported")
    known = set(unsupported, symbolizeUnsupportedMode(word));
  else if (name == "edge")
    known = set(edge, symbolizeEdgeMode(word));
  else if (name == "simd")
    known = set(simd, symbolizeSimdMode(word));
  else if (name == "adapters")
    known = set(adapters, symbolizeAdapterStyle(word));
  if (!known)
    return {};
  return get(getContext(), spec, memory, stackful, schedule, trapInfo, bounds,
             start, copies, unsupported, edge, simd, adapters);
}
