//===- SectionEntries.cpp - One definition as an entry of its section -----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SectionWriter.h"

#include "EntityTypes.h"
#include "NumericOpcodes.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;
using Opcode = meld::core::Op;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

void SectionWriter::entity(Type type) {
  writeEntityType(type, content, [&](Type t) { return index.typeIndex(t); });
}

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

LogicalResult SectionWriter::reference(Operation *op,
                                       FlatSymbolRefAttr symbol) {
  FailureOr<uint32_t> number = index.find(op, symbol);
  if (failed(number))
    return failure();
  content.u(*number);
  return success();
}

/// A reference to a function, by which code may take a reference too.
LogicalResult SectionWriter::declare(Operation *op,
                                     FlatSymbolRefAttr function) {
  FailureOr<uint32_t> number = index.find(op, function);
  if (failed(number))
    return failure();
  declared.insert(*number);
  content.u(*number);
  return success();
}

LogicalResult SectionWriter::exportEntry(ExportOp op) {
  content.sized(op.getName());
  content.byte(uint8_t(externOf(op.getType())));
  return externOf(op.getType()) == Extern::Func
             ? declare(op, op.getSymbolAttr())
             : reference(op, op.getSymbolAttr());
}

void SectionWriter::offset(Type addressType, int64_t value) {
  bool wide = addressType.isInteger(64);
  content.op(wide ? Opcode::I64Const : Opcode::I32Const);
  content.s(wide ? value : int32_t(value));
  content.op(Opcode::End);
}

LogicalResult SectionWriter::table(TableOp op) {
  if (!op.getIndex())
    return entity(op.getType()), success();
  content.byte(0x40); // an initial value follows
  content.byte(0);
  entity(op.getType());
  return bodies.copyTable(op, content);
}

LogicalResult SectionWriter::global(GlobalOp op) {
  entity(op.getType());
  if (op.getIndex())
    return bodies.copyGlobal(op, content);
  if (failed(initializer(op)))
    return failure();
  content.op(Opcode::End);
  return success();
}

LogicalResult SectionWriter::initializer(GlobalOp op) {
  Attribute init = op.getInitAttr();
  Type type = cast<GlobalType>(op.getType()).getValue();
  if (auto integer = dyn_cast<IntegerAttr>(init)) {
    content.op(type.isInteger(64) ? Opcode::I64Const : Opcode::I32Const);
    content.s(integer.getValue().getSExtValue());
  } else if (auto number = dyn_cast<FloatAttr>(init)) {
    content.op(type.isF64() ? Opcode::F64Const : Opcode::F32Const);
    content.fixed(number.getValue().bitcastToAPInt().getZExtValue(),
                  type.isF64() ? 8 : 4);
  } else if (auto function = dyn_cast<FlatSymbolRefAttr>(init)) {
    content.op(Opcode::RefFunc);
    return declare(op, function);
  } else {
    content.op(Opcode::RefNull);
    auto ref = dyn_cast<RefType>(type);
    if (ref && ref.getDefined())
      content.s(index.typeIndex(ref.getDefined()));
    else
      content.byte(ref ? ref.getAbstract() : encodingOf(type));
  }
  return success();
}

LogicalResult SectionWriter::elem(ElemOp op) {
  FailureOr<uint32_t> table = 0;
  if (op.getTable() && failed(table = index.find(op, op.getTableAttr())))
    return failure();
  if (op.getIndex())
    return bodies.copyElem(op, *table, content);
  bool active = op.getTable().has_value();
  content.u(!active ? 1 : *table ? 2 : 0);
  if (active && *table)
    content.u(*table);
  if (active)
    offset(IntegerType::get(op.getContext(), 32), *op.getOffset());
  if (!active || *table)
    content.byte(0); // element kind: functions
  content.u(op.getFunctionsAttr().size());
  for (auto function : op.getFunctionsAttr().getAsRange<FlatSymbolRefAttr>())
    if (failed(declare(op, function)))
      return failure();
  return success();
}

LogicalResult SectionWriter::data(DataOp op) {
  FailureOr<uint32_t> memory = 0;
  if (op.getMemory() && failed(memory = index.find(op, op.getMemoryAttr())))
    return failure();
  if (op.getIndex())
    return bodies.copyData(op, *memory, content);
  bool active = op.getMemory().has_value();
  content.u(!active ? 1 : *memory ? 2 : 0);
  if (active && *memory)
    content.u(*memory);
  if (active)
    offset(index.memoryType(*memory).getAddressType(), *op.getOffset());
  SmallVector<char> bytes;
  op.getInitBytes(bytes);
  content.sized({bytes.data(), bytes.size()});
  return success();
}

/// Adds a segment of what code refers to by `ref.func` and nothing else in the
/// module names: a guest may have exported it. False if there is none.
bool SectionWriter::declareReferences() {
  for (uint32_t function : bodies.declarations())
    declared.insert(function);
  SmallVector<uint32_t> missing;
  for (uint32_t function : bodies.references())
    if (declared.insert(function).second)
      missing.push_back(function);
  if (missing.empty())
    return false;
  content.byte(3); // declarative
  content.byte(0); // functions
  content.u(missing.size());
  for (uint32_t function : missing)
    content.u(function);
  return true;
}
