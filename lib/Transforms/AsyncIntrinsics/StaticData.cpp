//===- StaticData.cpp - the runtime's memory and table at the start ------*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StaticData.h"

#include "RuntimeFunctions.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using async_intrinsic::TaskTypeOp;

static_assert(rt::ControlAddress + sizeof(rt::Control) <= rt::RecordsAddress,
              "the records lie behind the control block");

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

/// Appends the words of a record, which has no other fields.
template <typename Record>
static void append(SmallVectorImpl<int32_t> &words, const Record &record) {
  static_assert(sizeof(Record) % sizeof(int32_t) == 0);
  size_t start = words.size();
  words.resize(start + sizeof(Record) / sizeof(int32_t));
  memcpy(words.data() + start, &record, sizeof(Record));
}

static rt::TaskType getTaskType(Program &program, Operation *op) {
  auto name = FlatSymbolRefAttr::get(op);
  Callee callee = program.callee(name);
  const Records &records = program.records;
  rt::TaskType record = {};
  record.instance = records.instance(callee.instance);
  record.step = program.slots().of(callee.step);
  if (auto task = dyn_cast<TaskTypeOp>(op)) {
    record.result = records.resultType(callee.type.getResult());
    record.options =
        records.options(task.getStringEncoding(), task.getMemoryAttr());
    record.flags = (callee.async ? rt::TaskAsync : 0) |
                   (callee.isExclusive() ? rt::TaskExclusive : 0) |
                   (program.mayWait(callee.instance) ? rt::TaskBlocks : 0);
  }
  return record;
}

/// Elements whose both ends may be in one instance: numbers, and none.
static bool isNumberOrNone(Type element) {
  using namespace component;
  return !element || isa<S8Type, U8Type, S16Type, U16Type, S32Type, U32Type,
                         S64Type, U64Type, F32Type, F64Type>(element);
}

static rt::StreamType getStreamType(Program &program, Type type) {
  Type element = getElement(type);
  rt::StreamType record = {};
  record.id = program.records.endHeader(type, /*writable=*/false) >> 16;
  record.size = element ? component::getElementSize(element) : 0;
  record.copyBase = program.slots().copyBase(type);
  record.flags = (isNumberOrNone(element) ? rt::StreamOfNumbers : 0) |
                 (isa<component::FutureType>(type) ? rt::StreamIsFuture : 0);
  return record;
}

static void addWords(Program &program, StringRef name, uint32_t address,
                     ArrayRef<int32_t> words) {
  if (words.empty())
    return;
  OpBuilder b(program.root.getContext());
  auto type = RankedTensorType::get(words.size(), b.getI32Type());
  program.add(wasm::DataOp::create(b, program.root.getLoc(), StringAttr(),
                                   b.getStringAttr(name), program.memory(),
                                   b.getI64IntegerAttr(address),
                                   DenseIntElementsAttr::get(type, words),
                                   IntegerAttr(), FlatSymbolRefAttr()));
}

static void makeMemory(Program &program) {
  const Records &records = program.records;
  uint32_t end = records.end();
  constexpr uint64_t page = 1 << 16;
  OpBuilder b(program.root.getContext());
  auto type =
      wasm::MemoryType::get(b.getContext(), llvm::divideCeil(end, page));
  program.add(wasm::MemoryOp::create(b, program.root.getLoc(), StringAttr(),
                                     b.getStringAttr(memorySymbol),
                                     TypeAttr::get(type)),
              /*first=*/true);

  constexpr uint32_t control = rt::ControlAddress;
  addWords(program, "rt.heap", control + offsetof(rt::Control, heap),
           static_cast<int32_t>(end));
  if (uint32_t rows = records.copyRows())
    addWords(program, "rt.rows", control + offsetof(rt::Control, memories),
             static_cast<int32_t>(rows));
  if (FlatSymbolRefAttr edge = program.getEdge())
    addWords(program, "rt.edge", control + offsetof(rt::Control, edge),
             static_cast<int32_t>(program.slots().of(edge)));
  if (FlatSymbolRefAttr fiber = program.getFiber())
    addWords(program, "rt.fiber", control + offsetof(rt::Control, fiber),
             static_cast<int32_t>(program.slots().of(fiber)));
  SmallVector<int32_t> words;
  for (Operation *task : records.taskTypes())
    append(words, getTaskType(program, task));
  for (Type type : records.streamTypes())
    append(words, getStreamType(program, type));
  addWords(program, "rt.records", records.firstTaskType(), words);
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

/// A segment has no holes: one for each run of slots that hold something.
static void makeTable(Program &program) {
  SmallVector<FlatSymbolRefAttr> slots = program.slots().all();
  OpBuilder b(program.root.getContext());
  Location loc = program.root.getLoc();
  auto type = wasm::TableType::get(b.getContext(), slots.size(),
                                   wasm::FuncRefType::get(b.getContext()));
  program.add(wasm::TableOp::create(
                  b, loc, StringAttr(), b.getStringAttr(tableSymbol),
                  TypeAttr::get(type), IntegerAttr(), FlatSymbolRefAttr()),
              /*first=*/true);
  for (size_t start = 0; start < slots.size(); ++start) {
    SmallVector<Attribute> run;
    while (start + run.size() < slots.size() && slots[start + run.size()])
      run.push_back(slots[start + run.size()]);
    if (run.empty())
      continue;
    program.add(wasm::ElemOp::create(
        b, loc, StringAttr(), b.getStringAttr("rt.slots"), program.table(),
        b.getI64IntegerAttr(start), b.getArrayAttr(run), IntegerAttr(),
        FlatSymbolRefAttr()));
    start += run.size();
  }
}

void meld::lowering::makeStaticData(Program &program) {
  if (program.wantsTable())
    makeTable(program);
  if (program.wantsMemory())
    makeMemory(program);
}
