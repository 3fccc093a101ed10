//===- Entry.h - when the host may enter ------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two counters keep the host from where it must not be: `entered` counts
// entries from the host that have not returned, `outside` calls of host
// functions that have not returned. The host may enter while it holds control,
// which is when both are equal; the version 2026-08 of the rules wants both to
// be 0. A trap leaves `entered` above `outside` for ever, so nothing enters a
// program that has trapped.
//
// A host function that throws leaves both one too high. Under 2026-08 that ends
// the program as well; under 2026-10 nothing in the module can tell it from a
// host function that calls back, so there the host keeps itself out. Where a
// barrier (Barriers.h) makes a trap of what it threw, the module does it.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_ENTRY_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_ENTRY_H

#include "Abi.h"
#include "Code.h"

namespace meld::lowering {

/// Emits the code at the beginning and the end of entries from the host, and
/// around calls of it.
class Entry {
public:
  Entry(Program &program, Abi &abi);

  /// Whether the host may enter while it was called from inside.
  bool canNest() const { return nests; }

  /// Begins an entry; traps if it is not legal. The result is what the others
  /// want: 0 if no other entry is under way. `serves` says that the entry
  /// serves a call that is under way, as realloc does, and is legal whenever
  /// the host holds control.
  mlir::Value enter(Code &code, bool serves = false);
  void leave(Code &code);
  /// Ends the program: no entry is legal from here on, however many calls of
  /// the host have been left by an exception.
  void shut(Code &code);

  /// Ends an entry that may have made tasks ready: runs some of them, and asks
  /// the host for another turn if that was not enough. Within another entry it
  /// only asks. Nothing in a program without callbacks.
  void run(Code &code, mlir::Value before);
  /// The end of `[start]f`, instead of `run`: `number` is what the runtime's
  /// call_host gave for `call`; the result is what `[start]f` returns.
  mlir::Value runStarted(Code &code, mlir::Value before, mlir::Value call,
                         mlir::Value number);
  /// The number that `task_result` gets for `call`, which resolves now.
  mlir::Value resultNumber(Code &code, mlir::Value call);

  /// Whether a call of asynchronous type stays inside until it has resolved, as
  /// in a program that becomes a component (`edge = component`). It asks for no
  /// turns then, and has `expect`, `wait` and `resolve` for `run`, in this
  /// order.
  bool blocks() const { return isBlocking; }
  void expect(Code &code, mlir::Value call);
  void wait(Code &code);
  /// `call` resolves now: if it is waited for, which the result says, it is no
  /// more.
  mlir::Value resolve(Code &code, mlir::Value call);
  /// Asks for another turn if a task is ready, and runs none.
  void schedule(Code &code);

  /// Calls a function of the host that may call back. If an entry in between
  /// has trapped, and the host kept that to itself, the program traps now.
  mlir::ValueRange callHost(Code &code, mlir::FlatSymbolRefAttr import,
                            mlir::ValueRange arguments);
  /// An import of `pulseengine:async`, inside which the host does not enter.
  mlir::FlatSymbolRefAttr hostRuntime(llvm::StringRef name,
                                      mlir::TypeRange parameters);

private:
  mlir::FlatSymbolRefAttr variable(mlir::FlatSymbolRefAttr &symbol,
                                   llvm::StringRef name);
  mlir::Value get(Code &code, mlir::FlatSymbolRefAttr symbol);
  void change(Code &code, mlir::FlatSymbolRefAttr symbol,
              wasm::BinaryKind kind);
  mlir::FlatSymbolRefAttr turns();
  mlir::FlatSymbolRefAttr started();
  mlir::FlatSymbolRefAttr waiting();

  Program &program;
  Abi &abi;
  /// The host can be called; it may enter then; tasks can become ready.
  bool callsOut, nests, hasTurns, isBlocking;
  mlir::FlatSymbolRefAttr entered, outside, starting;
  mlir::FlatSymbolRefAttr turnsFunction, startedFunction, waitingFunction;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_ENTRY_H
