//===- Shims.cpp - sees through tables of trampolines -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Trampolines are found first, by their bytes. Then each table that they call
// through is examined once: who knows it, what they do with it, who fills it.
// Last, forwards are followed to their end and written into all index spaces
// in one sweep.
//
//===----------------------------------------------------------------------===//

#include "Shims.h"
#include "Remarks.h"

#include "Constant.h"
#include "meld/Target/Wasm/Instructions.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;

namespace {
/// A function that calls slot `slot` of `table` with its own arguments.
struct Trampoline {
  EntityId function, table;
  uint64_t slot;
};

/// What is in a table, once and for all.
struct TableContent {
  bool isFixed = false;
  /// By slot; slots that more than one segment fills have no function.
  DenseMap<uint64_t, std::optional<EntityId>> slots;
  /// The instances that know the table.
  SmallVector<uint32_t> users;
};

class ShimFinder {
public:
  ShimFinder(Program &program, Uses &uses) : program(program), uses(uses) {}

  LogicalResult run(DenseSet<uint32_t> &shims);

private:
  void findTrampolines(uint32_t number);
  std::optional<Trampoline> match(const Instance &instance, EntityId id);
  LogicalResult examine(EntityId table, TableContent &content);
  FailureOr<bool> onlyCalls(const Instance &instance, EntityId table);
  bool addSegments(const Instance &instance, EntityId table,
                   TableContent &content);
  void forwardAll();

  Program &program;
  Uses &uses;
  SmallVector<Trampoline> trampolines;
  llvm::MapVector<EntityId, EntityId> forwards;
  /// Named by the root's own operations.
  DenseSet<EntityId> namedByRoot;
};
} // namespace

LogicalResult ShimFinder::run(DenseSet<uint32_t> &shims) {
  for (uint32_t number = 0; number < program.instances.size(); ++number)
    findTrampolines(number);
  if (trampolines.empty())
    return success();
  for (Operation &op : program.getRoot().getBody().front())
    if (!isa<wasm::InstanceOp, wasm::AliasOp, wasm::ModuleOp>(op))
      uses.visitSymbols(&op,
                        [&](EntityId id, core::Op) { namedByRoot.insert(id); });

  llvm::MapVector<EntityId, TableContent> tables;
  for (const Trampoline &trampoline : trampolines)
    if (auto [it, isNew] = tables.try_emplace(trampoline.table);
        isNew && failed(examine(trampoline.table, it->second)))
      return failure();
  for (const Trampoline &trampoline : trampolines) {
    TableContent &content = tables[trampoline.table];
    std::optional<EntityId> target = content.slots.lookup(trampoline.slot);
    if (!content.isFixed || !target ||
        program.typeOf(*target) != program.typeOf(trampoline.function))
      continue;
    forwards[trampoline.function] = *target;
    shims.insert(program.entities[trampoline.function].instance);
    shims.insert(content.users.begin(), content.users.end());
  }
  forwardAll();
  return success();
}

//===----------------------------------------------------------------------===//
// Trampolines
//===----------------------------------------------------------------------===//

void ShimFinder::findTrampolines(uint32_t number) {
  const Instance &instance = program.instances[number];
  DenseSet<EntityId> seen;
  for (const core::ExportDef &def : instance.guest->view.exports) {
    if (def.kind != core::ExternKind::Function)
      continue;
    EntityId id = instance.space(Space::Function)[def.index];
    const Entity &entity = program.entities[id];
    if (entity.op || entity.instance != number || !seen.insert(id).second)
      continue;
    if (std::optional<Trampoline> found = match(instance, id))
      trampolines.push_back(*found);
  }
}

/// `local.get 0 ... local.get n-1, i32.const slot, call_indirect`, and no more.
std::optional<Trampoline> ShimFinder::match(const Instance &instance,
                                            EntityId id) {
  const core::ModuleView &view = instance.guest->view;
  ByteReader in = view.reader(view.bodies[program.entities[id].index]);
  auto type = dyn_cast<FunctionType>(program.typeOf(id));
  if (!type) // a type of its own, which a lowered function has not
    return std::nullopt;
  core::NoSink sink;
  core::InstructionReader<core::NoSink> reader(in, sink);
  core::Instruction instruction;
  auto next = [&](core::Op op) {
    return reader.next(instruction) && instruction.op() == op;
  };
  if (in.u32() != 0) // no locals of its own
    return std::nullopt;
  for (uint32_t i = 0; i < type.getNumInputs(); ++i)
    if (!next(core::Op::LocalGet) || instruction.index[0] != i)
      return std::nullopt;
  if (!next(core::Op::I32Const))
    return std::nullopt;
  uint64_t slot = uint32_t(instruction.literal);
  if (!next(core::Op::CallIndirect))
    return std::nullopt;
  uint32_t callee = instruction.index[0], table = instruction.index[1];
  if (!next(core::Op::End) || !in.atEnd() ||
      callee >= instance.guest->types.size() ||
      instance.guest->types[callee] != type ||
      table >= instance.space(Space::Table).size())
    return std::nullopt;
  return Trampoline{id, instance.space(Space::Table)[table], slot};
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

LogicalResult ShimFinder::examine(EntityId table, TableContent &content) {
  if (program.entities[table].op || namedByRoot.contains(table) ||
      !program.getRoot().getBody().getOps<wasm::StartOp>().empty())
    return success();
  bool started = false;
  for (auto [number, instance] : llvm::enumerate(program.instances)) {
    if (llvm::is_contained(instance.space(Space::Table), table)) {
      content.users.push_back(number);
      FailureOr<bool> calls = onlyCalls(instance, table);
      if (failed(calls))
        return failure();
      // A start function may find a slot empty that is filled later.
      size_t filled = content.slots.size();
      if (!*calls || !addSegments(instance, table, content) ||
          (started && content.slots.size() != filled))
        return success();
    }
    started |= instance.guest->view.start.has_value();
  }
  content.isFixed = true;
  return success();
}

/// Whether the code of an instance does nothing with the table but call what
/// is in it.
FailureOr<bool> ShimFinder::onlyCalls(const Instance &instance,
                                      EntityId table) {
  bool only = true;
  for (EntityId id : instance.defined(Space::Function))
    if (failed(uses.visit(id, [&](EntityId used, core::Op op) {
          only &= used != table || op == core::Op::CallIndirect ||
                  op == core::Op::ReturnCallIndirect;
        })))
      return failure();
  return only;
}

/// Adds what the segments of an instance put into the table; false if that
/// cannot be told.
bool ShimFinder::addSegments(const Instance &instance, EntityId table,
                             TableContent &content) {
  for (const core::ElemSegment &segment : instance.guest->view.elems) {
    if (segment.mode != core::SegmentMode::Active ||
        instance.space(Space::Table)[segment.table] != table)
      continue;
    std::optional<uint64_t> offset =
        evaluate(program, instance, segment.offset);
    if (!offset || segment.hasExpressions)
      return false;
    ByteReader in = instance.guest->view.reader(segment.elements);
    for (uint32_t i = 0; i < segment.count; ++i) {
      uint32_t index = in.u32();
      if (index >= instance.space(Space::Function).size())
        return false;
      auto [it, isNew] = content.slots.try_emplace(
          *offset + i, instance.space(Space::Function)[index]);
      if (!isNew)
        it->second = std::nullopt;
    }
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Forwards
//===----------------------------------------------------------------------===//

/// Follows chains; trampolines that call each other for ever stay.
void ShimFinder::forwardAll() {
  DenseMap<EntityId, EntityId> final;
  for (auto [from, to] : forwards) {
    EntityId end = to;
    size_t steps = 0;
    for (auto it = forwards.find(end);
         it != forwards.end() && steps <= forwards.size(); ++steps)
      it = forwards.find(end = it->second);
    if (steps <= forwards.size())
      final[from] = end;
  }
  remarkReplaced(program, "forwarded", final);
  program.replace(final);
}

LogicalResult merge::seeThroughShims(Program &program, Uses &uses,
                                     DenseSet<uint32_t> &shims) {
  return ShimFinder(program, uses).run(shims);
}
