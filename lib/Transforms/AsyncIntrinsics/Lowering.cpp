//===- Lowering.cpp - from intrinsics to core code --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"

#include "Barriers.h"
#include "EdgeStreams.h"
#include "Fibers.h"
#include "RuntimeFunctions.h"
#include "SelfCalls.h"
#include "StaticData.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Limits.h"
#include "meld/Support/Rules.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using component::ExportFuncOp;
using component::HostFuncOp;
using component::LiftedOp;

Lowering::Lowering(component::RootOp root)
    : program(root), entry(program, abi), memory(program, abi, entry),
      resources(program, abi, entry),
      imports(program, abi, entry, memory, resources),
      exports(program, abi, entry, memory, resources, imports,
              passesEnds(program.symbols)) {}

static bool replaceByCall(Code &code, Operation *op, StringRef function,
                          ValueRange arguments) {
  if (Value result = code.runtime(function, arguments))
    op->getResult(0).replaceAllUsesWith(result);
  op->erase();
  return true;
}

bool meld::lowering::lowerToCall(Lowering &lowering, Operation *op,
                                 StringRef function) {
  Code code(lowering.program, op);
  return replaceByCall(code, op, function, op->getOperands());
}

bool meld::lowering::lowerToCall(Lowering &lowering, Operation *op,
                                 StringRef function, FlatSymbolRefAttr instance,
                                 ArrayRef<uint32_t> constants) {
  Code code(lowering.program, op);
  SmallVector<Value> arguments{code.instance(instance)};
  llvm::append_range(arguments, op->getOperands());
  for (uint32_t value : constants)
    arguments.push_back(code.constant(value));
  return replaceByCall(code, op, function, arguments);
}

template <typename Op> static SmallVector<Op> collect(component::RootOp root) {
  return llvm::to_vector(root.getBody().getOps<Op>());
}

/// Lowers one operation, if it is one that stands in a function. A buffer goes
/// with the copy that uses it.
static void lowerOne(Lowering &lowering, Operation *op) {
  llvm::TypeSwitch<Operation *>(op)
      .Case<CheckMayLeaveOp, TrapOp, CheckPointerOp, ResourceNewOp,
            ResourceRepOp, ResourceDropOp, ScopeBeginOp, ScopeEnterOp,
            ScopeCheckOp, ScopeEndOp, StreamNewOp, StreamReadOp, StreamWriteOp,
            StreamCancelReadOp, StreamCancelWriteOp, StreamDropReadableOp,
            StreamDropWritableOp, FutureNewOp, FutureReadOp, FutureWriteOp,
            FutureCancelReadOp, FutureCancelWriteOp, FutureDropReadableOp,
            FutureDropWritableOp, WaitableSetNewOp, WaitableSetPollOp,
            WaitableSetWaitOp, WaitableSetDropOp, WaitableJoinOp, SubtaskDropOp,
            SubtaskCancelOp, TaskCancelOp, ThreadYieldOp, ThreadIndexOp,
            ThreadNewOp, ThreadResumeLaterOp, ThreadSuspendOp, ThreadSwitchOp,
            ErrorContextNewOp, ErrorContextDebugMessageOp, ErrorContextDropOp,
            BackpressureIncOp, BackpressureDecOp, ContextGetOp, ContextSetOp,
            TaskReturnOp, TaskExitOp, TaskYieldOp, TaskWaitOp, CallOp,
            CallDirectOp, CallEntryOp, CallReallocOp, CallPostReturnOp,
            CallSyncOp, CallSetResultOp, CallArgumentsOp, CallResultPointerOp,
            EnterOp, TransferOp>([&](auto op) { lower(lowering, op); });
}

void Lowering::lowerAll(llvm::function_ref<bool(Operation *)> wanted) {
  SmallVector<Operation *> work;
  for (auto func : collect<wasm::FuncOp>(program.root))
    func.walk([&](Operation *op) {
      if (wanted(op))
        work.push_back(op);
    });
  for (Operation *op : work)
    lowerOne(*this, op);
}

/// What makes functions that move values comes first, calls of the host and
/// messages: these functions are lowered with the rest.
void Lowering::lowerFunctions() {
  if (exports.passEnds())
    edgeElements = makeEdgeElements(program, entry, memory, abi);
  lowerAll([&](Operation *op) {
    return isa<CallDirectOp, CallOp, CallSyncOp, ErrorContextNewOp,
               ErrorContextDebugMessageOp>(op) ||
           isSelfTransfer(program, op);
  });
  lowerAll([](Operation *op) {
    return isa<AsyncIntrinsicDialect>(op->getDialect());
  });
}

void Lowering::lowerSymbols() {
  for (auto op : collect<ExportFuncOp>(program.root))
    if (exports.add(op))
      op.erase();
  for (auto op : collect<TrampolineOp>(program.root))
    exports.add(op);
  for (auto op : collect<component::TypeNameOp>(program.root)) {
    abi.addType({op.getName().str(), op.getType()});
    op.erase();
  }
  for (auto op : collect<CopyOp>(program.root))
    lower(*this, op);
}

/// A thunk that nothing reaches: calls of the host have none, or make their
/// own.
static bool isDeadThunk(Operation *op) {
  auto func = dyn_cast<wasm::FuncOp>(op);
  if (!func)
    return false;
  Block &body = func.getBody().front();
  return !body.getOps<EnterOp>().empty() || !body.getOps<TransferOp>().empty();
}

/// What the lowered operations named has done its work. What is still used
/// stays, so that the next pass finds whole IR and can say what is missing.
void Lowering::eraseUnused() {
  auto erase = [&](llvm::function_ref<bool(Operation *)> mayGo) {
    llvm::DenseSet<Attribute> used;
    Region &body = program.root.getBody();
    auto uses = SymbolTable::getSymbolUses(&body);
    for (SymbolTable::SymbolUse use : *uses)
      used.insert(use.getSymbolRef());
    for (Operation &op : llvm::make_early_inc_range(body.front()))
      if (mayGo(&op) && !used.contains(FlatSymbolRefAttr::get(&op)))
        program.symbols.erase(&op);
  };
  erase(isDeadThunk);
  erase(
      [](Operation *op) { return isa<LiftedOp, HostFuncOp, TaskTypeOp>(op); });
}

/// The statistics that the runtime keeps under `count_copies`.
static void exportStatistics(Program &program) {
  if (program.target.getCountCopies() != component::CountCopies::on ||
      !program.wantsMemory())
    return;
  for (StringRef name : {"stat_copies", "stat_bytes", "stat_reader_first",
                         "stat_writer_first", "stat_live"})
    program.addExport(("__" + name).str(), program.runtime(name));
}

/// Common bindings know the only one by the name `memory`.
void Lowering::exportMemories() {
  SmallVector<FlatSymbolRefAttr> memories = abi.exportedMemories();
  for (auto [i, memory] : llvm::enumerate(memories))
    program.addExport(Abi::memoryName(i), memory);
  auto isTaken = [](wasm::ExportOp op) { return op.getName() == "memory"; };
  if (memories.size() == 1 &&
      llvm::none_of(program.root.getBody().getOps<wasm::ExportOp>(), isTaken))
    program.addExport("memory", memories.front());
}

void Lowering::finish() {
  exportStatistics(program);
  memory.remarkFunctions();
  makeEdgeThunk(program, abi, edgeElements);
  makeFibers(program, entry, abi);
  makeStaticData(program);
  exportMemories();
  abi.hasTrapInfo =
      program.symbols.lookup(trapSymbol) &&
      program.target.getTrapInfo() == component::TrapInfoMode::full;
  auto b = OpBuilder::atBlockEnd(&program.root.getBody().front());
  wasm::CustomOp::create(b, program.root.getLoc(), abiSection, abi.print());
}

static LogicalResult checkCounts(component::RootOp root,
                                 const Records &records) {
  auto check = [&](size_t count, StringRef what) -> LogicalResult {
    if (count <= limits::handleTypes)
      return success();
    return emitRule(root, Rule::input_limit)
           << "the program has " << count << ' ' << what << ", the limit is "
           << limits::handleTypes;
  };
  if (failed(check(records.resourceTypes(), "types of resources")))
    return failure();
  return check(records.streamTypes().size(), "types of streams and futures");
}

LogicalResult Lowering::run() {
  if (failed(checkCounts(program.root, program.records)))
    return failure();
  lowerSymbols();
  lowerFunctions();
  // Records of task types name steps, which only now are all in the table.
  for (Operation *task : program.records.taskTypes())
    if (FlatSymbolRefAttr step =
            program.callee(FlatSymbolRefAttr::get(task)).step)
      program.addSlot(step);
  if (failed(addBarriers(program, entry)))
    return failure();
  finish();
  eraseUnused();
  return success();
}
