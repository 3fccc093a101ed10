//===- Code.h - builds the bodies of generated functions --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_CODE_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_CODE_H

#include "Program.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace meld::lowering {

/// The kinds of Traps.def.
enum class TrapKind : uint32_t {
#define MELD_TRAP(NAME, NUMBER, TEXT) NAME = NUMBER,
#include "meld/Support/Traps.def"
};

/// The number of the kind that Traps.def calls `name`, which must be one.
uint32_t getTrapNumber(llvm::StringRef name);

/// A builder that knows the program. What generated code does most often is
/// one call here: constants, fields of the runtime's records, calls of the
/// runtime, checks.
class Code : public mlir::ImplicitLocOpBuilder {
public:
  /// Builds in front of `op`, at its place.
  Code(Program &program, mlir::Operation *op)
      : ImplicitLocOpBuilder(op->getLoc(), op), program(program) {}
  /// Builds at the end of the entry block of `func`.
  static Code atEndOf(Program &program, wasm::FuncOp func);

  Program &program;

  mlir::Value constant(uint32_t value);
  mlir::Value constant64(uint64_t value);
  /// What the runtime knows an instance by, its address; null is the host.
  mlir::Value instance(mlir::FlatSymbolRefAttr instance);
  /// What it knows a resource type by, a number.
  mlir::Value resource(mlir::FlatSymbolRefAttr resource);
  mlir::Value binary(wasm::BinaryKind kind, mlir::Value lhs, mlir::Value rhs);
  mlir::Value compare(wasm::CompareKind kind, mlir::Value lhs, mlir::Value rhs);
  mlir::Value convert(wasm::ConvertKind kind, mlir::Value input,
                      mlir::Type type);
  /// `value` as an unsigned 64-bit number.
  mlir::Value extend(mlir::Value value);

  /// A field of a record: `record` is its address, `offset` from Layout.h.
  mlir::Value load(mlir::Type type, mlir::Value record, uint32_t offset);
  mlir::Value load(mlir::Value record, uint32_t offset) {
    return load(getI32Type(), record, offset);
  }
  void store(mlir::Value value, mlir::Value record, uint32_t offset);

  /// Stores core arguments into the record of a call.
  void storeArguments(mlir::Value call, mlir::ValueRange arguments);

  /// Calls a function of the root.
  mlir::ValueRange call(mlir::FlatSymbolRefAttr function,
                        mlir::ValueRange arguments);
  /// Calls a function of the runtime. The result is null if it has none.
  mlir::Value runtime(llvm::StringRef name, mlir::ValueRange arguments);
  /// Calls what lies in a slot of the function table and returns nothing.
  void callSlot(mlir::Value slot, mlir::ValueRange arguments);
  /// The slot of `function`, which is put into the table.
  mlir::Value slot(mlir::FlatSymbolRefAttr function);

  /// A `wasm.block` with these results; `body` gets its label, and gives what
  /// the block yields at its end.
  mlir::ValueRange
  block(mlir::TypeRange results,
        llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value)> body);
  /// `if (condition) { then }`; `then` may end in a terminator.
  void when(mlir::Value condition, llvm::function_ref<void()> then);
  /// Does not return; what is built behind it is never run.
  void trap(TrapKind kind, mlir::Value argument = {});
  void trapIf(mlir::Value condition, TrapKind kind, mlir::Value argument = {});

  /// A value of `type` where control never comes.
  mlir::Value nothing(mlir::Type type);
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_CODE_H
