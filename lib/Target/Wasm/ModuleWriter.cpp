//===- ModuleWriter.cpp - a wasm.module as bytes -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ModuleWriter.h"
#include "meld/Support/Rules.h"

#include "BodyCopier.h"
#include "EntityTypes.h"
#include "FunctionEmitter.h"
#include "ModuleIndex.h"
#include "NumericOpcodes.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include "meld/Target/Wasm/Sections.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;
using namespace meld::core::section;
using Opcode = meld::core::Op;

namespace {

class Writer {
public:
  Writer(wasm::ModuleOp module, ModuleIndex &index)
      : index(index), bodies(module, index),
        isNamed(!module->hasAttr("nameless")) {}

  LogicalResult write(ByteWriter &out);

private:
  void entity(Type type);
  LogicalResult exportEntry(ExportOp op);
  LogicalResult codeEntry(Operation *op);
  LogicalResult global(GlobalOp op);
  LogicalResult elem(ElemOp op);
  LogicalResult data(DataOp op);
  void offset(Type addressType, int64_t value);
  void names(ByteWriter &out);
  LogicalResult reference(Operation *op, FlatSymbolRefAttr symbol);
  LogicalResult declare(Operation *op, FlatSymbolRefAttr function);
  bool declareReferences();

  /// Ends a section that is a vector of `count` entries.
  void finish(ByteWriter &out, Id id, size_t count);

  ModuleIndex &index;
  BodyCopier bodies;
  bool isNamed;
  ByteWriter content;          // of the section that is being written
  DenseSet<uint32_t> declared; // functions that stand outside of functions
};

} // namespace

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

void Writer::entity(Type type) {
  writeEntityType(type, content,
                  [&](FunctionType t) { return index.typeIndex(t); });
}

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

LogicalResult Writer::reference(Operation *op, FlatSymbolRefAttr symbol) {
  FailureOr<uint32_t> number = index.find(op, symbol);
  if (failed(number))
    return failure();
  content.u(*number);
  return success();
}

/// A reference to a function, by which code may take a reference too.
LogicalResult Writer::declare(Operation *op, FlatSymbolRefAttr function) {
  FailureOr<uint32_t> number = index.find(op, function);
  if (failed(number))
    return failure();
  declared.insert(*number);
  content.u(*number);
  return success();
}

LogicalResult Writer::exportEntry(ExportOp op) {
  content.sized(op.getName());
  content.byte(uint8_t(externOf(op.getType())));
  return isa<FunctionType>(op.getType()) ? declare(op, op.getSymbolAttr())
                                         : reference(op, op.getSymbolAttr());
}

LogicalResult Writer::codeEntry(Operation *op) {
  ByteWriter code;
  LogicalResult result =
      isa<FuncOp>(op) ? FunctionEmitter(cast<FuncOp>(op), index).emit(code)
                      : bodies.copyFunction(cast<BytesOp>(op), code);
  content.sized(code.bytes());
  return result;
}

void Writer::offset(Type addressType, int64_t value) {
  bool wide = addressType.isInteger(64);
  content.op(wide ? Opcode::I64Const : Opcode::I32Const);
  content.s(wide ? value : int32_t(value));
  content.op(Opcode::End);
}

LogicalResult Writer::global(GlobalOp op) {
  entity(op.getType());
  if (op.getIndex())
    return bodies.copyGlobal(op, content);
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
    if (failed(declare(op, function)))
      return failure();
  } else {
    content.op(Opcode::RefNull);
    content.byte(encodingOf(type));
  }
  content.op(Opcode::End);
  return success();
}

LogicalResult Writer::elem(ElemOp op) {
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

LogicalResult Writer::data(DataOp op) {
  FailureOr<uint32_t> memory = 0;
  if (op.getMemory() && failed(memory = index.find(op, op.getMemoryAttr())))
    return failure();
  if (op.getIndex())
    return bodies.copyData(op, *memory, content);
  bool active = op.getMemory().has_value();
  content.u(!active ? 1 : *memory ? 2 : 0);
  if (active && *memory)
    content.u(*memory);
  if (active) {
    Operation *target =
        SymbolTable::lookupNearestSymbolFrom(op, op.getMemoryAttr());
    Type type = cast<EntityOpInterface>(target).getEntityType();
    offset(cast<MemoryType>(type).getAddressType(), *op.getOffset());
  }
  SmallVector<char> bytes;
  op.getInitBytes(bytes);
  content.sized({bytes.data(), bytes.size()});
  return success();
}

/// Adds a segment of what code refers to by `ref.func` and nothing else in the
/// module names: a guest may have exported it. False if there is none.
bool Writer::declareReferences() {
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

/// Names of functions, by which engines and profilers speak of them.
void Writer::names(ByteWriter &out) {
  ByteWriter list;
  uint32_t next = 0, count = 0;
  auto add = [&](Operation *op) {
    if (auto name = op->getAttrOfType<StringAttr>("sym_name")) {
      list.u(next);
      list.sized(name.getValue());
      ++count;
    }
    ++next;
  };
  for (ImportOp import : index.imports)
    if (isa<FunctionType>(import.getType()))
      add(import);
  for (Operation *function : index.functions)
    add(function);
  if (!count)
    return;
  ByteWriter functions, section;
  functions.u(count);
  functions.raw(list.bytes());
  section.sized("name");
  section.section(1, functions);
  out.section(Custom, section);
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

void Writer::finish(ByteWriter &out, Id id, size_t count) {
  if (count) {
    ByteWriter counted;
    counted.u(count);
    counted.raw(content.bytes());
    out.section(id, counted);
  }
  content = ByteWriter();
}

LogicalResult Writer::write(ByteWriter &out) {
  ByteWriter rest; // all behind the types, which bodies add to
  ByteWriter code; // written first: it tells which functions to declare
  for (Operation *op : index.functions)
    if (failed(codeEntry(op)))
      return failure();
  finish(code, Code, index.functions.size());
  for (ImportOp op : index.imports) {
    content.sized(op.getModule());
    content.sized(op.getName());
    content.byte(uint8_t(externOf(op.getType())));
    entity(op.getType());
  }
  finish(rest, Imports, index.imports.size());
  for (Operation *op : index.functions)
    entity(cast<EntityOpInterface>(op).getEntityType());
  finish(rest, Functions, index.functions.size());
  auto all = [&](auto &list, Id id, auto entry) -> LogicalResult {
    for (auto op : list)
      if (failed(entry(op)))
        return failure();
    finish(rest, id, list.size());
    return success();
  };
  auto plain = [&](auto op) { return entity(op.getType()), success(); };
  if (failed(all(index.tables, Tables, plain)) ||
      failed(all(index.memories, Memories, plain)) ||
      failed(all(index.tags, Tags, plain)) ||
      failed(all(index.globals, Globals,
                 [&](GlobalOp op) { return global(op); })) ||
      failed(all(index.exports, Exports,
                 [&](ExportOp op) { return exportEntry(op); })))
    return failure();
  if (!index.starts.empty()) {
    if (failed(reference(index.starts[0], index.starts[0].getFunctionAttr())))
      return failure();
    rest.section(Start, content);
    content = ByteWriter();
  }
  for (ElemOp op : index.elems)
    if (failed(elem(op)))
      return failure();
  bool isDeclared = declareReferences();
  finish(rest, Elems, index.elems.size() + isDeclared);
  if (!index.datas.empty()) {
    content.u(index.datas.size());
    rest.section(DataCount, content);
    content = ByteWriter();
  }
  rest.raw(code.bytes());
  if (failed(all(index.datas, Data, [&](DataOp op) { return data(op); })))
    return failure();
  if (isNamed)
    names(rest); // in front of the others, as tool-conventions wants it
  for (CustomOp op : index.customs) {
    content.sized(op.getName());
    content.raw(op.getContent());
    rest.section(Custom, content);
    content = ByteWriter();
  }

  out.raw(StringRef("\0asm\1\0\0\0", 8));
  for (auto [type, number] : index.types())
    writeFunctionType(type, content);
  finish(out, Types, index.types().size());
  out.raw(rest.bytes());
  return success();
}

/// Validates what was written of `module`; of the functions those that were
/// made here, or all.
static LogicalResult verifyWritten(wasm::ModuleOp module,
                                   const ModuleIndex &index,
                                   const ByteWriter &out, bool verifyCopies) {
  llvm::BitVector made(index.functions.size());
  for (auto [number, function] : llvm::enumerate(index.functions))
    made[number] = isa<FuncOp>(function);
  core::ModuleView view;
  std::optional<ReadError> error =
      core::readModule(llvm::arrayRefFromStringRef(out.bytes()), view);
  if (!error)
    error = core::validateModule(
        view, {/*bodies=*/true, verifyCopies ? nullptr : &made});
  if (!error)
    return success();
  return emitRule(module, Rule::written_module)
         << "would be written as a module that is not valid: " << error->message
         << " (byte 0x" << llvm::utohexstr(error->offset, true) << ")";
}

LogicalResult meld::wasm::writeModule(wasm::ModuleOp module, raw_ostream &os,
                                      const WriteOptions &options) {
  if (std::optional<ModuleBytesAttr> blob = module.getBytes()) {
    std::optional<ArrayRef<uint8_t>> bytes = blob->getBytes();
    if (!bytes)
      return refuse(module, "has lost its bytes: they were elided");
    os << StringRef(reinterpret_cast<const char *>(bytes->data()),
                    bytes->size());
    return success();
  }
  if (module.getSource())
    return refuse(module, "has its bytes in a file that was not read");
  ModuleIndex index;
  ByteWriter out;
  if (failed(index.build(module)) || failed(Writer(module, index).write(out)) ||
      failed(verifyWritten(module, index, out, options.verifyCopies)))
    return failure();
  os << out.bytes();
  return success();
}
