//===- Emit.cpp - a linked program as one module ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Order is all: the writer numbers entities as they stand. The root's come
// first, so the runtime's memory is memory 0; and an initializer that reads a
// global finds it in front of itself, because what an instance imports was
// defined by the root or by an earlier instance.
//
//===----------------------------------------------------------------------===//

#include "Emit.h"

#include "Constant.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;
using core::ExternKind;
using wasm::GuestModule;

Emitter::Emitter(Program &program, const Order &order,
                 const llvm::BitVector &live)
    : program(program), order(order), live(live),
      builder(program.getRoot().getContext()), names(program.entities.size()) {}

wasm::ModuleOp Emitter::emit() {
  builder.setInsertionPoint(program.getRoot());
  result = wasm::ModuleOp::create(builder, program.getRoot().getLoc(),
                                  program.getRoot().getSymName());
  nameEntities();
  prepareRenaming();
  builder.setInsertionPointToEnd(&result.getBody().front());
  moveModules();
  move<wasm::ImportOp>();
  move<wasm::MemoryOp>();
  define(Space::Memory);
  move<wasm::TableOp>();
  define(Space::Table);
  move<wasm::TagOp>();
  define(Space::Tag);
  move<wasm::GlobalOp>();
  define(Space::Global);
  for (const Instance &instance : program.instances)
    if (hasBytes(instance) || sharesFunctions(instance))
      emitSpace(instance);
  move<wasm::FuncOp>();
  define(Space::Function);
  move<wasm::ElemOp>();
  define(Space::Elem);
  move<wasm::DataOp>();
  define(Space::Data);
  emitStart();
  move<wasm::ExportOp, wasm::CustomOp>();
  return result;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// `instance.name`, by the guest's own name for it, else by its number.
std::string Emitter::nameOf(const Instance &instance, Space space,
                            uint32_t index) {
  static constexpr StringLiteral letters[] = {"f",   "t",    "m",   "g",
                                              "tag", "data", "elem"};
  std::string prefix = instance.symbol().str() + ".";
  unsigned kind = unsigned(space);
  bool isSegment = kind >= core::numExternKinds;
  uint32_t imported = isSegment ? 0 : instance.guest->view.imported[kind];
  StringRef name = instance.guest->names[kind].lookup(imported + index);
  if (!name.empty())
    return prefix + name.str();
  return prefix + letters[kind].str() + std::to_string(index);
}

void Emitter::nameEntities() {
  for (Operation &op : program.getRoot().getBody().front())
    if (StringAttr symbol = SymbolTable::getSymbolName(&op))
      if (!isa<wasm::AliasOp>(op)) // leaves no symbol
        taken.try_emplace(symbol.getValue(), 1);
  for (auto [id, entity] : llvm::enumerate(program.entities)) {
    if (entity.op)
      names[id] = SymbolTable::getSymbolName(entity.op);
    else if (live.test(id))
      names[id] = unique(nameOf(program.instances[entity.instance],
                                entity.space, entity.index));
  }
}

/// `name`, with a number where it is taken. The next number to try is kept, as
/// a guest may give one name to thousands of functions.
StringAttr Emitter::unique(std::string name) {
  auto [slot, isNew] = taken.try_emplace(name, 1);
  if (isNew)
    return builder.getStringAttr(name);
  unsigned &next = slot->second; // entries stay where they are
  std::string numbered;
  do
    numbered = name + "." + std::to_string(next++);
  while (!taken.try_emplace(numbered, 1).second);
  return builder.getStringAttr(numbered);
}

FlatSymbolRefAttr Emitter::symbolOf(EntityId id) const {
  return FlatSymbolRefAttr::get(names[id]);
}

/// In what moves, a symbol that was an alias becomes what it stands for.
void Emitter::prepareRenaming() {
  renaming.addReplacement([&](FlatSymbolRefAttr symbol) {
    std::optional<EntityId> id = program.lookup(symbol.getAttr());
    return std::make_pair(Attribute(id ? symbolOf(*id) : symbol),
                          WalkResult::skip());
  });
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

/// Whether defined table `index` is filled with something else than null.
static bool hasInitialValue(const Instance &instance, uint32_t index) {
  const core::ModuleView &view = instance.guest->view;
  uint32_t imported = view.imported[unsigned(ExternKind::Table)];
  return !view.tables[imported + index].init.empty();
}

/// Whether something is left of an instance that stands in its bytes.
bool Emitter::hasBytes(const Instance &instance) const {
  for (auto [index, id] : llvm::enumerate(instance.defined(Space::Table)))
    if (live.test(id) && hasInitialValue(instance, index))
      return true;
  for (Space space : {Space::Function, Space::Global, Space::Data, Space::Elem})
    if (llvm::any_of(instance.defined(space),
                     [&](EntityId id) { return live.test(id); }))
      return true;
  return false;
}

/// Whether an instance has functions that stand in the bytes of an equal one:
/// its space says so to the offset map (docs/Map.md), even if nothing else is
/// left of it.
bool Emitter::sharesFunctions(const Instance &instance) const {
  uint32_t imported =
      instance.guest->view.imported[unsigned(ExternKind::Function)];
  return llvm::any_of(
      instance.space(Space::Function).drop_front(imported), [&](EntityId id) {
        const Entity &entity = program.entities[id];
        return live.test(id) && !entity.op &&
               program.instances[entity.instance].guest == instance.guest;
      });
}

/// The modules that are instantiated, without their interfaces.
void Emitter::moveModules() {
  for (const Instance &instance : program.instances) {
    wasm::ModuleOp module = instance.module;
    if (module->getParentOp() == result || !hasBytes(instance))
      continue;
    module->moveBefore(builder.getInsertionBlock(),
                       builder.getInsertionPoint());
    module.setSymVisibility("private");
    module.getBody().front().clear();
  }
}

template <typename... Ops> void Emitter::move() {
  Block &body = program.getRoot().getBody().front();
  for (Operation &op : llvm::make_early_inc_range(body)) {
    if (!isa<Ops...>(op))
      continue;
    StringAttr symbol = SymbolTable::getSymbolName(&op);
    std::optional<EntityId> id = symbol ? program.lookup(symbol) : std::nullopt;
    if (id && !live.test(*id))
      continue;
    op.moveBefore(builder.getInsertionBlock(), builder.getInsertionPoint());
    renaming.recursivelyReplaceElementsIn(&op);
  }
}

void Emitter::define(Space space) {
  for (const Instance &instance : program.instances)
    for (auto [index, id] : llvm::enumerate(instance.defined(space)))
      if (live.test(id))
        space >= Space::Data ? segment(instance, id, index)
                             : definition(instance, id, index);
}

void Emitter::definition(const Instance &instance, EntityId id,
                         uint32_t index) {
  Location loc = instance.op->getLoc();
  StringAttr none, name = names[id], space = instance.symbol();
  TypeAttr type = TypeAttr::get(program.typeOf(id));
  IntegerAttr number = builder.getI32IntegerAttr(index);
  switch (program.entities[id].space) {
  case Space::Function:
    wasm::BytesOp::create(builder, loc, none, name, type, number,
                          FlatSymbolRefAttr::get(space));
    return;
  case Space::Table:
    if (hasInitialValue(instance, index))
      wasm::TableOp::create(
          builder, loc, none, name, type, number, FlatSymbolRefAttr::get(space),
          order.refilled.contains(id) ? builder.getUnitAttr() : UnitAttr());
    else
      wasm::TableOp::create(builder, loc, none, name, type, IntegerAttr(),
                            FlatSymbolRefAttr());
    return;
  case Space::Memory:
    wasm::MemoryOp::create(builder, loc, none, name, type);
    return;
  case Space::Global:
    return global(instance, id, index);
  case Space::Tag:
    wasm::TagOp::create(builder, loc, none, name, type);
    return;
  default:
    llvm_unreachable("segments have no type");
  }
}

void Emitter::global(const Instance &instance, EntityId id, uint32_t index) {
  Location loc = instance.op->getLoc();
  Type type = program.typeOf(id);
  IntegerAttr value;
  uint32_t imported =
      instance.guest->view.imported[unsigned(core::ExternKind::Global)];
  if (Type held = cast<wasm::GlobalType>(type).getValue(); held.isInteger())
    value = folded(instance,
                   instance.guest->view.globals[imported + index].init, held);
  if (value)
    wasm::GlobalOp::create(builder, loc, StringAttr(), names[id],
                           TypeAttr::get(type), value, IntegerAttr(),
                           FlatSymbolRefAttr());
  else
    wasm::GlobalOp::create(builder, loc, StringAttr(), names[id],
                           TypeAttr::get(type), Attribute(),
                           builder.getI32IntegerAttr(index),
                           FlatSymbolRefAttr::get(instance.symbol()));
}

/// What a literal offset or initializer would be, where it is not one already:
/// older engines know no globals of the module there.
IntegerAttr Emitter::folded(const Instance &instance,
                            core::Expression expression, Type type) {
  if (isLiteral(instance, expression))
    return {};
  std::optional<uint64_t> value = evaluate(program, instance, expression);
  return value ? IntegerAttr::get(type, APInt(type.getIntOrFloatBitWidth(),
                                              *value, false, true))
               : IntegerAttr();
}

void Emitter::segment(const Instance &instance, EntityId id, uint32_t index) {
  Location loc = instance.op->getLoc();
  FlatSymbolRefAttr target;
  IntegerAttr at;
  std::optional<ActiveSegment> active = program.activeSegment(id);
  if (active && !order.deferred.contains(id)) {
    target = symbolOf(active->place);
    at = folded(instance, active->offset, builder.getI64Type());
  }
  auto space = FlatSymbolRefAttr::get(instance.symbol());
  IntegerAttr number = builder.getI32IntegerAttr(index);
  if (program.entities[id].space == Space::Data)
    wasm::DataOp::create(builder, loc, StringAttr(), names[id], target, at,
                         Attribute(), number, space);
  else
    wasm::ElemOp::create(builder, loc, StringAttr(), names[id], target, at,
                         ArrayAttr(), number, space);
}

void Emitter::emitSpace(const Instance &instance) {
  auto none = FlatSymbolRefAttr::get(instance.symbol());
  auto list = [&](Space space) {
    SmallVector<Attribute> symbols;
    for (EntityId id : instance.space(space))
      symbols.push_back(live.test(id) ? symbolOf(id) : none);
    return builder.getArrayAttr(symbols);
  };
  SmallVector<Attribute> types;
  for (Type type : instance.guest->types)
    types.push_back(TypeAttr::get(type));
  wasm::SpaceOp::create(
      builder, instance.op->getLoc(), StringAttr(), instance.symbol(),
      wasm::InstanceOp(instance.op).getModuleAttr(),
      builder.getArrayAttr(types), list(Space::Function), list(Space::Table),
      list(Space::Memory), list(Space::Global), list(Space::Tag),
      list(Space::Data), list(Space::Elem));
}
