//===- Program.cpp - core instances, linked ---------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Instances are linked in the order in which they are made. So what an
// instance imports is known when it is its turn, re-exports included: an export
// is an index, and an index is resolved already.
//
//===----------------------------------------------------------------------===//

#include "Program.h"

#include "Constant.h"
#include "meld/Support/Rules.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;
using core::ExternKind;
using wasm::GuestModule;

static Space spaceOf(Type type) {
  return llvm::TypeSwitch<Type, Space>(type)
      .Case<FunctionType, wasm::DefinedType>(
          [](auto) { return Space::Function; })
      .Case([](wasm::TableType) { return Space::Table; })
      .Case([](wasm::MemoryType) { return Space::Memory; })
      .Case([](wasm::GlobalType) { return Space::Global; })
      .Default([](Type) { return Space::Tag; });
}

LogicalResult Program::link() {
  Block &body = root.getBody().front();
  for (Operation &op : body) {
    StringAttr symbol = SymbolTable::getSymbolName(&op);
    if (!symbol)
      continue;
    if (auto module = dyn_cast<wasm::ModuleOp>(op))
      modules[symbol] = module;
    else if (auto alias = dyn_cast<wasm::AliasOp>(op))
      aliases[symbol] = alias;
    else if (auto entity = dyn_cast<wasm::EntityOpInterface>(op))
      symbols[symbol] = add({spaceOf(entity.getEntityType()), &op});
  }
  for (auto instance : body.getOps<wasm::InstanceOp>())
    if (failed(instantiate(instance)))
      return failure();
  for (auto alias : body.getOps<wasm::AliasOp>())
    if (failed(resolveAlias(alias)))
      return failure();
  findConstants(*this);
  return success();
}

std::optional<EntityId> Program::lookup(StringAttr symbol) const {
  auto found = symbols.find(symbol);
  return found == symbols.end() ? std::nullopt
                                : std::optional<EntityId>(found->second);
}

void Program::replace(const DenseMap<EntityId, EntityId> &replacements) {
  auto replaceOne = [&](EntityId &id) {
    if (auto it = replacements.find(id); it != replacements.end())
      id = it->second;
  };
  for (Instance &instance : instances)
    for (auto &space : instance.spaces)
      llvm::for_each(space, replaceOne);
  for (auto &[symbol, id] : symbols)
    replaceOne(id);
}

Type Program::typeOf(EntityId id) const {
  const Entity &entity = entities[id];
  if (entity.op)
    return cast<wasm::EntityOpInterface>(entity.op).getEntityType();
  const GuestModule &guest = *instances[entity.instance].guest;
  unsigned kind = unsigned(entity.space);
  return guest.entities[kind][guest.view.imported[kind] + entity.index];
}

std::optional<ActiveSegment> Program::activeSegment(EntityId id) const {
  const Entity &entity = entities[id];
  if (entity.op)
    return std::nullopt;
  const Instance &instance = instances[entity.instance];
  const core::ModuleView &view = instance.guest->view;
  if (entity.space == Space::Elem) {
    const core::ElemSegment &elem = view.elems[entity.index];
    if (elem.mode == core::SegmentMode::Active)
      return ActiveSegment{instance.space(Space::Table)[elem.table],
                           elem.offset, elem.count};
  } else if (entity.space == Space::Data) {
    const core::DataSegment &data = view.datas[entity.index];
    if (data.mode == core::SegmentMode::Active)
      return ActiveSegment{instance.space(Space::Memory)[data.memory],
                           data.offset, data.contents.size()};
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Instances
//===----------------------------------------------------------------------===//

RuleDiag merge::report(wasm::ModuleOp module, const ReadError &error) {
  auto start = module.getLoc()->findInstanceOf<wasm::AtLoc>();
  Location at =
      start ? Location(start.advancedBy(error.offset)) : module.getLoc();
  return std::move(emitRule(at, error.rule) << error.message);
}

FailureOr<const GuestModule *> Program::read(wasm::ModuleOp module,
                                             wasm::InstanceOp user) {
  std::unique_ptr<GuestModule> &slot = guests[module.getSymNameAttr()];
  if (slot)
    return slot.get();
  std::optional<ArrayRef<uint8_t>> bytes;
  if (std::optional<wasm::ModuleBytesAttr> blob = module.getBytes())
    bytes = blob->getBytes();
  if (!bytes) {
    RuleDiag diag = emitRule(user, Rule::merge_bytes)
                    << "wants the bytes of module "
                    << quoted(module.getSymName()) << ", which has none here";
    diag.attachNote(module.getLoc()) << "the module";
    return FailureOr<const GuestModule *>(diag);
  }
  auto guest = std::make_unique<GuestModule>();
  if (std::optional<ReadError> error =
          wasm::readGuest(*bytes, root.getContext(), *guest))
    return FailureOr<const GuestModule *>(report(module, *error));
  slot = std::move(guest);
  return slot.get();
}

LogicalResult Program::instantiate(wasm::InstanceOp op) {
  Instance instance;
  instance.op = op;
  instance.module = modules.lookup(op.getModuleAttr().getAttr());
  FailureOr<const GuestModule *> guest = read(instance.module, op);
  if (failed(guest))
    return failure();
  instance.guest = *guest;
  if (failed(bindImports(instance)))
    return failure();

  uint32_t number = instances.size();
  auto define = [&](Space space, size_t count) {
    EntityId first = entities.size();
    for (uint32_t i = 0; i < count; ++i)
      instance.spaces[unsigned(space)].push_back(
          add({space, nullptr, number, i}));
    instance.definitions[unsigned(space)] = {first, entities.size()};
  };
  for (unsigned kind = 0; kind < core::numExternKinds; ++kind)
    define(Space(kind), instance.guest->entities[kind].size() -
                            instance.guest->view.imported[kind]);
  define(Space::Data, instance.guest->view.datas.size());
  define(Space::Elem, instance.guest->view.elems.size());
  instanceNumbers[op.getSymNameAttr()] = number;
  instances.push_back(std::move(instance));
  return success();
}

/// The entity that an instance is given under a symbol.
FailureOr<EntityId> Program::given(wasm::InstanceOp op, StringAttr symbol) {
  if (wasm::AliasOp alias = aliases.lookup(symbol))
    if (failed(resolveAlias(alias)))
      return failure();
  if (std::optional<EntityId> entity = lookup(symbol))
    return *entity;
  return FailureOr<EntityId>(emitRule(op, Rule::argument_type)
                             << "gives " << quoted(symbol.getValue())
                             << ", which is no core entity");
}

LogicalResult Program::bindImports(Instance &instance) {
  wasm::InstanceOp op = instance.op;
  DenseMap<std::pair<StringRef, StringRef>, StringAttr> arguments;
  for (auto [module, name, value] :
       llvm::zip_equal(op.getModules().getAsRange<StringAttr>(),
                       op.getNames().getAsRange<StringAttr>(),
                       op.getArguments().getAsRange<FlatSymbolRefAttr>()))
    arguments[{module.getValue(), name.getValue()}] = value.getAttr();
  for (const core::ImportDef &import : instance.guest->view.imports) {
    auto argument = arguments.find({import.module, import.name});
    if (argument == arguments.end())
      return emitRule(op, Rule::missing_argument)
             << "gives nothing for " << quoted(import.module) << " "
             << quoted(import.name) << ", which the module's bytes import";
    FailureOr<EntityId> entity = given(op, argument->second);
    if (failed(entity))
      return failure();
    unsigned kind = unsigned(import.kind);
    Type wanted = instance.guest->entities[kind][import.index];
    if (!wasm::matchesImport(typeOf(*entity), wanted))
      return emitRule(op, Rule::argument_type)
             << "gives " << wasm::describeType(typeOf(*entity)) << " for "
             << quoted(import.module) << " " << quoted(import.name)
             << ", which has type " << wasm::describeType(wanted);
    instance.spaces[kind].push_back(*entity);
  }
  return success();
}

LogicalResult Program::resolveAlias(wasm::AliasOp alias) {
  if (symbols.contains(alias.getSymNameAttr()))
    return success();
  auto number = instanceNumbers.find(alias.getInstanceAttr().getAttr());
  if (number == instanceNumbers.end())
    return emitRule(alias, Rule::instance_order)
           << "is used before " << quoted(alias.getInstance()) << " is made";
  const Instance &instance = instances[number->second];
  const core::ExportDef *exported = instance.guest->findExport(alias.getName());
  if (!exported)
    return emitRule(alias, Rule::missing_export)
           << "names " << quoted(alias.getName())
           << ", which the module's bytes do not export";
  symbols[alias.getSymNameAttr()] =
      instance.space(Space(unsigned(exported->kind)))[exported->index];
  return success();
}
