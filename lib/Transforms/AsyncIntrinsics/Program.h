//===- Program.h - what a root becomes while it is lowered ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_PROGRAM_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_PROGRAM_H

#include "Slots.h"

namespace meld::lowering {

/// What a call may name, described in one way: a lift, a task type, or what
/// the host gives. What a transfer names may also be an instance.
struct Callee {
  mlir::Operation *op = nullptr;
  component::FuncType type;
  /// Null for the host.
  mlir::FlatSymbolRefAttr instance;
  /// The core functions of a lift, null for the host.
  mlir::FlatSymbolRefAttr entry, step, postReturn;
  /// Where its values lie, null for nowhere.
  mlir::FlatSymbolRefAttr memory, realloc;
  component::StringEncoding encoding = component::StringEncoding::utf8;
  /// Lifted async: its result comes by `task.return`.
  bool async = false;

  bool isHost() const { return !entry; }
  /// Needs the exclusive lock of its instance.
  bool isExclusive() const { return !async || step; }
};

/// A flattened root while it is lowered: its symbols, its records, and the
/// symbols of the runtime, which are made when the first lowering asks for
/// them. So a program that needs no runtime gets nothing of one.
///
/// All symbols of the runtime begin with `rt.`: the memory `rt.memory`, the
/// function table `rt.table`, `rt.trap`, and imports of module
/// `meld:runtime` for `--link-async-runtime` to resolve.
class Program {
public:
  explicit Program(component::RootOp root);

  component::RootOp root;
  mlir::SymbolTable symbols;
  component::TargetAttr target;
  Records records;

  mlir::FlatSymbolRefAttr memory();
  mlir::FlatSymbolRefAttr table();
  /// (kind, argument) -> (): keeps both for the host, and does not return.
  mlir::FlatSymbolRefAttr trap();
  /// A function of Functions.def.
  mlir::FlatSymbolRefAttr runtime(llvm::StringRef name);
  /// A function of the host's runtime, `pulseengine:async`, as an import.
  mlir::FlatSymbolRefAttr hostRuntime(const llvm::Twine &name,
                                      mlir::TypeRange inputs,
                                      mlir::TypeRange results);
  /// Puts `function` into the function table, once.
  void addSlot(mlir::FlatSymbolRefAttr function);
  /// Says that `function` copies elements of `type` from buffers in one place
  /// to buffers in another.
  void addCopy(mlir::Type type, const Place &writer, const Place &reader,
               mlir::FlatSymbolRefAttr function);

  /// What `symbol` names; `op` is null if it is nothing that can be called.
  Callee callee(mlir::FlatSymbolRefAttr symbol) const;
  /// The type of a core entity of the root.
  mlir::Type entityType(mlir::FlatSymbolRefAttr symbol) const;
  mlir::FunctionType functionType(mlir::FlatSymbolRefAttr symbol) const;
  /// Whether a call from `caller` to `callee` re-enters: one is the other, or
  /// holds it. The version 2026-08 of the rules traps there.
  bool reenters(mlir::FlatSymbolRefAttr caller,
                mlir::FlatSymbolRefAttr callee) const;
  /// Whether code of `instance` reads or writes its `context` slots.
  bool usesContext(mlir::FlatSymbolRefAttr instance) const;
  /// Whether code of `instance` asks for its current thread, so that a task of
  /// synchronous type has to begin and end with none.
  bool usesThreads(mlir::FlatSymbolRefAttr instance) const;
  /// The variable that is not 0 while `instance` may not leave; null where it
  /// always may.
  mlir::FlatSymbolRefAttr cannotLeave(mlir::FlatSymbolRefAttr instance);
  /// Whether something asks for the current task.
  bool hasTasks() const { return !records.taskTypes().empty(); }

  /// Whether a frame of generated code may wait for something
  /// (docs/Runtime.md).
  bool hasFramesThatWait() const { return !waiters.empty(); }
  /// Whether one of code of `instance` may.
  bool mayWait(mlir::FlatSymbolRefAttr instance) const {
    return instance && waiters.contains(instance.getAttr());
  }
  /// Whether those run on stacks of their own (Fibers.h).
  bool hasFibers() const { return fibers; }

  /// Whether a call may be asked to end.
  bool hasCancellation() const { return cancels; }

  /// Adds an operation with a symbol, which is made unique, in front of all
  /// that was there (`first`) or behind it.
  mlir::FlatSymbolRefAttr add(mlir::Operation *op, bool first = false);
  /// Adds a function with an empty body.
  wasm::FuncOp addFunction(mlir::Location loc, const llvm::Twine &name,
                           mlir::FunctionType type);
  /// Adds a variable of 32 or `bits` bits that is 0 at first.
  mlir::FlatSymbolRefAttr addVariable(const llvm::Twine &name,
                                      unsigned bits = 32);
  /// What `make` adds, the first time that `key` is asked for. No look-up of a
  /// symbol does: the root may have one of that name itself.
  mlir::FlatSymbolRefAttr
  once(const llvm::Twine &key,
       llvm::function_ref<mlir::FlatSymbolRefAttr()> make);
  /// The variable `name` that is 0 at first, one for all who ask.
  mlir::FlatSymbolRefAttr variable(llvm::StringRef name) {
    return once(name, [&] { return addVariable(name); });
  }
  mlir::FlatSymbolRefAttr variable64(llvm::StringRef name) {
    return once(name, [&] { return addVariable(name, 64); });
  }
  /// Exports a core entity of the root.
  void addExport(llvm::StringRef name, mlir::FlatSymbolRefAttr symbol);

  /// The memories at the other end of copies of `type` that `memory` takes part
  /// in as the writer's or as the reader's.
  llvm::ArrayRef<mlir::FlatSymbolRefAttr>
  copyPeers(mlir::Type type, mlir::FlatSymbolRefAttr memory,
            bool writing) const;

  /// Puts the thunk of streams at the edge into the function table, where the
  /// runtime finds it.
  void setEdge(mlir::FlatSymbolRefAttr thunk) { addSlot(edge = thunk); }
  /// Null where none is.
  mlir::FlatSymbolRefAttr getEdge() const { return edge; }
  /// The same for what switches to another stack.
  void setFiber(mlir::FlatSymbolRefAttr thunk) { addSlot(fiber = thunk); }
  mlir::FlatSymbolRefAttr getFiber() const { return fiber; }

  /// What was asked for, to be made when all lowerings are done.
  bool wantsMemory() const { return memoryAsked; }
  bool wantsTable() const { return tableAsked; }
  const Slots &slots() const { return functionSlots; }

private:
  bool has(llvm::StringRef name) const { return symbols.lookup(name); }
  llvm::SmallVector<mlir::StringAttr>
  ancestors(mlir::FlatSymbolRefAttr instance) const;

  using Peers = llvm::DenseMap<std::pair<mlir::Type, mlir::Attribute>,
                               llvm::SmallVector<mlir::FlatSymbolRefAttr>>;
  Peers readersOf, writersOf;
  Slots functionSlots;
  llvm::StringMap<mlir::FlatSymbolRefAttr> made;
  mlir::FlatSymbolRefAttr edge, fiber;
  llvm::DenseSet<mlir::StringAttr> contextUsers, threadUsers, waiters;
  /// Instances that run where they may not leave, and the variable of each,
  /// once it was asked for.
  llvm::MapVector<mlir::StringAttr, mlir::FlatSymbolRefAttr> restricted;
  bool memoryAsked = false, tableAsked = false, fibers = false, cancels = false;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_PROGRAM_H
