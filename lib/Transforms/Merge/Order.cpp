//===- Order.cpp - what instantiation does, and when ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each instance copies its active segments and then calls its start function;
// the next instance comes after that. A merged module copies all active
// segments first. So a segment of an instance that is made after some start
// function has run stays active only where nobody can tell: its place is in
// bounds, and was made after that start function ran.
//
//===----------------------------------------------------------------------===//

#include "Order.h"
#include "meld/Support/Rules.h"

#include "Constant.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;

namespace {
class Planner {
public:
  Planner(const Program &program, Uses &uses) : program(program), uses(uses) {}

  FailureOr<Order> plan();

private:
  LogicalResult instantiate(const Instance &instance);
  void refill(const Instance &instance);
  LogicalResult segment(const Instance &instance, EntityId id);
  FailureOr<bool> reachesHost();
  FailureOr<Order> exported();

  const Program &program;
  Uses &uses;
  Order order;
  /// The last instance whose start function has run: 0 for the root's, then
  /// by number; nothing before the first one.
  std::optional<uint32_t> started;
  /// Memories and tables that steps write to.
  DenseSet<EntityId> touched;
};
} // namespace

FailureOr<Order> Planner::plan() {
  for (const Instance &instance : program.instances)
    refill(instance);
  for (auto start : program.getRoot().getBody().getOps<wasm::StartOp>()) {
    StringAttr symbol = start.getFunctionAttr().getAttr();
    std::optional<EntityId> function = program.lookup(symbol);
    if (!function)
      return FailureOr<Order>(emitRule(start, Rule::argument_type)
                              << "names " << quoted(symbol.getValue())
                              << ", which is no core entity");
    order.steps.push_back(*function);
    started = 0;
  }
  for (auto [number, instance] : llvm::enumerate(program.instances)) {
    if (failed(instantiate(instance)))
      return failure();
    if (instance.guest->view.start)
      started = number + 1;
  }
  if (order.steps.empty())
    return order;
  switch (program.getRoot().getTargetOrDefault().getStart()) {
  case component::StartMode::section:
    return order;
  case component::StartMode::initialize:
    return exported();
  case component::StartMode::automatic:
    break;
  }
  FailureOr<bool> reaches = reachesHost();
  if (failed(reaches))
    return failure();
  return *reaches ? exported() : order;
}

FailureOr<Order> Planner::exported() {
  for (auto taken : program.getRoot().getBody().getOps<wasm::ExportOp>())
    if (taken.getName() == "_initialize")
      return FailureOr<Order>(
          emitRule(taken, Rule::duplicate_name)
          << "has the name under which instantiation is exported");
  order.isExported = true;
  return order;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

LogicalResult Planner::instantiate(const Instance &instance) {
  for (Space kind : {Space::Elem, Space::Data})
    for (EntityId id : instance.space(kind))
      if (failed(segment(instance, id)))
        return failure();
  if (std::optional<uint32_t> start = instance.guest->view.start)
    order.steps.push_back(instance.space(Space::Function)[*start]);
  return success();
}

/// Tables that begin with the object in a global of another instance.
void Planner::refill(const Instance &instance) {
  const core::ModuleView &view = instance.guest->view;
  uint32_t imported = view.imported[unsigned(core::ExternKind::Table)];
  for (auto [id, table] :
       llvm::zip_equal(instance.defined(Space::Table),
                       ArrayRef(view.tables).drop_front(imported))) {
    if (table.init.empty())
      continue;
    std::optional<EntityId> global = objectOf(program, instance, table.init);
    if (!global)
      continue;
    order.refilled[id] = *global;
    order.steps.push_back(id);
    touched.insert(id);
  }
}

LogicalResult Planner::segment(const Instance &instance, EntityId id) {
  std::optional<ActiveSegment> active = program.activeSegment(id);
  if (!active)
    return success();
  auto [target, expression, size] = *active;
  const Entity &place = program.entities[target];
  uint32_t made = place.op ? 0 : place.instance + 1;
  std::optional<uint64_t> offset = evaluate(program, instance, expression);
  bool isUnseen = !started || (made > *started &&
                               isInBounds(program, target, offset, size));
  if (isUnseen && !touched.contains(target))
    return success();
  if (!offset && integerTypeOf(program, instance, expression) !=
                     addressTypeOf(program.typeOf(target)))
    return emitRule(instance.op, Rule::unsupported_feature)
           << "has a segment after a start function whose offset is no sum or "
              "product of constants and globals";
  touched.insert(target);
  order.deferred.insert(id);
  order.steps.push_back(id);
  return success();
}

//===----------------------------------------------------------------------===//
// Reach
//===----------------------------------------------------------------------===//

/// A host cannot be called before it has the instance; and when it has none,
/// it cannot read why a generated function trapped.
static bool needsHost(Operation *op) {
  if (isa<wasm::ImportOp>(op))
    return true;
  return op->walk([](wasm::UnreachableOp) { return WalkResult::interrupt(); })
      .wasInterrupted();
}

/// Whether a step can call an import, or a function that traps with a kind. A
/// function that is called through a table stands in some element segment, or
/// a function that ran took its reference.
FailureOr<bool> Planner::reachesHost() {
  SmallVector<EntityId> work;
  for (EntityId id : order.steps)
    if (program.entities[id].space == Space::Function)
      work.push_back(id);
  DenseSet<EntityId> seen(work.begin(), work.end());
  bool indirect = false;
  auto visit = [&](EntityId id, core::Op) {
    indirect |= program.entities[id].space == Space::Table;
    if (seen.insert(id).second)
      work.push_back(id);
  };
  auto addElements = [&] {
    for (auto elem : program.getRoot().getBody().getOps<wasm::ElemOp>())
      uses.visitSymbols(elem, visit);
    for (const Instance &instance : program.instances)
      for (EntityId id : instance.space(Space::Elem))
        visit(id, core::Op::End);
  };
  bool added = false;
  while (!work.empty()) {
    EntityId id = work.pop_back_val();
    const Entity &entity = program.entities[id];
    if (entity.op && entity.space == Space::Function && needsHost(entity.op))
      return true;
    if (failed(uses.visit(id, visit)))
      return failure();
    if (indirect && !std::exchange(added, true))
      addElements();
  }
  return false;
}

FailureOr<Order> merge::planOrder(const Program &program, Uses &uses) {
  return Planner(program, uses).plan();
}
