//===- Linker.cpp - several roots into one --------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The inputs are wrapped as they stand, and instantiated depth first in order
// of their needs. An input that is met while it is open needs itself: the steps
// that led there are the cycle.
//
//===----------------------------------------------------------------------===//

#include "Linker.h"
#include "meld/Support/Rules.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Support/Versions.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::link;

Linker::Linker(ModuleOp module, ArrayRef<RootOp> roots,
               ArrayRef<std::string> kept)
    : module(module), kept(kept), builder(module.getContext()) {
  for (RootOp root : roots) {
    Input &input = inputs.emplace_back();
    input.root = root;
    llvm::append_range(input.imports, root.getOps<ImportOp>());
    llvm::append_range(input.exports, root.getOps<ExportOp>());
  }
}

//===----------------------------------------------------------------------===//
// What can be linked
//===----------------------------------------------------------------------===//

LogicalResult Linker::check() {
  if (inputs.size() > 1 && (failed(checkTargets()) || failed(checkExports())))
    return failure();
  return checkKept();
}

LogicalResult Linker::checkTargets() {
  for (Input &input : inputs)
    if (input.root.getFlattened())
      return emitRule(input.root.getLoc(), Rule::link_flattened)
             << "a root that is linked has definitions: "
             << quoted(input.name()) << " is flattened";
  RootOp first = inputs.front().root;
  for (Input &input : inputs) {
    if (input.root.getTargetOrDefault() == first.getTargetOrDefault())
      continue;
    RuleDiag diag =
        emitRule(input.root.getLoc(), Rule::link_target)
        << "roots that are linked have one target: " << quoted(input.name())
        << " has " << input.root.getTargetOrDefault() << ", "
        << quoted(first.getSymName()) << " has " << first.getTargetOrDefault();
    diag.attachNote(first.getLoc()) << "the other root";
    return diag;
  }
  return success();
}

LogicalResult Linker::checkExports() {
  llvm::StringMap<Provider> exports;
  for (Input &input : inputs)
    for (ExportOp op : input.exports) {
      auto [other, fresh] =
          exports.try_emplace(op.getName(), Provider{&input, op});
      if (fresh)
        continue;
      auto [otherInput, otherOp] = other->second;
      RuleDiag diag =
          emitRule(op.getLoc(), Rule::link_export)
          << "inputs export different names: " << quoted(otherInput->name())
          << " and " << quoted(input.name()) << " both export "
          << quoted(op.getName());
      diag.attachNote(otherOp.getLoc()) << "the other export";
      return diag;
    }
  return success();
}

LogicalResult Linker::checkKept() {
  for (StringRef name : kept) {
    auto isNamed = [&](ExportOp op) { return op.getName() == name; };
    if (llvm::any_of(inputs, [&](Input &input) {
          return llvm::any_of(input.exports, isNamed);
        }))
      continue;
    // The option stands in no input.
    Location nowhere = UnknownLoc::get(inputs.front().root.getContext());
    RuleDiag diag = emitRule(nowhere, Rule::link_keep)
                    << "option `export` names an export: no input exports "
                    << quoted(name);
    for (Input &input : inputs)
      for (ExportOp op : input.exports)
        diag.attachNote(op.getLoc())
            << quoted(input.name()) << " exports " << quoted(op.getName());
    return diag;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

/// Whether `op` suits an import of `name` better than `other` does.
static bool isBetter(ExportOp op, ExportOp other, StringRef name) {
  if (!other || op.getName() == name)
    return true;
  return other.getName() != name &&
         isNewerVersion(op.getName(), other.getName());
}

void Linker::match() {
  llvm::StringMap<SmallVector<Provider>> exports;
  for (Input &input : inputs)
    for (ExportOp op : input.exports)
      exports[getLinkName(op.getName())].push_back({&input, op});
  for (Input &input : inputs)
    for (ImportOp op : input.imports) {
      std::string name = getLinkName(op.getName());
      Provider best{};
      for (Provider &provider : exports[name])
        if (provider.input != &input &&
            isBetter(provider.op, best.op, op.getName()))
          best = provider;
      if (!best.op) {
        outerImports[name].wanted.push_back({&input, op});
        continue;
      }
      satisfied[op] = best;
      used.insert(best.op);
    }
}

//===----------------------------------------------------------------------===//
// Wrapping
//===----------------------------------------------------------------------===//

/// Moves the symbols of an input to the result, under names that are free.
void Linker::adoptSymbols(Input &input) {
  Block &body = result.getBody().front();
  DenseMap<StringAttr, FlatSymbolRefAttr> renamed;
  bool hasTrampoline = !body.getOps<async_intrinsic::TrampolineOp>().empty();
  for (Operation &op :
       llvm::make_early_inc_range(input.root.getBody().front())) {
    StringAttr old = isa<SymbolOpInterface>(op)
                         ? SymbolTable::getSymbolName(&op)
                         : StringAttr();
    if (!old)
      continue;
    if (hasTrampoline && isa<async_intrinsic::TrampolineOp>(op)) {
      op.erase(); // one per root
      continue;
    }
    op.moveBefore(&body, body.end());
    if (!symbols[old]++)
      continue;
    std::string base = (input.name() + "_" + old.getValue()).str();
    std::string name = base;
    while (symbols[name]++)
      name = base + "_" + std::to_string(symbols[base]++);
    SymbolTable::setSymbolName(&op, name);
    renamed[old] = FlatSymbolRefAttr::get(builder.getContext(), name);
  }
  if (renamed.empty())
    return;
  // Before flatten no other definition names a symbol of the root.
  input.root.walk([&](CoreModuleOp op) {
    if (auto name = renamed.lookup(op.getModuleAttr().getAttr()))
      op.setModuleAttr(name);
  });
}

void Linker::adopt(Input &input) {
  Location loc = input.root.getLoc();
  OperationState state(loc, ComponentOp::getOperationName());
  state.addTypes(ComponentSortType::get(builder.getContext()));
  state.addAttribute("label", builder.getStringAttr(input.name()));
  state.addRegion();
  input.component = cast<ComponentOp>(builder.create(state));
  input.component.getBody().takeBody(input.root.getBody());
}

//===----------------------------------------------------------------------===//
// Instances
//===----------------------------------------------------------------------===//

LogicalResult Linker::cycle(Input &input, ImportOp import) {
  steps.push_back({&input, import});
  Input *target = satisfied[import].input;
  auto first =
      llvm::find_if(steps, [&](auto &step) { return step.first == target; });
  RuleDiag diag = emitRule(import.getLoc(), Rule::link_cycle);
  diag << "inputs do not need each other in a circle: ";
  for (auto step = first; step != steps.end(); ++step)
    diag << quoted(step->first->name()) << " -> ";
  diag << quoted(target->name());
  for (auto step = first; step != steps.end(); ++step)
    diag.attachNote(step->second.getLoc())
        << quoted(step->first->name()) << " imports "
        << quoted(step->second.getName()) << " from "
        << quoted(satisfied[step->second].input->name());
  return diag;
}

FailureOr<Value> Linker::alias(Provider provider) {
  Value &value = aliases[provider.op];
  if (!value)
    value = AliasOp::create(builder, provider.op.getLoc(),
                            provider.op.getResult().getType(),
                            provider.input->instance, provider.op.getName());
  return value;
}

FailureOr<Value> Linker::argument(Input &input, ImportOp import) {
  auto found = satisfied.find(import);
  if (found == satisfied.end())
    return outerImport(outerImports[getLinkName(import.getName())]);
  Provider provider = found->second;
  if (provider.input->state == State::open)
    return cycle(input, import);
  steps.push_back({&input, import});
  if (failed(instantiate(*provider.input)))
    return failure();
  steps.pop_back();
  return alias(provider);
}

LogicalResult Linker::instantiate(Input &input) {
  if (input.state == State::done)
    return success();
  input.state = State::open;
  SmallVector<Value> arguments;
  SmallVector<Attribute> names;
  for (ImportOp import : input.imports) {
    FailureOr<Value> value = argument(input, import);
    if (failed(value))
      return failure();
    arguments.push_back(*value);
    names.push_back(import.getNameAttr());
  }
  input.instance = InstantiateOp::create(
      builder, input.root.getLoc(), InstanceSortType::get(builder.getContext()),
      input.component, arguments, builder.getArrayAttr(names));
  input.state = State::done;
  return success();
}

LogicalResult Linker::exportFrom(Input &input) {
  for (ExportOp op : input.exports) {
    if (used.contains(op) && !llvm::is_contained(kept, op.getName()))
      continue;
    FailureOr<Value> value = alias({&input, op});
    if (failed(value))
      return failure();
    // The instance has the export with the type that it was ascribed.
    IRMapping mapping;
    mapping.map(op.getValue(), *value);
    auto exported = cast<ExportOp>(builder.clone(*op, mapping));
    exported.getAscribedMutable().clear();
    exported.removePrimAttr();
    exported.setAbstract(false);
  }
  return success();
}

LogicalResult Linker::run() {
  match();
  builder.setInsertionPointToEnd(module.getBody());
  OperationState state(inputs.front().root.getLoc(),
                       RootOp::getOperationName());
  state.addRegion()->emplaceBlock();
  state.addAttribute(SymbolTable::getSymbolAttrName(),
                     builder.getStringAttr("linked"));
  result = cast<RootOp>(builder.create(state));
  if (TargetAttr target = inputs.front().root.getTargetAttr())
    result.setTargetAttr(target);

  builder.setInsertionPointToEnd(&result.getBody().front());
  for (Input &input : inputs)
    adoptSymbols(input);
  for (Input &input : inputs)
    adopt(input);
  for (Input &input : inputs)
    if (failed(instantiate(input)))
      return failure();
  for (Input &input : inputs)
    if (failed(exportFrom(input)))
      return failure();
  for (Input &input : inputs)
    input.root.erase();
  SymbolTable(module).insert(result);
  return success();
}
