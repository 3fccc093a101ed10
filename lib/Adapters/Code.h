//===- Code.h - writes `wasm` ops, an instruction a call --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_ADAPTERS_CODE_H
#define MELD_LIB_ADAPTERS_CODE_H

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace meld::adapters {

/// A builder that reads like the text format. Operands of one call have one
/// type; a number beside a value gets the type of the value.
class Code : public mlir::ImplicitLocOpBuilder {
public:
  using Value = mlir::Value;
  using Values = llvm::SmallVector<Value>;

  /// Writes at the end of `block`.
  Code(mlir::Location loc, mlir::Block *block);

  Value constant(mlir::Type type, int64_t value);
  Value i32(int32_t value) { return constant(getI32Type(), value); }

  Value binary(wasm::BinaryKind kind, Value a, Value b);
  Value binary(wasm::BinaryKind kind, Value a, int64_t b) {
    return binary(kind, a, constant(a.getType(), b));
  }
  Value compare(wasm::CompareKind kind, Value a, Value b);
  Value compare(wasm::CompareKind kind, Value a, int64_t b) {
    return compare(kind, a, constant(a.getType(), b));
  }
  Value convert(wasm::ConvertKind kind, Value value, mlir::Type type);

  /// The same address or length for a memory with another type of address.
  /// What is cut off has to be zero.
  Value resized(Value value, mlir::Type type);

  Value load(mlir::Type type, mlir::FlatSymbolRefAttr memory, Value address,
             uint64_t offset, wasm::Width width = wasm::Width::full);
  void store(mlir::FlatSymbolRefAttr memory, Value address, uint64_t offset,
             Value value, wasm::Width width = wasm::Width::full);

  /// `address + offset`.
  Value addressOf(Value address, uint64_t offset);
  /// memory.copy of less than 2^31 bytes, in any type of address.
  void copy(mlir::FlatSymbolRefAttr target, mlir::FlatSymbolRefAttr source,
            Value to, Value from, Value bytes);
  void copy(mlir::FlatSymbolRefAttr target, mlir::FlatSymbolRefAttr source,
            Value to, Value from, uint64_t bytes);

  Values call(mlir::FlatSymbolRefAttr callee, mlir::ValueRange arguments,
              mlir::TypeRange results = {});

  /// `if` whose parts write their own code; a part that does not end in a
  /// terminator yields what its function returns.
  Values branch(Value condition, mlir::TypeRange results,
                llvm::function_ref<Values()> then,
                llvm::function_ref<Values()> otherwise);
  void when(Value condition, llvm::function_ref<void()> then);

  /// A mutable variable, its value, a new value.
  Value variable(Value init);
  Value get(Value variable);
  void set(Value variable, Value value);

  /// Runs `body` again and again until it leaves by `leaveIf`, whose label it
  /// gets first; a jump to the second label begins the next turn.
  void forever(llvm::function_ref<void(Value done, Value again)> body);
  void leaveIf(Value label, Value condition);
  void leave(Value label);

  /// Runs `body` `count` times, which may be 0. The cursors grow by `steps`
  /// each time; the body gets their values.
  void repeat(Value count, mlir::ValueRange cursors,
              llvm::ArrayRef<int64_t> steps,
              llvm::function_ref<void(llvm::ArrayRef<Value>)> body);

  /// Traps with a kind of Traps.def, always or on a condition.
  void trap(llvm::StringRef kind);
  void trapIf(Value condition, llvm::StringRef kind);

  void giveBack(mlir::ValueRange values);

private:
  void part(mlir::Block *block, llvm::function_ref<Values()> write);
};

} // namespace meld::adapters

#endif // MELD_LIB_ADAPTERS_CODE_H
