//===- Code.cpp - writes `wasm` ops, an instruction a call ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Code.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"

using namespace mlir;
using namespace meld::wasm;
using namespace meld::adapters;

Code::Code(Location loc, Block *block)
    : ImplicitLocOpBuilder(loc, loc.getContext()) {
  setInsertionPointToEnd(block);
}

Value Code::constant(Type type, int64_t value) {
  if (isa<FloatType>(type))
    return ConstOp::create(*this, cast<TypedAttr>(getFloatAttr(type, value)));
  return ConstOp::create(*this, value, type);
}

Value Code::binary(BinaryKind kind, Value a, Value b) {
  return BinaryOp::create(*this, a.getType(), kind, a, b);
}

Value Code::compare(CompareKind kind, Value a, Value b) {
  return CompareOp::create(*this, getI32Type(), kind, a, b);
}

Value Code::convert(ConvertKind kind, Value value, Type type) {
  return ConvertOp::create(*this, type, kind, value);
}

Value Code::resized(Value value, Type type) {
  if (value.getType() == type)
    return value;
  return convert(type.isInteger(64) ? ConvertKind::extend_i32_u
                                    : ConvertKind::wrap_i64,
                 value, type);
}

Value Code::load(Type type, FlatSymbolRefAttr memory, Value address,
                 uint64_t offset, Width width) {
  return LoadOp::create(*this, type, memory.getValue(), address, offset, width);
}

void Code::store(FlatSymbolRefAttr memory, Value address, uint64_t offset,
                 Value value, Width width) {
  StoreOp::create(*this, memory.getValue(), address, value, offset, width);
}

Value Code::addressOf(Value address, uint64_t offset) {
  return offset ? binary(BinaryKind::add, address, offset) : address;
}

void Code::copy(FlatSymbolRefAttr target, FlatSymbolRefAttr source, Value to,
                Value from, Value bytes) {
  bool wide = to.getType().isInteger(64) && from.getType().isInteger(64);
  Type type = IntegerType::get(getContext(), wide ? 64 : 32);
  MemoryCopyOp::create(*this, target, source, to, from, resized(bytes, type));
}
void Code::copy(FlatSymbolRefAttr target, FlatSymbolRefAttr source, Value to,
                Value from, uint64_t bytes) {
  copy(target, source, to, from, i32(bytes));
}

Code::Values Code::call(FlatSymbolRefAttr callee, ValueRange arguments,
                        TypeRange results) {
  return llvm::to_vector_of<Value>(
      CallOp::create(*this, results, callee, arguments).getResults());
}

void Code::part(Block *block, llvm::function_ref<Values()> write) {
  OpBuilder::InsertionGuard guard(*this);
  setInsertionPointToEnd(block);
  Values values = write();
  if (!block->empty() && block->back().hasTrait<OpTrait::IsTerminator>())
    return;
  YieldOp::create(*this, values);
}

Code::Values Code::branch(Value condition, TypeRange results,
                          llvm::function_ref<Values()> then,
                          llvm::function_ref<Values()> otherwise) {
  auto op = IfOp::create(*this, condition, /*withElse=*/true, results);
  part(op.getThenBlock(), then);
  part(op.getElseBlock(), otherwise);
  return llvm::to_vector_of<Value>(op.getResults());
}

void Code::when(Value condition, llvm::function_ref<void()> then) {
  auto op = IfOp::create(*this, condition);
  part(op.getThenBlock(), [&] { return then(), Values(); });
}

Value Code::variable(Value init) {
  return LocalOp::create(*this, LocalType::get(getContext(), init.getType()),
                         init);
}
Value Code::get(Value variable) { return LocalGetOp::create(*this, variable); }
void Code::set(Value variable, Value value) {
  LocalSetOp::create(*this, variable, value);
}

void Code::leave(Value label) { BrOp::create(*this, label, ValueRange()); }
void Code::leaveIf(Value label, Value condition) {
  BrIfOp::create(*this, label, condition, ValueRange());
}

void Code::forever(llvm::function_ref<void(Value, Value)> body) {
  auto block = BlockOp::create(*this);
  part(block.getBlock(), [&] {
    auto loop = LoopOp::create(*this);
    part(loop.getBlock(), [&] {
      body(block.getLabel(), loop.getLabel());
      leave(loop.getLabel());
      return Values();
    });
    return Values();
  });
}

void Code::repeat(Value count, ValueRange cursors, ArrayRef<int64_t> steps,
                  llvm::function_ref<void(ArrayRef<Value>)> body) {
  Value left = variable(count);
  Values variables;
  for (Value cursor : cursors)
    variables.push_back(variable(cursor));
  forever([&](Value done, Value) {
    leaveIf(done,
            TestOp::create(*this, getI32Type(), TestKind::eqz, get(left)));
    Values now;
    for (Value cursor : variables)
      now.push_back(get(cursor));
    body(now);
    for (auto [cursor, step] : llvm::zip_equal(variables, steps))
      set(cursor, binary(BinaryKind::add, get(cursor), step));
    set(left, binary(BinaryKind::sub, get(left), 1));
  });
}

void Code::trap(StringRef kind) {
  async_intrinsic::TrapOp::create(*this, kind);
}

void Code::trapIf(Value condition, StringRef kind) {
  when(condition, [&] { trap(kind); });
}

void Code::giveBack(ValueRange values) { ReturnOp::create(*this, values); }
