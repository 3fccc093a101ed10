//===- Live.cpp - what the merged module needs ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Mark and sweep, where the marking decodes only what it reaches. An instance
// that is not stripped is not decoded: all of its index spaces are needed.
//
//===----------------------------------------------------------------------===//

#include "Live.h"

#include "Constant.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;

namespace {
class Marker {
public:
  Marker(const Program &program, Uses &uses, const DenseSet<uint32_t> &stripped,
         bool stripAll)
      : program(program), uses(uses), stripped(stripped), stripAll(stripAll),
        live(program.entities.size()) {}

  FailureOr<llvm::BitVector> run(const Order &order);

private:
  void mark(EntityId id) {
    if (!live.test(id)) {
      live.set(id);
      work.push_back(id);
    }
  }
  bool isStripped(uint32_t instance) const {
    return stripAll || stripped.contains(instance);
  }
  void markRoot();
  void markWhole(const Instance &instance);
  void markObservable(const Instance &instance);
  void addSegments(const Instance &instance);
  void markInitializers(const Instance &instance);
  void markPlace(EntityId id);

  const Program &program;
  Uses &uses;
  const DenseSet<uint32_t> &stripped;
  bool stripAll;
  llvm::BitVector live;
  SmallVector<EntityId> work;
  /// Active segments of stripped instances, by their memory or table.
  DenseMap<EntityId, SmallVector<EntityId, 1>> segments;
};
} // namespace

FailureOr<llvm::BitVector> Marker::run(const Order &order) {
  markRoot();
  for (EntityId id : order.steps) // a segment or table may be there or not
    if (program.entities[id].space == Space::Function)
      mark(id);
  for (auto [number, instance] : llvm::enumerate(program.instances))
    isStripped(number) ? markObservable(instance) : markWhole(instance);
  while (!work.empty()) {
    EntityId id = work.pop_back_val();
    if (auto here = segments.find(id); here != segments.end())
      llvm::for_each(here->second, [&](EntityId segment) { mark(segment); });
    markPlace(id);
    const Entity &entity = program.entities[id];
    // What an instance that is not stripped names has been marked as a whole.
    if ((entity.op || isStripped(entity.instance)) &&
        failed(uses.visit(id, [&](EntityId used, core::Op) { mark(used); })))
      return failure();
  }
  return std::move(live);
}

void Marker::markRoot() {
  for (auto [id, entity] : llvm::enumerate(program.entities))
    if (entity.op && (!stripAll || isa<wasm::ImportOp>(entity.op)))
      mark(id);
  for (Operation &op : program.getRoot().getBody().front())
    if (isa<wasm::ExportOp, wasm::DataOp, wasm::ElemOp>(op))
      uses.visitSymbols(&op, [&](EntityId id, core::Op) { mark(id); });
}

void Marker::markWhole(const Instance &instance) {
  for (const auto &space : instance.spaces)
    llvm::for_each(space, [&](EntityId id) { mark(id); });
}

/// What of a stripped instance stays although nothing names it.
void Marker::markObservable(const Instance &instance) {
  addSegments(instance);
  markInitializers(instance);
}

/// Instantiation evaluates every initializer and every element: one that may
/// trap has to stay.
void Marker::markInitializers(const Instance &instance) {
  const core::ModuleView &view = instance.guest->view;
  auto defined = [&](auto &definitions, core::ExternKind kind) {
    return ArrayRef(definitions).drop_front(view.imported[unsigned(kind)]);
  };
  for (auto [id, global] :
       llvm::zip_equal(instance.defined(Space::Global),
                       defined(view.globals, core::ExternKind::Global)))
    if (mayTrap(instance, global.init))
      mark(id);
  for (auto [id, table] :
       llvm::zip_equal(instance.defined(Space::Table),
                       defined(view.tables, core::ExternKind::Table)))
    if (mayTrap(instance, table.init))
      mark(id);
  for (auto [id, elem] :
       llvm::zip_equal(instance.space(Space::Elem), view.elems))
    if (elem.hasExpressions && mayTrap(instance, elem.elements))
      mark(id);
}

/// A segment that is active is written somewhere, whoever needs it: code may
/// name it only to drop it.
void Marker::markPlace(EntityId id) {
  if (std::optional<ActiveSegment> active = program.activeSegment(id))
    mark(active->place);
}

/// Segments that copy themselves. Their place may be there or not; a copy that
/// may trap has to.
void Marker::addSegments(const Instance &instance) {
  auto add = [&](EntityId id) {
    std::optional<ActiveSegment> active = program.activeSegment(id);
    if (!active)
      return;
    if (isInBounds(program, active->place,
                   evaluate(program, instance, active->offset), active->size))
      segments[active->place].push_back(id);
    else
      mark(id);
  };
  llvm::for_each(instance.space(Space::Elem), add);
  llvm::for_each(instance.space(Space::Data), add);
}

FailureOr<llvm::BitVector> merge::findLive(const Program &program, Uses &uses,
                                           const Order &order,
                                           const DenseSet<uint32_t> &stripped,
                                           bool stripAll) {
  return Marker(program, uses, stripped, stripAll).run(order);
}
