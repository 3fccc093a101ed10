//===- Barriers.cpp - exceptions end at component boundaries ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A graph of who calls whom, coarse on the side of the guests: core instances
// that are linked with each other are one node, because an exception may go
// from one to the other. Generated functions are a node each; all that the host
// gives is one. What throws is spread backwards. Where it meets a guest with
// handlers it stops, and the function there becomes a barrier.
//
//===----------------------------------------------------------------------===//

#include "Barriers.h"

#include "Code.h"
#include "Exceptions.h"
#include "RuntimeFunctions.h"

#include "../Remarks.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Rules.h"

#include "llvm/ADT/IntEqClasses.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;

namespace {
class Boundaries {
public:
  explicit Boundaries(Program &program);

  /// The functions that have to be barriers, in the order of the root.
  SmallVector<wasm::FuncOp> find();
  /// Whether an exception of the host itself may reach `func`.
  bool callsHost(wasm::FuncOp func) const;
  /// Whether a module of the program has a handler.
  bool catchesAny();
  /// Whether handlers of a module may ever be of use without the host.
  bool usesTags();
  /// The form of handlers that all modules can stand beside.
  FailureOr<bool> isLegacy();

private:
  using Node = unsigned;
  static constexpr Node host = 0, runtime = 1, nowhere = ~0u;

  Operation *resolve(FlatSymbolRefAttr symbol) const {
    return program.symbols.lookup(symbol.getAttr());
  }
  Node nodeOf(FlatSymbolRefAttr symbol) const;
  wasm::ModuleOp moduleOf(wasm::InstanceOp instance) const {
    return program.symbols.lookup<wasm::ModuleOp>(
        instance.getModuleAttr().getAttr());
  }
  void addNodes();
  void addCalls(wasm::FuncOp func);
  void addArguments(wasm::InstanceOp instance);
  void addEdge(Node caller, Node callee) {
    if (callee != nowhere)
      callers[callee].push_back(caller);
  }
  bool isGuest(Node node) const { return guests.contains(node); }
  bool catches(Node guest);

  Program &program;
  Exceptions exceptions;
  SmallVector<wasm::InstanceOp> instances;
  SmallVector<wasm::FuncOp> functions;
  llvm::DenseMap<Operation *, Node> nodes;
  /// The instances of each node that is of guests.
  llvm::DenseMap<Node, SmallVector<wasm::InstanceOp>> guests;
  llvm::DenseMap<Node, bool> handlers;
  SmallVector<SmallVector<Node>> callers;
};
} // namespace

//===----------------------------------------------------------------------===//
// The graph
//===----------------------------------------------------------------------===//

Boundaries::Boundaries(Program &program)
    : program(program),
      instances(program.root.getBody().getOps<wasm::InstanceOp>()),
      functions(program.root.getBody().getOps<wasm::FuncOp>()) {
  addNodes();
  for (wasm::FuncOp func : functions)
    addCalls(func);
  for (wasm::InstanceOp instance : instances)
    addArguments(instance);
  for (FlatSymbolRefAttr slot : program.slots().all())
    if (slot)
      addEdge(runtime, nodeOf(slot));
}

/// Instances that give each other anything are one node.
void Boundaries::addNodes() {
  llvm::DenseMap<Operation *, unsigned> numbers;
  for (auto [number, instance] : llvm::enumerate(instances))
    numbers[instance] = number;
  llvm::IntEqClasses linked(instances.size());
  for (auto [number, instance] : llvm::enumerate(instances))
    for (Attribute argument : instance.getArguments())
      if (auto alias = dyn_cast_if_present<wasm::AliasOp>(
              resolve(cast<FlatSymbolRefAttr>(argument))))
        linked.join(number, numbers.lookup(resolve(alias.getInstanceAttr())));
  linked.compress();
  constexpr Node first = runtime + 1;
  for (auto [number, instance] : llvm::enumerate(instances)) {
    Node node = first + linked[number];
    nodes[instance] = node;
    guests[node].push_back(instance);
  }
  Node next = first + linked.getNumClasses();
  for (wasm::FuncOp func : functions)
    nodes[func] = next++;
  callers.resize(next);
}

Boundaries::Node Boundaries::nodeOf(FlatSymbolRefAttr symbol) const {
  Operation *op = resolve(symbol);
  if (auto alias = dyn_cast_if_present<wasm::AliasOp>(op))
    return nodes.lookup(resolve(alias.getInstanceAttr()));
  if (auto import = dyn_cast_if_present<wasm::ImportOp>(op))
    return import.getModule() == runtimeModule ? runtime : host;
  auto found = nodes.find(op);
  return found == nodes.end() ? nowhere : found->second;
}

void Boundaries::addCalls(wasm::FuncOp func) {
  Node node = nodes.at(func);
  func.walk([&](Operation *op) {
    if (auto call = dyn_cast<wasm::CallOp>(op))
      addEdge(node, nodeOf(call.getCalleeAttr()));
    else if (auto call = dyn_cast<wasm::CallIndirectOp>(op))
      addEdge(node, call.getTable() == tableSymbol
                        ? Node(runtime)
                        : nodeOf(call.getTableAttr()));
  });
}

void Boundaries::addArguments(wasm::InstanceOp instance) {
  Node node = nodes.at(instance);
  for (Attribute argument : instance.getArguments())
    if (Node callee = nodeOf(cast<FlatSymbolRefAttr>(argument)); callee != node)
      addEdge(node, callee);
}

//===----------------------------------------------------------------------===//
// What throws
//===----------------------------------------------------------------------===//

bool Boundaries::catches(Node guest) {
  auto [known, isNew] = handlers.try_emplace(guest, false);
  if (isNew)
    known->second = llvm::any_of(guests.at(guest), [&](auto instance) {
      return exceptions.use(moduleOf(instance)).catches;
    });
  return known->second;
}

SmallVector<wasm::FuncOp> Boundaries::find() {
  SmallVector<Node> work{host};
  for (wasm::InstanceOp instance : instances)
    if (exceptions.throws(moduleOf(instance)))
      work.push_back(nodes.at(instance));
  llvm::DenseSet<Node> thrown(work.begin(), work.end()), barriers;
  while (!work.empty()) {
    Node callee = work.pop_back_val();
    for (Node caller : callers[callee]) {
      if (isGuest(caller) && catches(caller))
        barriers.insert(callee);
      else if (thrown.insert(caller).second)
        work.push_back(caller);
    }
  }
  return llvm::filter_to_vector(functions, [&](wasm::FuncOp func) {
    return barriers.contains(nodes.at(func));
  });
}

bool Boundaries::catchesAny() {
  return llvm::any_of(instances, [&](wasm::InstanceOp instance) {
    return exceptions.use(moduleOf(instance)).catches;
  });
}

bool Boundaries::usesTags() {
  return llvm::any_of(instances, [&](wasm::InstanceOp instance) {
    return exceptions.hasTags(moduleOf(instance));
  });
}

bool Boundaries::callsHost(wasm::FuncOp func) const {
  return llvm::is_contained(callers[host], nodes.lookup(func));
}

FailureOr<bool> Boundaries::isLegacy() {
  wasm::ModuleOp legacy, standard;
  for (wasm::InstanceOp instance : instances) {
    wasm::ModuleOp module = moduleOf(instance);
    const ExceptionUse &use = exceptions.use(module);
    if (use.legacy)
      legacy = module;
    else if (use.standard)
      standard = module;
  }
  if (!legacy || !standard)
    return bool(legacy);
  RuleDiag diag = emitRule(legacy.getLoc(), Rule::unsupported_feature)
                  << "a core module handles exceptions with `try` and `catch`, "
                     "another one with `try_table`: engines refuse both in one "
                     "module, which a program is when it is fused";
  diag.attachNote(standard.getLoc()) << "the other module";
  return FailureOr<bool>(diag);
}

//===----------------------------------------------------------------------===//
// Barriers
//===----------------------------------------------------------------------===//

/// What `func` does goes into a `try`; behind it comes the trap.
static void makeBarrier(Program &program, Entry &entry, wasm::FuncOp func,
                        TrapKind kind, bool legacy) {
  Block &body = func.getBody().front();
  Block inner;
  inner.getOperations().splice(inner.end(), body.getOperations());
  Code code = Code::atEndOf(program, func);
  code.block({}, [&](Value caught) -> SmallVector<Value> {
    auto attempt = wasm::TryOp::create(code, caught, legacy);
    attempt.getBlock()->getOperations().splice(attempt.getBlock()->end(),
                                               inner.getOperations());
    return {};
  });
  entry.shut(code);
  code.trap(kind);
  wasm::UnreachableOp::create(code);
}

static void remarkBarrier(wasm::FuncOp func, bool callsHost) {
  Remarks remarks(func.getContext(), "lower-async-intrinsics");
  remarks.missed(func.getLoc(), "barrier", func.getSymName(), [&] {
    return quoted(func.getSymName()) + " is an exception barrier: " +
           (callsHost ? "the host" : "a module that it reaches") +
           " may throw, and one on the caller's side catches (neither "
           "nothing-thrown nor nobody-catches holds)";
  });
}

static void remarkNoBarrier(Program &program, Boundaries &boundaries) {
  Remarks remarks(program.root.getContext(), "lower-async-intrinsics");
  remarks.passed(program.root.getLoc(), "barrier", program.root.getSymName(),
                 [&]() -> std::string {
                   if (!boundaries.catchesAny())
                     return "no function is an exception barrier: no module "
                            "has a handler (nobody-catches)";
                   return "no function is an exception barrier: nothing that "
                          "throws is called by a component that catches "
                          "(nothing-thrown)";
                 });
}

LogicalResult meld::lowering::addBarriers(Program &program, Entry &entry) {
  Boundaries boundaries(program);
  SmallVector<wasm::FuncOp> barriers = boundaries.find();
  if (barriers.empty() && !boundaries.usesTags())
    return remarkNoBarrier(program, boundaries), success();
  FailureOr<bool> legacy = boundaries.isLegacy();
  if (failed(legacy))
    return failure();
  if (barriers.empty())
    remarkNoBarrier(program, boundaries);
  for (wasm::FuncOp func : barriers) {
    bool host = boundaries.callsHost(func);
    remarkBarrier(func, host);
    makeBarrier(program, entry, func,
                host ? TrapKind::HostThrew : TrapKind::UncaughtException,
                *legacy);
  }
  return success();
}
