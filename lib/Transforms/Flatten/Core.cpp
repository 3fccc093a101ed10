//===- Core.cpp - core instances and canonical definitions ---------------*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flattener.h"
#include "meld/Support/Rules.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::flatten;

FlatSymbolRefAttr Flattener::symbolOf(Value item, Scope &scope) {
  return item ? get<CoreItem>(item, scope).symbol : FlatSymbolRefAttr();
}

//===----------------------------------------------------------------------===//
// Core instances
//===----------------------------------------------------------------------===//

Entity Flattener::coreBundle(CoreBundleOp op, Scope &scope) {
  CoreInstance *instance = make<CoreInstance>();
  for (auto [name, value] : llvm::zip_equal(op.getNames(), op.getArgs())) {
    const Entity &entity = lookup(value, scope);
    // A component function is what a generated module may be given.
    if (auto *function = std::get_if<Function>(&entity))
      instance->items[cast<StringAttr>(name)] = {function->symbol,
                                                 function->type};
    else
      instance->items[cast<StringAttr>(name)] = std::get<CoreItem>(entity);
  }
  return instance;
}

FailureOr<CoreItem> Flattener::coreExport(CoreInstance *instance,
                                          StringRef name, Scope &scope,
                                          Location loc) {
  auto item = instance->items.find(name);
  if (item != instance->items.end())
    return item->second;
  auto type = instance->exports.find(name);
  if (type == instance->exports.end())
    return FailureOr<CoreItem>(
        emitRule(place(loc, scope), Rule::missing_export)
        << "alias of a core export: the core instance has no " << quoted(name));
  std::string symbol = scope.prefix + "_";
  for (char c : name)
    symbol += llvm::isAlnum(c) ? c : '_';
  StringAttr unique = uniqueSymbol(symbol);
  wasm::AliasOp::create(builder, place(loc, scope), StringAttr(), unique,
                        instance->symbol, builder.getStringAttr(name),
                        TypeAttr::get(type->second));
  CoreItem result{FlatSymbolRefAttr::get(unique), type->second};
  instance->items[name] = result;
  return result;
}

FailureOr<CoreItem> Flattener::import(wasm::ImportOp op, CoreInstantiateOp at,
                                      Scope &scope) {
  Location loc = place(at, scope);
  for (auto [name, value] : llvm::zip_equal(at.getNames(), at.getArgs())) {
    if (cast<StringAttr>(name).getValue() != op.getModule())
      continue;
    FailureOr<CoreItem> item = coreExport(get<CoreInstance *>(value, scope),
                                          op.getName(), scope, at.getLoc());
    if (failed(item))
      return failure();
    if (!wasm::matchesImport(item->type, op.getType())) {
      RuleDiag diag = emitRule(loc, Rule::argument_type)
                      << "a core import has the type of what it is given: "
                      << quoted(op.getModule()) << " " << quoted(op.getName())
                      << " wants " << wasm::describeType(op.getType())
                      << ", found " << wasm::describeType(item->type);
      diag.attachNote(op.getLoc()) << "imported here";
      return FailureOr<CoreItem>(diag);
    }
    return item;
  }
  RuleDiag diag = emitRule(loc, Rule::missing_argument)
                  << "`core instantiate` gives each import: "
                  << quoted(op.getModule()) << " is missing";
  diag.attachNote(op.getLoc()) << "imported here";
  return FailureOr<CoreItem>(diag);
}

FailureOr<Entity> Flattener::coreInstantiate(CoreInstantiateOp op,
                                             Scope &scope) {
  wasm::ModuleOp module = get<wasm::ModuleOp>(op.getModule(), scope);
  if (module.isGenerated())
    return generated(module, op, scope);
  CoreInstance *instance = make<CoreInstance>();
  SmallVector<Attribute> moduleNames, names, arguments;
  for (auto import : module.getOps<wasm::ImportOp>()) {
    FailureOr<CoreItem> item = this->import(import, op, scope);
    if (failed(item))
      return failure();
    moduleNames.push_back(import.getModuleAttr());
    names.push_back(import.getNameAttr());
    arguments.push_back(item->symbol);
  }
  for (auto exported : module.getOps<wasm::ExportOp>())
    instance->exports[exported.getName()] = exported.getType();
  bool same = module.getSymName() == scope.prefix;
  StringAttr name =
      symbolFor(op, scope, same ? StringRef("core") : module.getSymName());
  wasm::InstanceOp::create(builder, place(op, scope), StringAttr(), name,
                           FlatSymbolRefAttr::get(module.getSymNameAttr()),
                           builder.getArrayAttr(moduleNames),
                           builder.getArrayAttr(names),
                           builder.getArrayAttr(arguments));
  instance->symbol = FlatSymbolRefAttr::get(name);
  return Entity(instance);
}

// A module of ops has no index spaces: its definitions become definitions of
// the root, one copy per instance.
FailureOr<Entity> Flattener::generated(wasm::ModuleOp module,
                                       CoreInstantiateOp op, Scope &scope) {
  DenseMap<StringAttr, FlatSymbolRefAttr> symbols;
  CoreInstance *instance = make<CoreInstance>();
  SmallVector<Operation *> definitions, copies;
  SmallVector<wasm::ExportOp> exports;
  for (Operation &o : module.getBody().front()) {
    if (auto import = dyn_cast<wasm::ImportOp>(o)) {
      FailureOr<CoreItem> item = this->import(import, op, scope);
      if (failed(item))
        return failure();
      if (auto symbol = import.getSymNameAttr())
        symbols[symbol] = item->symbol;
    } else if (auto exported = dyn_cast<wasm::ExportOp>(o)) {
      exports.push_back(exported);
    } else if (isa<wasm::StartOp>(o)) {
      return FailureOr<Entity>(
          emitRule(place(o.getLoc(), scope), Rule::flatten_unsupported)
          << "start function of a module without bytes: not supported yet");
    } else {
      definitions.push_back(&o);
    }
  }
  for (Operation *o : definitions) {
    StringAttr old = SymbolTable::getSymbolName(o);
    if (!old)
      continue;
    symbols[old] = FlatSymbolRefAttr::get(
        uniqueSymbol(scope.prefix + "_" + old.getValue()));
  }
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](FlatSymbolRefAttr symbol) {
    auto found = symbols.find(symbol.getAttr());
    return std::make_pair(
        Attribute(found == symbols.end() ? symbol : found->second),
        WalkResult::skip());
  });
  for (Operation *o : definitions) {
    Operation *copy = builder.clone(*o);
    copy->setLoc(place(o->getLoc(), scope));
    copy->walk([&](Operation *inner) {
      replacer.replaceElementsIn(inner);
      if (!inner->hasAttr("instance") &&
          llvm::any_of(inner->getName().getAttributeNames(),
                       [](StringAttr a) { return a == "instance"; }))
        inner->setAttr("instance", scope.instance);
    });
    if (StringAttr old = SymbolTable::getSymbolName(o))
      SymbolTable::setSymbolName(copy, symbols[old].getAttr());
  }
  for (wasm::ExportOp exported : exports)
    instance->items[exported.getName()] = {
        symbols[exported.getSymbolAttr().getAttr()], exported.getType()};
  moved.insert(module);
  return Entity(instance);
}

//===----------------------------------------------------------------------===//
// Canonical definitions
//===----------------------------------------------------------------------===//

/// Adds `name = value` where there is a value.
static void add(OperationState &state, StringRef name, Attribute value) {
  if (value)
    state.addAttribute(name, value);
}

FailureOr<Entity> Flattener::canonical(CanonDefinition op, Scope &scope) {
  const BuiltinInfo &row = lookupBuiltin(op.getBuiltin());
  BuiltinSignature signature;
  Type type;
  if (Value immediate = op.getTypeImmediate())
    type = immediateType(op, immediate, row, scope);
  else if (auto prim = op->getAttrOfType<StringAttr>("prim"))
    type = getPrimitive(builder.getContext(), prim);
  if (hasWrongKind)
    return failure();
  signature.result = row.hasImmediate("result") ? type : Type();
  Type coreType;
  if (row.hasImmediate("context"))
    type = signature.context = op->getAttrOfType<TypeAttr>("type").getValue();
  FlatSymbolRefAttr table;
  for (Value operand : op->getOperands()) {
    if (isa<CoreTableSortType>(operand.getType()))
      table = symbolOf(operand, scope);
    if (isa<CoreTypeSortType>(operand.getType()))
      coreType = get<TypeDefinition>(operand, scope).type;
  }
  if (Value memory = op.getMemoryOption())
    signature.memory64 =
        cast<wasm::MemoryType>(get<CoreItem>(memory, scope).type).getIndex64();
  FunctionType function =
      getCoreType(builder.getContext(), op.getBuiltin(), signature);

  StringAttr name = symbolFor(op, scope, row.Keyword);
  OperationState state(place(op, scope), CanonicalOp::getOperationName());
  add(state, "sym_name", name);
  add(state, "instance", scope.instance);
  add(state, "builtin",
      BuiltinAttr::get(builder.getContext(), op.getBuiltin()));
  add(state, "type", type ? TypeAttr::get(type) : TypeAttr());
  add(state, "core_type", coreType ? TypeAttr::get(coreType) : TypeAttr());
  for (StringRef flag :
       {"slot", "async", "cancellable", "shared", "string_encoding"})
    add(state, flag, op->getAttr(flag));
  add(state, "table", table);
  add(state, "memory", symbolOf(op.getMemoryOption(), scope));
  add(state, "realloc", symbolOf(op.getReallocOption(), scope));
  add(state, "function_type", TypeAttr::get(function));
  builder.create(state);
  return Entity(CoreItem{FlatSymbolRefAttr::get(name), function});
}

/// Whether the memory that an option names, if any, is 64-bit.
static bool isMemory64(const CoreItem *memory) {
  return memory && cast<wasm::MemoryType>(memory->type).getIndex64();
}

FailureOr<Entity> Flattener::lift(LiftOp op, Scope &scope) {
  FuncType type = functionType(op, op.getType(), scope);
  if (hasWrongKind)
    return failure();
  CoreItem function = get<CoreItem>(op.getFunction(), scope);
  std::optional<CoreItem> memory;
  if (op.getMemory())
    memory = get<CoreItem>(op.getMemory(), scope);
  FunctionType wanted =
      flattenFunctype(type, CallSide::lift,
                      {op.getAsync(), op.getCallback() || op.getStep(),
                       isMemory64(memory ? &*memory : nullptr)});
  if (function.type != wanted)
    return FailureOr<Entity>(
        emitRule(place(op, scope), Rule::lift_type)
        << "a lifted core function has the flattened type: wanted " << wanted
        << ", found " << function.type);
  StringAttr name = symbolFor(op, scope, "lifted", /*prefixed=*/false);
  OperationState state(place(op, scope), LiftedOp::getOperationName());
  add(state, "sym_name", name);
  add(state, "instance", scope.instance);
  add(state, "function", function.symbol);
  add(state, "type", TypeAttr::get(type));
  add(state, "async", op.getAsync() ? builder.getUnitAttr() : UnitAttr());
  add(state, "callback", symbolOf(op.getCallback(), scope));
  add(state, "step", symbolOf(op.getStep(), scope));
  add(state, "memory", symbolOf(op.getMemory(), scope));
  add(state, "realloc", symbolOf(op.getRealloc(), scope));
  add(state, "post_return", symbolOf(op.getPostReturn(), scope));
  add(state, "string_encoding", op.getStringEncodingAttr());
  builder.create(state);
  return Entity(Function{FlatSymbolRefAttr::get(name), type});
}

FailureOr<Entity> Flattener::lower(LowerOp op, Scope &scope) {
  Function callee = get<Function>(op.getFunction(), scope);
  std::optional<CoreItem> memory;
  if (op.getMemory())
    memory = get<CoreItem>(op.getMemory(), scope);
  FunctionType type = flattenFunctype(
      callee.type, CallSide::lower,
      {op.getAsync(), false, isMemory64(memory ? &*memory : nullptr)});
  OperationState state(place(op, scope), LoweredOp::getOperationName());
  add(state, "instance", scope.instance);
  add(state, "function", callee.symbol);
  add(state, "async", op.getAsync() ? builder.getUnitAttr() : UnitAttr());
  add(state, "memory", symbolOf(op.getMemory(), scope));
  add(state, "realloc", symbolOf(op.getRealloc(), scope));
  add(state, "string_encoding", op.getStringEncodingAttr());
  add(state, "start_thunk", symbolOf(op.getStartThunk(), scope));
  add(state, "return_thunk", symbolOf(op.getReturnThunk(), scope));
  add(state, "function_type", TypeAttr::get(type));
  FlatSymbolRefAttr &symbol =
      lowers[state.attributes.getDictionary(builder.getContext())];
  if (!symbol) {
    StringAttr name = symbolFor(op, scope, callee.symbol.getValue());
    add(state, "sym_name", name);
    builder.create(state);
    symbol = FlatSymbolRefAttr::get(name);
  }
  return Entity(CoreItem{symbol, type});
}
