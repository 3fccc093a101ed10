//===- Shims.cpp - sees through tables of trampolines -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Trampolines are found first, by their bytes. Then one walk over the instances
// examines all tables that they call through: who knows them, what they do with
// them, who fills them. Last, forwards are followed to their end and written
// into all index spaces in one sweep.
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
  /// Not once something else may read or write it.
  bool isFixed = true;
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
  LogicalResult examineTables();
  bool addUser(uint32_t number);
  LogicalResult checkCode(const Instance &instance);
  void addSegments(const Instance &instance, bool started);
  void forwardAll();

  Program &program;
  Uses &uses;
  SmallVector<Trampoline> trampolines;
  /// The tables that trampolines call through.
  DenseMap<EntityId, TableContent> tables;
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

  if (failed(examineTables()))
    return failure();
  for (const Trampoline &trampoline : trampolines) {
    const TableContent &content = tables.find(trampoline.table)->second;
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

LogicalResult ShimFinder::examineTables() {
  bool started = !program.getRoot().getBody().getOps<wasm::StartOp>().empty();
  for (const Trampoline &trampoline : trampolines) {
    EntityId id = trampoline.table;
    tables[id].isFixed =
        !started && !program.entities[id].op && !namedByRoot.contains(id);
  }
  for (auto [number, instance] : llvm::enumerate(program.instances)) {
    if (addUser(number)) {
      addSegments(instance, started);
      if (failed(checkCode(instance)))
        return failure();
    }
    started |= instance.guest->view.start.has_value();
  }
  return success();
}

/// Adds an instance to the users of its tables; whether it can change what is
/// known of one.
bool ShimFinder::addUser(uint32_t number) {
  bool knowsFixed = false;
  for (EntityId id : program.instances[number].space(Space::Table)) {
    auto table = tables.find(id);
    if (table == tables.end())
      continue;
    table->second.users.push_back(number);
    knowsFixed |= table->second.isFixed;
  }
  return knowsFixed;
}

/// Finds the tables with which the code of an instance does something else
/// than call what is in them.
LogicalResult ShimFinder::checkCode(const Instance &instance) {
  for (EntityId id : instance.defined(Space::Function))
    if (failed(uses.visit(id, [&](EntityId used, core::Op op) {
          if (program.entities[used].space != Space::Table ||
              op == core::Op::CallIndirect ||
              op == core::Op::ReturnCallIndirect)
            return;
          if (auto table = tables.find(used); table != tables.end())
            table->second.isFixed = false;
        })))
      return failure();
  return success();
}

/// Adds what the segments of an instance put into tables.
void ShimFinder::addSegments(const Instance &instance, bool started) {
  for (const core::ElemSegment &segment : instance.guest->view.elems) {
    if (segment.mode != core::SegmentMode::Active)
      continue;
    auto table = tables.find(instance.space(Space::Table)[segment.table]);
    if (table == tables.end())
      continue;
    TableContent &content = table->second;
    std::optional<uint64_t> offset =
        evaluate(program, instance, segment.offset);
    // A start function may find a slot empty that is filled later.
    content.isFixed &= offset && *offset <= UINT32_MAX &&
                       !segment.hasExpressions && !(started && segment.count);
    if (!content.isFixed)
      continue;
    ByteReader in = instance.guest->view.reader(segment.elements);
    ArrayRef<EntityId> functions = instance.space(Space::Function);
    for (uint32_t i = 0; i < segment.count; ++i) {
      uint32_t index = in.u32();
      if (in.failed() || index >= functions.size()) {
        content.isFixed = false;
        break;
      }
      auto [slot, isNew] =
          content.slots.try_emplace(*offset + i, functions[index]);
      if (!isNew)
        slot->second = std::nullopt;
    }
  }
}

//===----------------------------------------------------------------------===//
// Forwards
//===----------------------------------------------------------------------===//

/// Follows chains, each link once; trampolines that lead into a circle stay.
void ShimFinder::forwardAll() {
  DenseMap<EntityId, EntityId> final;
  DenseSet<EntityId> seen;
  for (auto [from, to] : forwards) {
    SmallVector<EntityId> path;
    EntityId at = from;
    auto next = forwards.find(at);
    for (; next != forwards.end() && seen.insert(at).second;
         next = forwards.find(at)) {
      path.push_back(at);
      at = next->second;
    }
    // The end, or what an earlier walk, or this one, has come by.
    if (next != forwards.end()) {
      auto known = final.find(at);
      if (known == final.end())
        continue;
      at = known->second;
    }
    for (EntityId each : path)
      final[each] = at;
  }
  remarkReplaced(program, "forwarded", final);
  program.replace(final);
}

LogicalResult merge::seeThroughShims(Program &program, Uses &uses,
                                     DenseSet<uint32_t> &shims) {
  return ShimFinder(program, uses).run(shims);
}
