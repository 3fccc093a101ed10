//===- Uses.cpp - which entities a definition names -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Uses.h"
#include "meld/Support/Rules.h"

#include "meld/Support/Diagnostics.h"
#include "meld/Target/Wasm/Instructions.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;
using core::Immediate;

namespace {
/// Collects the indices that the decoder meets.
class UseSink {
public:
  UseSink(SmallVectorImpl<Use> &uses, const core::Instruction &instruction)
      : uses(uses), instruction(instruction) {}

  void index(Immediate kind, uint64_t, uint64_t, uint32_t index) {
    add(kind, index, instruction.row->op);
  }

  void add(Immediate kind, uint32_t index, core::Op op) {
    if (kind == Immediate::Access)
      kind = Immediate::Memory;
    if (kind == Immediate::Type || kind > Immediate::Elem)
      return;
    Use use{Space(unsigned(kind) - 1), index, op};
    // Loads and stores come in long rows.
    if (uses.empty() || uses.back().space != use.space ||
        uses.back().index != use.index || uses.back().op != use.op)
      uses.push_back(use);
  }

private:
  SmallVectorImpl<Use> &uses;
  const core::Instruction &instruction;
};
} // namespace

/// Reads instructions up to the `end` that closes the expression.
static void readExpression(ByteReader &in, SmallVectorImpl<Use> &uses) {
  core::Instruction instruction;
  UseSink sink(uses, instruction);
  core::InstructionReader<UseSink> reader(in, sink);
  for (int depth = 1; depth && reader.next(instruction);)
    depth += instruction.row->nesting;
}

static void readBody(ByteReader &in, SmallVectorImpl<Use> &uses) {
  core::NoSink none;
  core::InstructionReader<core::NoSink> types(in, none);
  for (uint32_t n = in.count("vector of locals"); n && !in.failed(); --n) {
    in.u32("number of locals");
    types.valueType("type of locals");
  }
  readExpression(in, uses);
}

static void readElements(ByteReader &in, const core::ElemSegment &segment,
                         SmallVectorImpl<Use> &uses) {
  for (uint32_t n = segment.count; n && !in.failed(); --n) {
    if (segment.hasExpressions)
      readExpression(in, uses);
    else
      uses.push_back({Space::Function, in.u32("element"), core::Op::End});
  }
}

std::optional<ReadError> Uses::readBody(const wasm::GuestModule &guest,
                                        uint32_t index, List &list) {
  const core::ModuleView &view = guest.view;
  if (!wholeModules) {
    ByteReader in = view.reader(view.bodies[index]);
    ::readBody(in, list);
    return in.error();
  }
  std::unique_ptr<core::CodeIndex> &scan = scans[&guest];
  if (!scan) {
    scan = std::make_unique<core::CodeIndex>();
    if (auto error = scan->build(view, core::CodeIndex::Accesses::List))
      return error;
  }
  core::Instruction none;
  UseSink sink(list, none);
  for (const core::FixUp &fixUp : scan->body(index))
    sink.add(fixUp.kind, fixUp.index, fixUp.op);
  return std::nullopt;
}

FailureOr<ArrayRef<Use>> Uses::read(const Instance &instance, Space space,
                                    uint32_t index) {
  std::unique_ptr<List> &slot =
      lists[{instance.guest, {unsigned(space), index}}];
  if (slot)
    return ArrayRef<Use>(*slot);
  auto list = std::make_unique<List>();
  const core::ModuleView &view = instance.guest->view;
  std::optional<ReadError> error;
  auto with = [&](ArrayRef<uint8_t> bytes, auto read) {
    if (bytes.empty() || error)
      return;
    ByteReader in = view.reader(bytes);
    read(in);
    error = in.error();
  };
  auto expression = [&](ByteReader &in) { readExpression(in, *list); };
  if (space == Space::Function) {
    error = readBody(*instance.guest, index, *list);
  } else if (space == Space::Global) {
    uint32_t imported = view.imported[unsigned(core::ExternKind::Global)];
    with(view.globals[imported + index].init, expression);
  } else if (space == Space::Table) {
    uint32_t imported = view.imported[unsigned(core::ExternKind::Table)];
    with(view.tables[imported + index].init, expression);
  } else if (space == Space::Data) {
    with(view.datas[index].offset, expression);
  } else if (space == Space::Elem) {
    const core::ElemSegment &segment = view.elems[index];
    with(segment.offset, expression);
    with(segment.elements,
         [&](ByteReader &in) { readElements(in, segment, *list); });
  }
  if (error)
    return FailureOr<ArrayRef<Use>>(report(instance.module, *error));
  for (const Use &use : *list)
    if (use.index >= instance.space(use.space).size())
      return FailureOr<ArrayRef<Use>>(
          emitRule(instance.module, Rule::index_bounds)
          << "names an index " << use.index << ", but has "
          << instance.space(use.space).size() << " of that kind");
  slot = std::move(list);
  return ArrayRef<Use>(*slot);
}

LogicalResult Uses::visit(EntityId id, Visitor visit) {
  const Entity &entity = program.entities[id];
  if (entity.op)
    return visitSymbols(entity.op, visit), success();
  const Instance &instance = program.instances[entity.instance];
  FailureOr<ArrayRef<Use>> uses = read(instance, entity.space, entity.index);
  if (failed(uses))
    return failure();
  for (const Use &use : *uses)
    visit(instance.space(use.space)[use.index], use.op);
  return success();
}

void Uses::visitSymbols(Operation *op, Visitor visit) {
  std::optional<SymbolTable::UseRange> uses = SymbolTable::getSymbolUses(op);
  if (!uses)
    return;
  for (SymbolTable::SymbolUse use : *uses) {
    StringAttr symbol = use.getSymbolRef().getRootReference();
    if (std::optional<EntityId> named = program.lookup(symbol))
      visit(*named, isa<wasm::CallIndirectOp>(use.getUser())
                        ? core::Op::CallIndirect
                        : core::Op::End);
  }
}
