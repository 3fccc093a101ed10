//===- Canon.td - every canonical built-in -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_CANON_TD
#define MELD_DIALECT_COMPONENT_IR_CANON_TD

// The one table of the canonical built-ins (Binary.md, `canon`). It gives the
// ops of the dialect, the keywords of `component.canonical`, the lookups in
// C++, what the binary reader reads, and docs/Canon.md. It includes nothing of
// MLIR, because two generators read it.

// SearchableTable.td has no guard of its own.
#ifndef MELD_SEARCHABLE_TABLE
#define MELD_SEARCHABLE_TABLE
include "llvm/TableGen/SearchableTable.td"
#endif

/// A built-in: its name in the spec, its byte in the binary format, its family.
class Canon<string spec, int opcode, string family> {
  string SpecName = spec;
  /// Behind `component.`; as a keyword of `component.canonical`; the byte.
  string Mnemonic = !subst("-", "_", spec);
  string Keyword = !subst(".", "_", Mnemonic);
  int Number = opcode;
  bits<8> Opcode = opcode;
  string Family = family;

  /// What must be there, in the order of the binary format:
  /// stream, future, resource  a type      result     a value type or none
  /// context  a core type and a slot       memory     a core memory
  /// core_type  a core function type       table      a core table
  list<string> Immediates = [];
  /// What may be there: async, cancellable, shared, memory, realloc,
  /// string_encoding.
  list<string> Options = [];
  /// The core signature: i32, i64, addr (the memory's address type), context
  /// (the immediate's core type), flat (the flattened result), funcref.
  list<string> Params = [];
  list<string> Results = [];
  /// never, sync (unless the option `async` is there), always.
  string Blocks = "never";
  /// Meld's runtime has it. The others are refused at compile time, by name.
  bit Built = 0;

  string ImmediateWords = !interleave(Immediates, " ");
  string OptionWords = !interleave(Options, " ");
  string ParamWords = !interleave(Params, " ");
  string ResultWords = !interleave(Results, " ");
}

//===----------------------------------------------------------------------===//
// Resources and error contexts
//===----------------------------------------------------------------------===//

class HandleCanon<string spec, int opcode> : Canon<spec, opcode, "handle">;

let Immediates = ["resource"], Built = 1 in {
  let Params = ["i32"], Results = ["i32"] in {
    def ResourceNew : HandleCanon<"resource.new", 0x02>;
    def ResourceRep : HandleCanon<"resource.rep", 0x04>;
  }
  let Params = ["i32"] in
  def ResourceDrop : HandleCanon<"resource.drop", 0x03>;
}

let Options = ["memory", "realloc", "string_encoding"], Built = 1 in {
  let Params = ["addr", "addr"], Results = ["i32"] in
  def ErrorContextNew : HandleCanon<"error-context.new", 0x1c>;
  let Params = ["i32", "addr"] in
  def ErrorContextDebugMessage
      : HandleCanon<"error-context.debug-message", 0x1d>;
}
let Params = ["i32"], Built = 1 in
def ErrorContextDrop : HandleCanon<"error-context.drop", 0x1e>;

//===----------------------------------------------------------------------===//
// Tasks, subtasks, waitables, context
//===----------------------------------------------------------------------===//

class TaskCanon<string spec, int opcode> : Canon<spec, opcode, "task">;

let Built = 1 in {
  def BackpressureInc : TaskCanon<"backpressure.inc", 0x24>;
  def BackpressureDec : TaskCanon<"backpressure.dec", 0x25>;
}

let Immediates = ["result"], Options = ["memory", "string_encoding"],
    Params = ["flat"], Built = 1 in
def TaskReturn : TaskCanon<"task.return", 0x09>;
let Built = 1 in
def TaskCancel : TaskCanon<"task.cancel", 0x05>;

let Immediates = ["context"], Built = 1 in {
  let Results = ["context"] in
  def ContextGet : TaskCanon<"context.get", 0x0a>;
  let Params = ["context"] in
  def ContextSet : TaskCanon<"context.set", 0x0b>;
}

let Options = ["async"], Params = ["i32"], Results = ["i32"],
    Blocks = "sync", Built = 1 in
def SubtaskCancel : TaskCanon<"subtask.cancel", 0x06>;
let Params = ["i32"], Built = 1 in
def SubtaskDrop : TaskCanon<"subtask.drop", 0x0d>;

let Results = ["i32"], Built = 1 in
def WaitableSetNew : TaskCanon<"waitable-set.new", 0x1f>;
let Options = ["cancellable"], Immediates = ["memory"],
    Params = ["i32", "addr"], Results = ["i32"], Built = 1 in {
  let Blocks = "always" in
  def WaitableSetWait : TaskCanon<"waitable-set.wait", 0x20>;
  def WaitableSetPoll : TaskCanon<"waitable-set.poll", 0x21>;
}
let Params = ["i32"], Built = 1 in
def WaitableSetDrop : TaskCanon<"waitable-set.drop", 0x22>;
let Params = ["i32", "i32"], Built = 1 in
def WaitableJoin : TaskCanon<"waitable.join", 0x23>;

//===----------------------------------------------------------------------===//
// Streams and futures
//===----------------------------------------------------------------------===//

/// A built-in of `stream` or `future`; `spec` is what follows the dot.
class EndCanon<string kind, string spec, int opcode>
    : Canon<kind # "." # spec, opcode, kind> {
  let Immediates = [kind];
  let Built = 1;
}
class NewCanon<string kind, int opcode> : EndCanon<kind, "new", opcode> {
  let Results = ["i64"];
}
class CopyCanon<string kind, string spec, int opcode>
    : EndCanon<kind, spec, opcode> {
  let Options = ["async", "memory", "realloc", "string_encoding"];
  let Params = !if(!eq(kind, "stream"), ["i32", "addr", "addr"],
                   ["i32", "addr"]);
  let Results = !if(!eq(kind, "stream"), ["addr"], ["i32"]);
  let Blocks = "sync";
}
class CancelCanon<string kind, string spec, int opcode>
    : EndCanon<kind, spec, opcode> {
  let Options = ["async"];
  let Params = ["i32"];
  let Results = ["i32"];
  let Blocks = "sync";
}
class DropCanon<string kind, string spec, int opcode>
    : EndCanon<kind, spec, opcode> {
  let Params = ["i32"];
}

def StreamNew : NewCanon<"stream", 0x0e>;
def StreamRead : CopyCanon<"stream", "read", 0x0f>;
def StreamWrite : CopyCanon<"stream", "write", 0x10>;
def StreamDropReadable : DropCanon<"stream", "drop-readable", 0x13>;
def StreamDropWritable : DropCanon<"stream", "drop-writable", 0x14>;
def StreamCancelRead : CancelCanon<"stream", "cancel-read", 0x11>;
def StreamCancelWrite : CancelCanon<"stream", "cancel-write", 0x12>;

def FutureNew : NewCanon<"future", 0x15>;
def FutureRead : CopyCanon<"future", "read", 0x16>;
def FutureWrite : CopyCanon<"future", "write", 0x17>;
def FutureCancelRead : CancelCanon<"future", "cancel-read", 0x18>;
def FutureCancelWrite : CancelCanon<"future", "cancel-write", 0x19>;
def FutureDropReadable : DropCanon<"future", "drop-readable", 0x1a>;
def FutureDropWritable : DropCanon<"future", "drop-writable", 0x1b>;

//===----------------------------------------------------------------------===//
// Threads
//===----------------------------------------------------------------------===//

class ThreadCanon<string spec, int opcode> : Canon<spec, opcode, "thread">;

let Results = ["i32"], Built = 1 in
def ThreadIndex : ThreadCanon<"thread.index", 0x26>;
let Immediates = ["core_type", "table"], Params = ["i32", "i32"],
    Results = ["i32"], Built = 1 in
def ThreadNewIndirect : ThreadCanon<"thread.new-indirect", 0x27>;
let Params = ["i32"], Built = 1 in
def ThreadResumeLater : ThreadCanon<"thread.resume-later", 0x28>;

let Options = ["cancellable"], Results = ["i32"], Blocks = "always",
    Built = 1 in {
  def ThreadSuspend : ThreadCanon<"thread.suspend", 0x29>;
  def ThreadYield : ThreadCanon<"thread.yield", 0x0c>;
  let Params = ["i32"] in {
    def ThreadSuspendThenResume
        : ThreadCanon<"thread.suspend-then-resume", 0x2a>;
    def ThreadYieldThenResume : ThreadCanon<"thread.yield-then-resume", 0x2b>;
    def ThreadSuspendThenPromote
        : ThreadCanon<"thread.suspend-then-promote", 0x2c>;
    def ThreadYieldThenPromote
        : ThreadCanon<"thread.yield-then-promote", 0x2d>;
  }
}

let Options = ["shared"], Results = ["i32"] in {
  let Immediates = ["core_type"], Params = ["funcref", "i32"] in
  def ThreadSpawnRef : ThreadCanon<"thread.spawn-ref", 0x40>;
  let Immediates = ["core_type", "table"], Params = ["i32", "i32"] in
  def ThreadSpawnIndirect : ThreadCanon<"thread.spawn-indirect", 0x41>;
  def ThreadAvailableParallelism
      : ThreadCanon<"thread.available-parallelism", 0x42>;
}

//===----------------------------------------------------------------------===//
// The table in C++
//===----------------------------------------------------------------------===//

def BuiltinTable : GenericTable {
  let FilterClass = "Canon";
  let CppTypeName = "BuiltinInfo";
  let Fields = ["Opcode", "SpecName", "Mnemonic", "Keyword", "Family",
                "ImmediateWords", "OptionWords", "ParamWords", "ResultWords",
                "Blocks", "Built"];
  let PrimaryKey = ["Opcode"];
  let PrimaryKeyName = "lookupBuiltinByOpcode";
}

def lookupBuiltinBySpecName : SearchIndex {
  let Table = BuiltinTable;
  let Key = ["SpecName"];
}

#endif // MELD_DIALECT_COMPONENT_IR_CANON_TD
