//===- Entry.cpp - when the host may enter ----------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Entry.h"

#include "EdgeStreams.h"

#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using wasm::BinaryKind;
using wasm::CompareKind;

/// How many tasks an entry resumes before the host gets its turn: enough that
/// asking for the next turn costs little, few enough that a task that polls
/// leaves the host's event loop alive.
static constexpr uint32_t quanta = 4096;

Entry::Entry(Program &program, Abi &abi) : program(program), abi(abi) {
  auto &body = program.root.getBody();
  auto isOfHost = [](component::ResourceOp op) { return !op.getInstance(); };
  callsOut = !body.getOps<component::HostFuncOp>().empty() ||
             llvm::any_of(body.getOps<component::ResourceOp>(), isOfHost) ||
             passesEnds(program.symbols, /*onlyLifted=*/true);
  nests =
      callsOut && program.target.getSpec() == component::SpecVersion::v2026_10;
  isBlocking = program.target.getEdge() == component::EdgeMode::component;
  hasTurns = !body.getOps<async_intrinsic::TrampolineOp>().empty();
}

//===----------------------------------------------------------------------===//
// The counters
//===----------------------------------------------------------------------===//

FlatSymbolRefAttr Entry::variable(FlatSymbolRefAttr &symbol, StringRef name) {
  if (!symbol)
    symbol = program.addVariable(name);
  return symbol;
}

Value Entry::get(Code &code, FlatSymbolRefAttr symbol) {
  return wasm::GlobalGetOp::create(code, code.getI32Type(), symbol);
}

void Entry::change(Code &code, FlatSymbolRefAttr symbol, BinaryKind kind) {
  Value value = code.binary(kind, get(code, symbol), code.constant(1));
  wasm::GlobalSetOp::create(code, symbol, value);
}

Value Entry::enter(Code &code, bool serves) {
  FlatSymbolRefAttr counter = variable(entered, "entered");
  Value before = get(code, counter);
  Value illegal = before;
  if (callsOut) {
    Value calls = get(code, variable(outside, "outside"));
    illegal = nests || serves ? code.compare(CompareKind::ne, before, calls)
                              : code.binary(BinaryKind::or_, before, calls);
  }
  code.trapIf(illegal, TrapKind::CannotEnter);
  if (!callsOut || (!nests && !serves))
    before = code.constant(0);
  Value after = callsOut
                    ? code.binary(BinaryKind::add, before, code.constant(1))
                    : code.constant(1);
  wasm::GlobalSetOp::create(code, counter, after);
  return before;
}

/// Counts down, and does not put back what was: an entry inside of this one
/// that has trapped stays counted, whatever the host made of its trap.
void Entry::leave(Code &code) {
  if (callsOut)
    change(code, entered, BinaryKind::sub);
  else
    wasm::GlobalSetOp::create(code, entered, code.constant(0));
}

/// `outside` is below 0 then. It stays there when calls that are under way
/// return, and `entered` never gets there, so they are equal never again.
void Entry::shut(Code &code) {
  if (outside)
    wasm::GlobalSetOp::create(code, outside, code.constant(-1));
}

ValueRange Entry::callHost(Code &code, FlatSymbolRefAttr import,
                           ValueRange arguments) {
  FlatSymbolRefAttr counter = variable(outside, "outside");
  Value before = get(code, variable(entered, "entered"));
  change(code, counter, BinaryKind::add);
  // A frame above the host's cannot wait without it.
  constexpr uint32_t running =
      rt::ControlAddress + offsetof(rt::Control, running);
  bool keepsStack = nests && program.hasFibers();
  Value stack;
  if (keepsStack) {
    stack = code.load(code.constant(0), running);
    code.store(code.constant(0), code.constant(0), running);
  }
  ValueRange results = code.call(import, arguments);
  if (keepsStack)
    code.store(stack, code.constant(0), running);
  code.trapIf(code.compare(CompareKind::ne, get(code, entered), before),
              TrapKind::CannotEnter);
  change(code, counter, BinaryKind::sub);
  return results;
}

//===----------------------------------------------------------------------===//
// Turns
//===----------------------------------------------------------------------===//

FlatSymbolRefAttr Entry::hostRuntime(StringRef name, TypeRange parameters) {
  abi.async = true;
  return program.hostRuntime(name, parameters, {});
}

void Entry::schedule(Code &code) {
  if (!hasTurns || isBlocking)
    return;
  auto load = [&](uint32_t field) {
    return code.load(code.constant(0), rt::ControlAddress + field);
  };
  Value head = load(offsetof(rt::Control, runHead));
  if (program.hasFibers())
    head = code.binary(BinaryKind::or_, head,
                       load(offsetof(rt::Control, waitHead)));
  code.when(head, [&] { code.call(hostRuntime("schedule", {}), {}); });
}

/// (before) -> ()
FlatSymbolRefAttr Entry::turns() {
  if (turnsFunction)
    return turnsFunction;
  Builder types(program.root.getContext());
  wasm::FuncOp func =
      program.addFunction(program.root.getLoc(), "turns",
                          types.getFunctionType(types.getI32Type(), {}));
  Code code = Code::atEndOf(program, func);
  Value before = func.getArgument(0);
  if (nests)
    code.when(before, [&] {
      schedule(code);
      wasm::ReturnOp::create(code);
    });
  Value more = code.runtime("run", code.constant(quanta));
  code.when(more, [&] { code.call(hostRuntime("schedule", {}), {}); });
  wasm::ReturnOp::create(code);
  return turnsFunction = FlatSymbolRefAttr::get(func);
}

void Entry::run(Code &code, Value before) {
  if (hasTurns)
    code.call(turns(), before);
}

/// (before, call, number) -> number. While it runs tasks, `starting` is the
/// call that the host waits for: its result is told as that of task 0, because
/// the host does not know its number yet, and clears the variable.
FlatSymbolRefAttr Entry::started() {
  if (startedFunction)
    return startedFunction;
  Builder types(program.root.getContext());
  Type i32 = types.getI32Type();
  wasm::FuncOp func =
      program.addFunction(program.root.getLoc(), "started",
                          types.getFunctionType({i32, i32, i32}, i32));
  Code code = Code::atEndOf(program, func);
  Value before = func.getArgument(0), call = func.getArgument(1),
        number = func.getArgument(2);
  FlatSymbolRefAttr variable = this->variable(starting, "starting");
  Value resolved = wasm::TestOp::create(code, i32, wasm::TestKind::eqz, number);
  code.when(code.binary(BinaryKind::or_, before, resolved), [&] {
    code.call(turns(), before);
    wasm::ReturnOp::create(code, ValueRange{number});
  });
  wasm::GlobalSetOp::create(code, variable, call);
  code.call(turns(), before);
  Value open = code.compare(CompareKind::eq, get(code, variable), call);
  wasm::GlobalSetOp::create(code, variable, code.constant(0));
  Value result =
      wasm::SelectOp::create(code, i32, open, number, code.constant(0));
  wasm::ReturnOp::create(code, ValueRange{result});
  return startedFunction = FlatSymbolRefAttr::get(func);
}

Value Entry::runStarted(Code &code, Value before, Value call, Value number) {
  if (!hasTurns)
    return number;
  return code.call(started(), {before, call, number}).front();
}

Value Entry::resultNumber(Code &code, Value call) {
  Value index = code.load(call, offsetof(rt::Call, subtask) +
                                    offsetof(rt::Waitable, index));
  if (!hasTurns)
    return index;
  Value same = resolve(code, call);
  return wasm::SelectOp::create(code, code.getI32Type(), same, code.constant(0),
                                index);
}

//===----------------------------------------------------------------------===//
// Calls that stay inside
//===----------------------------------------------------------------------===//

void Entry::expect(Code &code, Value call) {
  wasm::GlobalSetOp::create(code, variable(starting, "starting"), call);
}

Value Entry::resolve(Code &code, Value call) {
  FlatSymbolRefAttr variable = this->variable(starting, "starting");
  Value same = code.compare(CompareKind::eq, get(code, variable), call);
  code.when(same, [&] {
    wasm::GlobalSetOp::create(code, variable, code.constant(0));
  });
  return same;
}

/// () -> (): runs tasks until nothing is waited for. Where none is ready, none
/// ever will be: functions of the host have returned when their call does.
FlatSymbolRefAttr Entry::waiting() {
  if (waitingFunction)
    return waitingFunction;
  Builder types(program.root.getContext());
  wasm::FuncOp func = program.addFunction(program.root.getLoc(), "wait",
                                          types.getFunctionType({}, {}));
  Code code = Code::atEndOf(program, func);
  FlatSymbolRefAttr variable = this->variable(starting, "starting");
  auto loop = wasm::LoopOp::create(code);
  {
    OpBuilder::InsertionGuard guard(code);
    code.setInsertionPointToStart(loop.getBlock());
    Value more = hasTurns ? code.runtime("run", code.constant(quanta))
                          : code.constant(0);
    Value open = get(code, variable);
    Value done = wasm::TestOp::create(code, code.getI32Type(),
                                      wasm::TestKind::eqz, open);
    code.when(done, [&] { wasm::ReturnOp::create(code); });
    Value stuck = wasm::TestOp::create(code, code.getI32Type(),
                                       wasm::TestKind::eqz, more);
    code.trapIf(stuck, TrapKind::Deadlock);
    wasm::BrOp::create(code, loop.getLabel(), ValueRange());
  }
  wasm::UnreachableOp::create(code);
  return waitingFunction = FlatSymbolRefAttr::get(func);
}

void Entry::wait(Code &code) { code.call(waiting(), {}); }
