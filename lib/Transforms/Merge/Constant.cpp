//===- Constant.cpp - constant expressions, evaluated -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A global names only globals that were made before it, so this ends: each step
// goes to a smaller number, and chains are as long as there are instances.
//
//===----------------------------------------------------------------------===//

#include "Constant.h"

#include "meld/Target/Wasm/Instructions.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;

/// The value of a global that nothing can change.
static std::optional<uint64_t> valueOf(const Program &program, EntityId id,
                                       unsigned depth);

static std::optional<uint64_t> evaluate(const Program &program,
                                        const Instance &instance,
                                        core::Expression expression,
                                        unsigned depth) {
  if (depth > limits::nesting)
    return std::nullopt;
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
      std::optional<uint64_t> value =
          valueOf(program, globals[instruction.index[0]], depth + 1);
      if (!value)
        return std::nullopt;
      stack.push_back(*value);
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

static std::optional<uint64_t> valueOf(const Program &program, EntityId id,
                                       unsigned depth) {
  const Entity &entity = program.entities[id];
  auto type = cast<wasm::GlobalType>(program.typeOf(id));
  if (type.getMut() || !type.getValue().isInteger())
    return std::nullopt;
  if (!entity.op) {
    const Instance &instance = program.instances[entity.instance];
    uint32_t imported =
        instance.guest->view.imported[unsigned(core::ExternKind::Global)];
    return evaluate(program, instance,
                    instance.guest->view.globals[imported + entity.index].init,
                    depth);
  }
  if (auto global = dyn_cast<wasm::GlobalOp>(entity.op))
    if (auto number = dyn_cast_or_null<IntegerAttr>(global.getInitAttr()))
      return number.getValue().getZExtValue();
  return std::nullopt;
}

std::optional<uint64_t> merge::evaluate(const Program &program,
                                        const Instance &instance,
                                        core::Expression expression) {
  return ::evaluate(program, instance, expression, 0);
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
