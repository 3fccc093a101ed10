//===- Code.cpp - builds the bodies of generated functions ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Code.h"

#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;

uint32_t meld::lowering::getTrapNumber(StringRef name) {
  static constexpr std::pair<StringLiteral, uint32_t> kinds[] = {
#define MELD_TRAP(NAME, NUMBER, TEXT) {#NAME, NUMBER},
#include "meld/Support/Traps.def"
  };
  return llvm::find_if(kinds, [&](auto &kind) { return kind.first == name; })
      ->second;
}

Code Code::atEndOf(Program &program, wasm::FuncOp func) {
  Code code(program, func);
  code.setInsertionPointToEnd(&func.getBody().front());
  return code;
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

Value Code::constant(uint32_t value) {
  return wasm::ConstOp::create(*this, static_cast<int32_t>(value));
}

Value Code::constant64(uint64_t value) {
  return wasm::ConstOp::create(*this, static_cast<int64_t>(value),
                               getI64Type());
}

Value Code::instance(FlatSymbolRefAttr instance) {
  return constant(program.records.instance(instance));
}

Value Code::resource(FlatSymbolRefAttr resource) {
  return constant(program.records.resource(resource));
}

Value Code::binary(wasm::BinaryKind kind, Value lhs, Value rhs) {
  return wasm::BinaryOp::create(*this, lhs.getType(), kind, lhs, rhs);
}

Value Code::compare(wasm::CompareKind kind, Value lhs, Value rhs) {
  return wasm::CompareOp::create(*this, getI32Type(), kind, lhs, rhs);
}

Value Code::convert(wasm::ConvertKind kind, Value input, Type type) {
  return wasm::ConvertOp::create(*this, type, kind, input);
}

Value Code::extend(Value value) {
  return convert(wasm::ConvertKind::extend_i32_u, value, getI64Type());
}

Value Code::nothing(Type type) {
  if (isa<FloatType>(type))
    return wasm::ConstOp::create(*this, FloatAttr::get(type, 0.0));
  return wasm::ConstOp::create(*this, int64_t(0), type);
}

//===----------------------------------------------------------------------===//
// The runtime
//===----------------------------------------------------------------------===//

Value Code::load(Type type, Value record, uint32_t offset) {
  return wasm::LoadOp::create(*this, type, program.memory().getValue(), record,
                              offset);
}

void Code::store(Value value, Value record, uint32_t offset) {
  wasm::StoreOp::create(*this, program.memory().getValue(), record, value,
                        offset);
}

void Code::storeArguments(Value call, ValueRange arguments) {
  for (auto [i, argument] : llvm::enumerate(arguments))
    store(argument, call, offsetof(rt::Call, arguments) + i * sizeof(rt::u64));
}

ValueRange Code::call(FlatSymbolRefAttr function, ValueRange arguments) {
  TypeRange results = program.functionType(function).getResults();
  return wasm::CallOp::create(*this, results, function, arguments).getResults();
}

Value Code::runtime(StringRef name, ValueRange arguments) {
  ValueRange results = call(program.runtime(name), arguments);
  return results.empty() ? Value() : results.front();
}

void Code::callSlot(Value slot, ValueRange arguments) {
  wasm::CallIndirectOp::create(*this, TypeRange(), program.table(), slot,
                               arguments);
}

Value Code::slot(FlatSymbolRefAttr function) {
  program.addSlot(function);
  return wasm::TableSlotOp::create(*this, getI32Type(), function,
                                   program.table());
}

//===----------------------------------------------------------------------===//
// Control
//===----------------------------------------------------------------------===//

/// Closes a block of code that may have a terminator already.
static void closeBlock(Code &code, Block *block, ValueRange values = {}) {
  if (block->empty() || !block->back().hasTrait<OpTrait::IsTerminator>())
    wasm::YieldOp::create(code, values);
}

ValueRange Code::block(TypeRange results,
                       llvm::function_ref<SmallVector<Value>(Value)> body) {
  auto op = wasm::BlockOp::create(*this, results);
  InsertionGuard guard(*this);
  setInsertionPointToStart(op.getBlock());
  SmallVector<Value> values = body(op.getLabel());
  closeBlock(*this, op.getBlock(), values);
  return op.getResults();
}

void Code::when(Value condition, llvm::function_ref<void()> then) {
  auto branch = wasm::IfOp::create(*this, condition);
  InsertionGuard guard(*this);
  Block *block = branch.getThenBlock();
  setInsertionPointToStart(block);
  then();
  closeBlock(*this, block);
}

void Code::trap(TrapKind kind, Value argument) {
  Value number = constant(static_cast<uint32_t>(kind));
  call(program.trap(), {number, argument ? argument : constant(0)});
}

void Code::trapIf(Value condition, TrapKind kind, Value argument) {
  when(condition, [&] {
    trap(kind, argument);
    wasm::UnreachableOp::create(*this);
  });
}
