//===- Program.cpp - what a root becomes while it is lowered ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Program.h"

#include "Fibers.h"
#include "RuntimeFunctions.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using component::HostFuncOp;
using component::LiftedOp;
using component::StringEncoding;

Program::Program(component::RootOp root)
    : root(root), symbols(root), target(root.getTargetOrDefault()),
      records(root, symbols), functionSlots(records.copyRows()),
      waiters(findThoseThatWait(root)), fibers(wantsFibers(root)) {
  auto restrict = [&](FlatSymbolRefAttr instance) {
    restricted.try_emplace(instance.getAttr());
  };
  llvm::DenseSet<StringAttr> leavers;
  root.walk([&](Operation *op) {
    cancels |= isa<SubtaskCancelOp>(op);
    if (isa<ThreadIndexOp, ThreadNewOp, ThreadSuspendOp, ThreadSwitchOp>(op))
      threadUsers.insert(
          op->getAttrOfType<FlatSymbolRefAttr>("instance").getAttr());
    if (isa<ContextGetOp, ContextSetOp>(op))
      contextUsers.insert(
          op->getAttrOfType<FlatSymbolRefAttr>("instance").getAttr());
    else if (auto check = dyn_cast<CheckMayLeaveOp>(op))
      leavers.insert(check.getInstanceAttr().getAttr());
    else if (auto copy = dyn_cast<CopyOp>(op); copy && copy.getRealloc())
      restrict(copy.getReaderAttr());
    else if (isa<CallReallocOp, CallPostReturnOp>(op))
      restrict(op->getAttrOfType<FlatSymbolRefAttr>("instance"));
    else if (isa<LiftedOp, TaskTypeOp, CallDirectOp, CallOp, TransferOp>(op) &&
             (op->hasAttr("realloc") || op->hasAttr("post_return")))
      restrict(op->getAttrOfType<FlatSymbolRefAttr>("instance"));
  });
  // *cannot-leave*: nothing asks whether the instance may.
  restricted.remove_if(
      [&](auto &entry) { return !leavers.contains(entry.first); });
}

//===----------------------------------------------------------------------===//
// What is there
//===----------------------------------------------------------------------===//

Callee Program::callee(FlatSymbolRefAttr symbol) const {
  Callee callee;
  llvm::TypeSwitch<Operation *>(symbols.lookup(symbol.getAttr()))
      .Case([&](HostFuncOp op) {
        callee.op = op;
        callee.type = op.getFuncType();
      })
      .Case([&](component::InstanceOfOp op) {
        callee.op = op;
        callee.instance = symbol;
      })
      .Case<LiftedOp, TaskTypeOp>([&](auto op) {
        callee.op = op;
        callee.instance = op.getInstanceAttr();
        callee.step = op.getStepAttr();
        callee.postReturn = op.getPostReturnAttr();
        callee.memory = op.getMemoryAttr();
        callee.realloc = op.getReallocAttr();
        callee.async = op.getAsync();
      });
  if (auto lifted = dyn_cast_if_present<LiftedOp>(callee.op)) {
    callee.type = lifted.getFuncType();
    callee.entry = lifted.getFunctionAttr();
    callee.encoding = lifted.getStringEncoding().value_or(StringEncoding::utf8);
  } else if (auto task = dyn_cast_if_present<TaskTypeOp>(callee.op)) {
    callee.type = cast<component::FuncType>(task.getFunctionType());
    callee.entry = task.getEntryAttr();
    callee.encoding =
        component::symbolizeStringEncoding(task.getStringEncoding())
            .value_or(StringEncoding::utf8);
  }
  return callee;
}

Type Program::entityType(FlatSymbolRefAttr symbol) const {
  auto entity = cast<wasm::EntityOpInterface>(symbols.lookup(symbol.getAttr()));
  return entity.getEntityType();
}

FunctionType Program::functionType(FlatSymbolRefAttr symbol) const {
  return cast<FunctionType>(entityType(symbol));
}

SmallVector<StringAttr> Program::ancestors(FlatSymbolRefAttr instance) const {
  SmallVector<StringAttr> chain;
  while (instance && !llvm::is_contained(chain, instance.getAttr())) {
    chain.push_back(instance.getAttr());
    auto op = symbols.lookup<component::InstanceOfOp>(chain.back());
    instance = op.getParentAttr();
  }
  return chain;
}

bool Program::reenters(FlatSymbolRefAttr caller,
                       FlatSymbolRefAttr callee) const {
  if (!caller || !callee ||
      target.getSpec() != component::SpecVersion::v2026_08)
    return false;
  return llvm::is_contained(ancestors(caller), callee.getAttr()) ||
         llvm::is_contained(ancestors(callee), caller.getAttr());
}

bool Program::usesContext(FlatSymbolRefAttr instance) const {
  return instance && contextUsers.contains(instance.getAttr());
}

bool Program::usesThreads(FlatSymbolRefAttr instance) const {
  return instance && threadUsers.contains(instance.getAttr());
}

//===----------------------------------------------------------------------===//
// What is made
//===----------------------------------------------------------------------===//

FlatSymbolRefAttr Program::add(Operation *op, bool first) {
  Block &body = root.getBody().front();
  symbols.insert(op, first ? body.begin() : body.end());
  return FlatSymbolRefAttr::get(op);
}

wasm::FuncOp Program::addFunction(Location loc, const Twine &name,
                                  FunctionType type) {
  OpBuilder b(root.getContext());
  auto func = wasm::FuncOp::create(b, loc, name.str(), type);
  add(func);
  return func;
}

FlatSymbolRefAttr Program::addVariable(const Twine &name, unsigned bits) {
  OpBuilder b(root.getContext());
  Type type = b.getIntegerType(bits);
  return add(wasm::GlobalOp::create(
      b, root.getLoc(), StringAttr(), b.getStringAttr(name),
      TypeAttr::get(wasm::GlobalType::get(b.getContext(), type, /*mut=*/true)),
      b.getIntegerAttr(type, 0), IntegerAttr(), FlatSymbolRefAttr()));
}

FlatSymbolRefAttr Program::once(const Twine &key,
                                llvm::function_ref<FlatSymbolRefAttr()> make) {
  std::string text = key.str();
  FlatSymbolRefAttr symbol = made.lookup(text);
  return symbol ? symbol : made[text] = make();
}

void Program::addExport(StringRef name, FlatSymbolRefAttr symbol) {
  auto b = OpBuilder::atBlockEnd(&root.getBody().front());
  wasm::ExportOp::create(b, root.getLoc(), name, symbol, entityType(symbol));
}

FlatSymbolRefAttr Program::cannotLeave(FlatSymbolRefAttr instance) {
  auto found = restricted.find(instance.getAttr());
  if (found == restricted.end())
    return {};
  if (!found->second)
    found->second = addVariable(instance.getValue() + "_cannot_leave");
  return found->second;
}

static FlatSymbolRefAttr symbolRef(MLIRContext *context, StringRef name) {
  return FlatSymbolRefAttr::get(context, name);
}

FlatSymbolRefAttr Program::memory() {
  memoryAsked = true;
  return symbolRef(root.getContext(), memorySymbol);
}

FlatSymbolRefAttr Program::table() {
  tableAsked = true;
  return symbolRef(root.getContext(), tableSymbol);
}

FlatSymbolRefAttr Program::runtime(StringRef name) {
  memory();
  table();
  trap(); // the runtime imports all three
  std::string symbol = ("rt." + name).str();
  if (!has(symbol)) {
    OpBuilder b(root.getContext());
    add(wasm::ImportOp::create(b, root.getLoc(), symbol, runtimeModule, name,
                               getRuntimeFunctionType(root.getContext(), name)),
        /*first=*/true);
  }
  return symbolRef(root.getContext(), symbol);
}

FlatSymbolRefAttr Program::hostRuntime(const Twine &name, TypeRange inputs,
                                       TypeRange results) {
  std::string symbol = ("host." + name).str();
  if (!has(symbol)) {
    OpBuilder b(root.getContext());
    add(wasm::ImportOp::create(b, root.getLoc(), symbol, "pulseengine:async",
                               name.str(), b.getFunctionType(inputs, results)),
        /*first=*/true);
  }
  return symbolRef(root.getContext(), symbol);
}

/// Keeps both of its parameters for the host.
static void keepTrapInfo(Program &program, wasm::FuncOp trap) {
  OpBuilder b = OpBuilder::atBlockEnd(&trap.getBody().front());
  constexpr StringLiteral names[] = {"trap_kind", "trap_argument"};
  for (auto [i, name] : llvm::enumerate(names)) {
    FlatSymbolRefAttr variable = program.addVariable("rt." + name);
    program.addExport(("__" + name).str(), variable);
    wasm::GlobalSetOp::create(b, trap.getLoc(), variable, trap.getArgument(i));
  }
}

FlatSymbolRefAttr Program::trap() {
  if (has(trapSymbol))
    return symbolRef(root.getContext(), trapSymbol);
  Builder types(root.getContext());
  Type i32 = types.getI32Type();
  wasm::FuncOp func = addFunction(root.getLoc(), trapSymbol,
                                  types.getFunctionType({i32, i32}, {}));
  if (target.getTrapInfo() == component::TrapInfoMode::full)
    keepTrapInfo(*this, func);
  OpBuilder b = OpBuilder::atBlockEnd(&func.getBody().front());
  wasm::UnreachableOp::create(b, root.getLoc());
  return FlatSymbolRefAttr::get(func);
}

void Program::addSlot(FlatSymbolRefAttr function) {
  table();
  functionSlots.add(function);
}

void Program::addCopy(Type type, const Place &writer, const Place &reader,
                      FlatSymbolRefAttr function) {
  table();
  readersOf[{type, writer.memory}].push_back(reader.memory);
  writersOf[{type, reader.memory}].push_back(writer.memory);
  functionSlots.addCopy(type, records.buffer(type, writer),
                        records.buffer(type, reader), function);
}

ArrayRef<FlatSymbolRefAttr>
Program::copyPeers(Type type, FlatSymbolRefAttr memory, bool writing) const {
  const Peers &peers = writing ? readersOf : writersOf;
  auto found = peers.find({type, memory});
  return found == peers.end() ? ArrayRef<FlatSymbolRefAttr>() : found->second;
}
