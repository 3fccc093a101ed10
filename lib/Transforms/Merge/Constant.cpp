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

#include "meld/Target/Wasm/InstructionWalk.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;

std::optional<std::pair<wasm::BinaryKind, bool>> merge::binaryOf(core::Op op) {
  switch (op) {
  case core::Op::I32Add:
    return std::pair(wasm::BinaryKind::add, false);
  case core::Op::I32Sub:
    return std::pair(wasm::BinaryKind::sub, false);
  case core::Op::I32Mul:
    return std::pair(wasm::BinaryKind::mul, false);
  case core::Op::I64Add:
    return std::pair(wasm::BinaryKind::add, true);
  case core::Op::I64Sub:
    return std::pair(wasm::BinaryKind::sub, true);
  case core::Op::I64Mul:
    return std::pair(wasm::BinaryKind::mul, true);
  default:
    return std::nullopt;
  }
}

static uint64_t cut(bool wide, uint64_t value) {
  return wide ? value : uint32_t(value);
}

std::optional<uint64_t> merge::evaluate(const Program &program,
                                        const Instance &instance,
                                        core::Expression expression) {
  return interpret<uint64_t>(
      instance, expression, cut,
      [&](EntityId global) -> std::optional<uint64_t> {
        auto value = program.constants.find(global);
        return value == program.constants.end() ? std::nullopt
                                                : std::optional(value->second);
      },
      [](wasm::BinaryKind kind, bool wide, uint64_t left, uint64_t right) {
        return cut(wide, kind == wasm::BinaryKind::add   ? left + right
                         : kind == wasm::BinaryKind::sub ? left - right
                                                         : left * right);
      });
}

Type merge::integerTypeOf(const Program &program, const Instance &instance,
                          core::Expression expression) {
  auto integer = [&](bool wide) {
    return IntegerType::get(program.getRoot().getContext(), wide ? 64 : 32);
  };
  return interpret<Type>(
             instance, expression,
             [&](bool wide, uint64_t) -> Type { return integer(wide); },
             [&](EntityId global) {
               return cast<wasm::GlobalType>(program.typeOf(global)).getValue();
             },
             [&](wasm::BinaryKind, bool wide, Type left,
                 Type right) -> std::optional<Type> {
               Type type = integer(wide);
               return left == type && right == type ? std::optional(type)
                                                    : std::nullopt;
             })
      .value_or(Type());
}

Type merge::addressTypeOf(Type place) {
  if (auto table = dyn_cast<wasm::TableType>(place))
    return table.getAddressType();
  return cast<wasm::MemoryType>(place).getAddressType();
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

/// The global that an expression reads and does no more with.
static std::optional<EntityId> readOf(const Instance &instance,
                                      core::Expression expression) {
  ByteReader in = instance.guest->view.reader(expression);
  core::NoSink sink;
  core::InstructionReader<core::NoSink> reader(in, sink);
  core::Instruction instruction;
  if (!reader.next(instruction) || instruction.op() != core::Op::GlobalGet)
    return std::nullopt;
  uint32_t index = instruction.index[0];
  if (!reader.next(instruction) || instruction.op() != core::Op::End ||
      index >= instance.space(Space::Global).size())
    return std::nullopt;
  return instance.space(Space::Global)[index];
}

static bool makesObject(const Instance &instance, core::Expression expression) {
  ByteReader in = instance.guest->view.reader(expression);
  return !core::walkExpression(in, [](const core::Instruction &instruction) {
    return instruction.row->feature != core::Feature::GarbageCollection ||
           instruction.op() == core::Op::RefI31;
  });
}

/// Whether the value of a global is an object that is made for it, or for one
/// before it.
static bool hasObject(const Program &program, EntityId id) {
  const Entity &entity = program.entities[id];
  if (entity.op) // the host's, or the root's, which makes none
    return false;
  const Instance &instance = program.instances[entity.instance];
  const core::ModuleView &view = instance.guest->view;
  uint32_t imported = view.imported[unsigned(core::ExternKind::Global)];
  core::Expression init = view.globals[imported + entity.index].init;
  return makesObject(instance, init) || objectOf(program, instance, init);
}

void merge::findConstants(Program &program) {
  for (EntityId id = 0; id != program.entities.size(); ++id) {
    if (program.entities[id].space != Space::Global)
      continue;
    if (std::optional<uint64_t> value = valueOf(program, id))
      program.constants[id] = *value;
    else if (hasObject(program, id))
      program.objects.insert(id);
  }
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

std::optional<EntityId> merge::objectOf(const Program &program,
                                        const Instance &instance,
                                        core::Expression expression) {
  std::optional<EntityId> global = readOf(instance, expression);
  return global && program.objects.contains(*global) ? global : std::nullopt;
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
