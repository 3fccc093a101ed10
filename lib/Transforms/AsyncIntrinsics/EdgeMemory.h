//===- EdgeMemory.h - guest memory that the host touches --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGEMEMORY_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGEMEMORY_H

#include "../AdapterUse.h"
#include "Entry.h"

#include "meld/Adapters/Adapters.h"

namespace meld::lowering {

using adapters::Side;

/// Gives the host what it needs to pass values in memory: exported memories,
/// and realloc functions with `may_leave` off, each once.
///
/// Most functions pass their values in the memory of the guest, as they are.
/// Where handles lie in memory, or there is none, or the target wants one
/// memory for all, they are *staged*: the host
/// sees them in the runtime's memory, and adapters move them to the guest and
/// back.
class EdgeMemory {
public:
  EdgeMemory(Program &program, Abi &abi, Entry &entry)
      : program(program), abi(abi), entry(entry),
        adapters(program.symbols, getAdapterStyle(program.root)),
        remarks(program.root.getContext(), "lower-async-intrinsics") {
    if (remarks.areHeard())
      adapters.listen();
  }

  /// Whether the values of a function of synchronous type can pass between the
  /// host and the side `guest`, whose core function has the type `core`: there
  /// is memory and realloc for them, and their handles can be given to the
  /// host.
  bool canPass(component::FuncType type, component::CallSide call,
               const Side &guest, mlir::FunctionType core) const;

  /// The side of the host in a call of a function of synchronous type, whose
  /// other side says `guest`: that as well, or the staging area.
  Side hostSide(component::FuncType type, const Side &guest);
  static bool isStaged(const Side &host) { return !host.instance; }

  /// The core type of the function on one side.
  static mlir::FunctionType coreType(component::FuncType type,
                                     component::CallSide call,
                                     const Side &side);

  bool isMemory64(mlir::FlatSymbolRefAttr memory) const;
  /// The side of a lift.
  Side sideOf(const Callee &callee) const;
  /// The side of a stream or future where its elements lie.
  static Side sideOf(const Place &place);
  /// The side of the lower that `op`, a call or a transfer, is of.
  template <typename Op> Side getLowerSide(Op op) const {
    Side side{op.getInstanceAttr(), op.getMemoryAttr(), op.getReallocAttr()};
    side.encoding = component::symbolizeStringEncoding(op.getStringEncoding())
                        .value_or(component::StringEncoding::utf8);
    side.memory64 = isMemory64(side.memory);
    return side;
  }

  /// What of `host` the values of a function of synchronous type need: no
  /// memory where none of them lies in it, no realloc where none needs room, no
  /// encoding without strings. The host may be told no more: common bindings
  /// know one memory, one realloc and one encoding. `call` is the guest's side.
  static Side getNeeded(component::FuncType type, component::CallSide call,
                        const Side &host);
  /// Describes where the host finds the values of `function`, and exports it.
  /// `host` has what they need.
  void describe(AbiFunction &function, const Side &host);

  /// The same for a function of asynchronous type, of whose core type only the
  /// parameters count; all values of these are staged. `isAsync` says that it
  /// is lifted or lowered so.
  bool canPassTask(component::FuncType type, component::CallSide call,
                   const Side &guest, mlir::TypeRange parameters,
                   bool isAsync) const;
  /// The staging area as the host's side.
  Side stagingSide();
  /// Exports `__stage`, by which the host gets room for values of functions of
  /// asynchronous type.
  void exportStage();

  /// Moves values as Adapters::move does.
  llvm::SmallVector<mlir::Value> move(Code &code, const adapters::Route &route,
                                      llvm::ArrayRef<mlir::Type> types,
                                      mlir::ValueRange values,
                                      mlir::Value into = {},
                                      bool fromMemory = false);

  /// Room in the staging area for a value of `type`.
  mlir::Value stage(Code &code, mlir::Type type);
  /// All that is staged and was not taken yet, by a call of a function of
  /// `type`: a list for `free`. Null where none of its values lie in memory.
  mlir::Value take(Code &code, component::FuncType type);
  mlir::Value takeAll(Code &code);
  void free(Code &code, mlir::Value list);

  /// Says whether the host finds the values of an export where `guest` has
  /// them.
  void remarkExport(component::ExportFuncOp op, component::FuncType type,
                    const Side &guest) const;
  /// Says how the functions that move values to the host and back are made.
  void remarkFunctions() const {
    meld::remarkFunctions(remarks, adapters, program.symbols);
  }

  /// Moves elements of a stream or future between two guests, by the functions
  /// that move values of the same types here.
  void moveElements(Code &code, const adapters::Route &route,
                    mlir::Type element, mlir::Value target, mlir::Value source,
                    mlir::Value count) {
    adapters.moveElements(code, route, element, target, source, count);
  }

private:
  std::string exportRealloc(const Side &side);

  Program &program;
  Abi &abi;
  Entry &entry;
  adapters::Adapters adapters;
  Remarks remarks;
  llvm::DenseMap<mlir::StringAttr, std::string> reallocs;
  bool hasStage = false;
};

/// Whether a result of `type` passes through memory: it holds pointers, or is
/// more than one core value.
bool passesMemory(mlir::Type result);

/// Why the host does not find the values of a function of synchronous type
/// where the other side has them, in `memory` if they need any, but in the
/// program's own memory; empty if it does. Two functions of the host's that
/// meet have no memory between them.
llvm::StringRef whyStaged(component::TargetAttr target,
                          component::FuncType type,
                          mlir::FlatSymbolRefAttr memory);
/// The result of `type` as a list.
llvm::SmallVector<mlir::Type> getResults(component::FuncType type);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGEMEMORY_H
