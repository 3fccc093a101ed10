//===- ModuleIndex.cpp - the index spaces of a module that is written -*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModuleIndex.h"
#include "meld/Support/Rules.h"

#include "EntityTypes.h"

#include "meld/Support/Diagnostics.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

LogicalResult meld::wasm::refuse(Operation *op, const Twine &why) {
  return emitRule(op, Rule::not_writable) << why;
}

LogicalResult ModuleIndex::collect(Operation &op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(&op)
      .Case([&](ImportOp o) -> LogicalResult {
        if (!isEntityType(o.getType()))
          return refuse(o, "has a type that is not core");
        imports.push_back(o);
        return success();
      })
      .Case<FuncOp, BytesOp>([&](auto o) {
        functions.push_back(o);
        return success();
      })
      .Case([&](TableOp o) { return tables.push_back(o), success(); })
      .Case([&](MemoryOp o) { return memories.push_back(o), success(); })
      .Case([&](TagOp o) { return tags.push_back(o), success(); })
      .Case([&](GlobalOp o) { return globals.push_back(o), success(); })
      .Case([&](ExportOp o) -> LogicalResult {
        if (!o.getSymbol())
          return refuse(o, "names nothing in the module");
        exports.push_back(o);
        return success();
      })
      .Case([&](StartOp o) -> LogicalResult {
        if (!starts.empty())
          return refuse(o, "is the second start function");
        starts.push_back(o);
        return success();
      })
      .Case([&](ElemOp o) { return elems.push_back(o), success(); })
      .Case([&](DataOp o) { return datas.push_back(o), success(); })
      .Case([&](CustomOp o) { return customs.push_back(o), success(); })
      .Case<wasm::ModuleOp, SpaceOp>([&](auto o) {
        nested[o.getSymNameAttr()] = o;
        return success();
      })
      .Default([](Operation *o) -> LogicalResult {
        return refuse(o, "cannot be written: it has to be lowered first");
      });
}

void ModuleIndex::number(Operation *op, Type entity) {
  uint32_t value = counts[unsigned(externOf(entity))]++;
  if (auto name = op->getAttrOfType<StringAttr>("sym_name"))
    numbers[name] = value;
  if (auto memory = dyn_cast<MemoryType>(entity))
    memoryTypes.push_back(memory);
  if (auto table = dyn_cast<TableType>(entity))
    tableTypes.push_back(table);
}

LogicalResult ModuleIndex::build(wasm::ModuleOp module) {
  for (Operation &op : module.getBody().front())
    if (failed(collect(op)))
      return failure();
  auto numberAll = [&](auto &list) {
    for (Operation *op : list)
      number(op, cast<EntityOpInterface>(op).getEntityType());
  };
  numberAll(imports);
  importedCounts = counts;
  numberAll(functions);
  numberAll(tables);
  numberAll(memories);
  numberAll(globals);
  numberAll(tags);
  for (auto [value, op] : llvm::enumerate(elems)) {
    numbers[op.getSymNameAttr()] = value;
    if (!op.getTable() || !op.getFunctionsAttr())
      continue;
    auto &table = slots[op.getTableAttr().getAttr()];
    for (auto [slot, function] :
         llvm::enumerate(op.getFunctionsAttr().getAsRange<FlatSymbolRefAttr>()))
      table.try_emplace(function.getAttr(), *op.getOffset() + slot);
  }
  for (auto [value, op] : llvm::enumerate(datas))
    numbers[op.getSymNameAttr()] = value;
  return success();
}

FailureOr<uint32_t> ModuleIndex::find(Operation *user,
                                      FlatSymbolRefAttr symbol) const {
  auto it = numbers.find(symbol.getAttr());
  if (it != numbers.end())
    return it->second;
  (void)refuse(user, "names \"" + symbol.getValue() +
                         "\", which is not in the module that is written");
  return failure();
}

FailureOr<uint32_t> ModuleIndex::findSlot(TableSlotOp op) const {
  auto table = slots.find(op.getTableAttr().getAttr());
  if (table != slots.end()) {
    auto slot = table->second.find(op.getFunctionAttr().getAttr());
    if (slot != table->second.end())
      return slot->second;
  }
  (void)refuse(op, "wants the slot of \"" + op.getFunction() +
                       "\", which has none in \"" + op.getTable() + "\"");
  return failure();
}
