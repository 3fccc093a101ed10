//===- Start.cpp - instantiation that runs as code --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Constant.h"
#include "Emit.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;

/// One function that is called last is a start function as it is. All else is
/// a generated one.
void Emitter::emitStart() {
  if (order.steps.empty())
    return;
  Location loc = program.getRoot().getLoc();
  EntityId first = order.steps.front();
  bool isPlain = order.steps.size() == 1 &&
                 program.entities[first].space == Space::Function;
  if (isPlain && !order.isExported) {
    wasm::StartOp::create(builder, loc, symbolOf(first));
    return;
  }
  StringAttr name = isPlain ? names[first] : unique("_initialize");
  FunctionType type = builder.getFunctionType({}, {});
  if (!isPlain) {
    auto function = wasm::FuncOp::create(builder, loc, name, type);
    OpBuilder code = OpBuilder::atBlockEnd(&function.getBody().front());
    for (EntityId id : order.steps)
      emitStep(code, id);
    wasm::ReturnOp::create(code, loc);
  }
  if (order.isExported)
    wasm::ExportOp::create(builder, loc, builder.getStringAttr("_initialize"),
                           FlatSymbolRefAttr::get(name), TypeAttr::get(type));
  else
    wasm::StartOp::create(builder, loc, FlatSymbolRefAttr::get(name));
}

void Emitter::emitStep(OpBuilder &code, EntityId id) {
  const Entity &entity = program.entities[id];
  Location loc = entity.op ? entity.op->getLoc()
                           : program.instances[entity.instance].op->getLoc();
  if (entity.space == Space::Function)
    wasm::CallOp::create(code, loc, TypeRange(), symbolOf(id), ValueRange());
  else if (entity.space == Space::Table)
    wasm::TableFillOp::create(code, loc, symbolOf(id),
                              symbolOf(order.refilled.at(id)));
  else
    copySegment(code, id);
}

/// What an active segment does (Core: Instantiation), in code.
void Emitter::copySegment(OpBuilder &code, EntityId id) {
  const Entity &entity = program.entities[id];
  const Instance &instance = program.instances[entity.instance];
  Location loc = instance.op->getLoc();
  auto number = [&](uint32_t value) -> Value {
    return wasm::ConstOp::create(code, loc, int32_t(value));
  };
  FlatSymbolRefAttr segment = symbolOf(id);
  auto [place, expression, size] = *program.activeSegment(id);
  Value offset = offsetOf(code, instance, expression,
                          addressTypeOf(program.typeOf(place)));
  Value zero = number(0), count = number(size);
  if (entity.space == Space::Data) {
    wasm::MemoryInitOp::create(code, loc, symbolOf(place), segment, offset,
                               zero, count);
    wasm::DataDropOp::create(code, loc, segment);
    return;
  }
  wasm::TableInitOp::create(code, loc, symbolOf(place), segment, offset, zero,
                            count);
  wasm::ElemDropOp::create(code, loc, segment);
}

/// The offset of a segment, computed where the host gives a part of it.
Value Emitter::offsetOf(OpBuilder &code, const Instance &instance,
                        core::Expression expression, Type address) {
  Location loc = instance.op->getLoc();
  auto constant = [&](bool wide, uint64_t value) -> Value {
    if (!wide)
      return wasm::ConstOp::create(code, loc, int32_t(value));
    return wasm::ConstOp::create(code, loc, int64_t(value), code.getI64Type());
  };
  if (std::optional<uint64_t> value = evaluate(program, instance, expression))
    return constant(address.isInteger(64), *value);
  return *interpret<Value>(
      instance, expression,
      [&](bool wide, uint64_t value) { return constant(wide, value); },
      [&](EntityId global) -> std::optional<Value> {
        auto type = cast<wasm::GlobalType>(program.typeOf(global));
        return wasm::GlobalGetOp::create(code, loc, type.getValue(),
                                         symbolOf(global));
      },
      [&](wasm::BinaryKind kind, bool, Value left,
          Value right) -> std::optional<Value> {
        return wasm::BinaryOp::create(code, loc, kind, left, right);
      });
}
