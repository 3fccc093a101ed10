//===- Constant.cpp - constant expressions, evaluated -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A global names only globals that were made before it, which have smaller
// numbers: one walk in order evaluates each expression once, however long the
// chains are.
//
//===----------------------------------------------------------------------===//

#include "Constant.h"

#include "meld/Target/Wasm/Instructions.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;

std::optional<uint64_t> merge::evaluate(const Program &program,
                                        const Instance &instance,
                                        core::Expression expression) {
  ByteReader in = instance.guest->view.reader(expression);
  core::NoSink sink;
  core::InstructionReader<core::NoSink> reader(in, sink);
  core::Instruction instruction;
  SmallVector<uint64_t> stack;
  while (reader.next(instruction)) {
    core::Op op = instruction.op();
    if (op == core::Op::End)
      return stack.size() == 1 ? std::optional(stack[0]) : std::nullopt;
    if (op == core::Op::I32Const || op == core::Op::I64Const) {
      uint64_t value = instruction.literal;
      stack.push_back(op == core::Op::I32Const ? uint32_t(value) : value);
      continue;
    }
    if (op == core::Op::GlobalGet) {
      ArrayRef<EntityId> globals = instance.space(Space::Global);
      if (instruction.index[0] >= globals.size())
        return std::nullopt;
      auto value = program.constants.find(globals[instruction.index[0]]);
      if (value == program.constants.end())
        return std::nullopt;
      stack.push_back(value->second);
      continue;
    }
    if (stack.size() < 2)
      return std::nullopt;
    uint64_t right = stack.pop_back_val(), &left = stack.back();
    if (op == core::Op::I32Add || op == core::Op::I64Add)
      left += right;
    else if (op == core::Op::I32Sub || op == core::Op::I64Sub)
      left -= right;
    else if (op == core::Op::I32Mul || op == core::Op::I64Mul)
      left *= right;
    else
      return std::nullopt;
    if (op == core::Op::I32Add || op == core::Op::I32Sub ||
        op == core::Op::I32Mul)
      left = uint32_t(left);
  }
  return std::nullopt;
}

/// The value of a global, if nothing can change it and those before it are
/// known.
static std::optional<uint64_t> valueOf(const Program &program, EntityId id) {
  const Entity &entity = program.entities[id];
  auto type = cast<wasm::GlobalType>(program.typeOf(id));
  if (type.getMut() || !type.getValue().isInteger())
    return std::nullopt;
  if (!entity.op) {
    const Instance &instance = program.instances[entity.instance];
    uint32_t imported =
        instance.guest->view.imported[unsigned(core::ExternKind::Global)];
    return evaluate(program, instance,
                    instance.guest->view.globals[imported + entity.index].init);
  }
  if (auto global = dyn_cast<wasm::GlobalOp>(entity.op))
    if (auto number = dyn_cast_or_null<IntegerAttr>(global.getInitAttr()))
      return number.getValue().getZExtValue();
  return std::nullopt;
}

void merge::findConstants(Program &program) {
  for (EntityId id = 0; id != program.entities.size(); ++id)
    if (program.entities[id].space == Space::Global)
      if (std::optional<uint64_t> value = valueOf(program, id))
        program.constants[id] = *value;
}

bool merge::isLiteral(const Instance &instance, core::Expression expression) {
  ByteReader in = instance.guest->view.reader(expression);
  core::NoSink sink;
  core::InstructionReader<core::NoSink> reader(in, sink);
  core::Instruction instruction;
  return reader.next(instruction) &&
         (instruction.op() == core::Op::I32Const ||
          instruction.op() == core::Op::I64Const) &&
         reader.next(instruction) && instruction.op() == core::Op::End;
}

bool merge::mayTrap(const Instance &instance, core::Expression expressions) {
  ByteReader in = instance.guest->view.reader(expressions);
  core::NoSink sink;
  core::InstructionReader<core::NoSink> reader(in, sink);
  core::Instruction instruction;
  while (!in.atEnd() && reader.next(instruction))
    if (instruction.op() == core::Op::ArrayNew ||
        instruction.op() == core::Op::ArrayNewDefault)
      return true;
  return false;
}

bool merge::isInBounds(const Program &program, EntityId place,
                       std::optional<uint64_t> offset, uint64_t size) {
  Type type = program.typeOf(place);
  uint64_t end = 0;
  if (auto table = dyn_cast<wasm::TableType>(type))
    end = table.getMin();
  else if (auto memory = dyn_cast<wasm::MemoryType>(type))
    end = llvm::SaturatingMultiply(memory.getMin(), memory.getPageSize());
  return offset && size <= end && *offset <= end - size;
}
