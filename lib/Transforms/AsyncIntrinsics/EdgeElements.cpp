//===- EdgeElements.cpp - elements that are lifted at the edge --*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EdgeElements.h"

#include "Buffers.h"
#include "EdgeStreams.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using namespace meld::async_intrinsic;
using component::FutureType;
using wasm::BinaryKind;
using wasm::CompareKind;

/// How many elements a guest reads at most in one go: they are staged at once.
static constexpr uint32_t mostRead = 256;

namespace {
/// Builds the function for one copy, and those like it.
class Copier {
public:
  Copier(Program &program, Entry &entry, EdgeMemory &memory, Abi &abi,
         const GuestCopy &site)
      : program(program), entry(entry), memory(memory), abi(abi), site(site),
        element(getElement(site.type)),
        size(component::getElementSize(element)),
        isFuture(isa<FutureType>(site.type)) {}

  FlatSymbolRefAttr make();

private:
  Value count(Code &code, Value most);
  Value stage(Code &code, Value length);
  Value ask(Code &code, StringRef verb, Value pointer, Value bytes);
  void askForReadiness(Code &code, StringRef verb);
  void move(Code &code, Value target, Value source, Value count);
  void buildWrite(Code &code);
  void buildRead(Code &code);

  Program &program;
  Entry &entry;
  EdgeMemory &memory;
  Abi &abi;
  const GuestCopy &site;
  Type element;
  uint32_t size;
  bool isFuture;
  Value number, pointer, bytes;
};
} // namespace

/// How many elements the guest has, but `most`.
Value Copier::count(Code &code, Value most) {
  Value all = code.binary(BinaryKind::div_u, bytes, code.constant(size));
  Value fits = code.compare(CompareKind::lt_u, all, most);
  return wasm::SelectOp::create(code, code.getI32Type(), fits, all, most);
}

Value Copier::stage(Code &code, Value length) {
  Value none = code.constant(0);
  return code.runtime(
      "stage",
      {none, none, code.constant(component::getAlignment(element)), length});
}

/// The host may ask for room in the staging area meanwhile, as in a call.
Value Copier::ask(Code &code, StringRef verb, Value pointer, Value bytes) {
  SmallVector<Value> passed{number, pointer};
  if (!isFuture)
    passed.push_back(bytes);
  passed.push_back(code.constant(abi.stageIn(program.memory())));
  SmallVector<Type> inputs(passed.size(), code.getI32Type());
  return entry
      .callHost(
          code,
          getEdgeImport(program, site.type, verb, inputs, code.getI32Type()),
          passed)
      .front();
}

void Copier::askForReadiness(Code &code, StringRef verb) {
  if (isFuture)
    return;
  Value none =
      wasm::TestOp::create(code, code.getI32Type(), wasm::TestKind::eqz, bytes);
  code.when(none, [&] {
    Value zero = code.constant(0);
    wasm::ReturnOp::create(code, ValueRange{ask(code, verb, zero, zero)});
  });
}

void Copier::move(Code &code, Value target, Value source, Value count) {
  Side guest = EdgeMemory::sideOf(site.place), host = memory.stagingSide();
  adapters::Route route =
      site.writing
          ? adapters::Route{guest, host, guest.instance, /*toCallee=*/false}
          : adapters::Route{host, guest, guest.instance, /*toCallee=*/true};
  memory.moveElements(code, route, element, target, source, count);
}

/// Only what the host has room for is lifted, because that may move handles.
void Copier::buildWrite(Code &code) {
  askForReadiness(code, "_write");
  Type i32 = code.getI32Type();
  Value room =
      code.call(getEdgeImport(program, site.type, "_room", i32, i32), number)
          .front();
  Value some = code.compare(CompareKind::gt_s, room, code.constant(0));
  Value full = wasm::TestOp::create(code, i32, wasm::TestKind::eqz, some);
  code.when(full, [&] { wasm::ReturnOp::create(code, ValueRange{room}); });
  Value n = count(code, room);
  Value length = code.binary(BinaryKind::mul, n, code.constant(size));
  Value staged = stage(code, length);
  move(code, staged, pointer, n);
  Value list = memory.takeAll(code);
  Value answer = ask(code, "_write", staged, length);
  memory.free(code, list);
  Value all = isFuture ? code.constant(1) : length;
  code.trapIf(code.compare(CompareKind::ne, answer, all), TrapKind::HostThrew,
              answer);
  wasm::ReturnOp::create(code, ValueRange{answer});
}

void Copier::buildRead(Code &code) {
  if (component::holdsPointers(element))
    memory.exportStage(); // for what they point to
  askForReadiness(code, "_read");
  Value n = count(code, code.constant(mostRead));
  Value length = code.binary(BinaryKind::mul, n, code.constant(size));
  Value staged = stage(code, length);
  Value kept = memory.takeAll(code);
  Value answer = ask(code, "_read", staged, length);
  Value list = memory.takeAll(code);
  Value some = code.compare(CompareKind::gt_s, answer, code.constant(0));
  code.when(some, [&] {
    Value moved = answer;
    if (isFuture) {
      moved = code.constant(1);
    } else {
      code.trapIf(code.compare(CompareKind::gt_u, answer, length),
                  TrapKind::HostThrew, answer);
      moved = code.binary(BinaryKind::div_u, answer, code.constant(size));
    }
    move(code, pointer, staged, moved);
  });
  memory.free(code, kept);
  memory.free(code, list);
  wasm::ReturnOp::create(code, ValueRange{answer});
}

FlatSymbolRefAttr Copier::make() {
  Builder types(program.root.getContext());
  Type i32 = types.getI32Type();
  wasm::FuncOp func = program.addFunction(
      program.root.getLoc(), site.writing ? "edge_write" : "edge_read",
      types.getFunctionType({i32, i32, i32}, i32));
  number = func.getArgument(0);
  pointer = func.getArgument(1);
  bytes = func.getArgument(2);
  Code code = Code::atEndOf(program, func);
  if (site.writing)
    buildWrite(code);
  else
    buildRead(code);
  return FlatSymbolRefAttr::get(func);
}

//===----------------------------------------------------------------------===//
// All of them
//===----------------------------------------------------------------------===//

SmallVector<EdgeElements> meld::lowering::makeEdgeElements(Program &program,
                                                           Entry &entry,
                                                           EdgeMemory &memory,
                                                           Abi &abi) {
  SmallVector<GuestCopy> sites;
  for (auto func : program.root.getBody().getOps<wasm::FuncOp>())
    func.walk([&](Operation *op) {
      std::optional<GuestCopy> copy = getGuestCopy(op);
      if (copy && isLifted(copy->type))
        sites.push_back(*copy);
    });
  SmallVector<EdgeElements> made;
  llvm::DenseSet<std::pair<uint32_t, uint32_t>> known;
  for (const GuestCopy &site : sites) {
    uint32_t what = program.records.endHeader(site.type, site.writing);
    uint32_t place = program.records.buffer(site.type, site.place);
    if (isMemory32(program, site.place.memory) &&
        known.insert({what, place}).second)
      made.push_back(
          {what, place, Copier(program, entry, memory, abi, site).make()});
  }
  return made;
}
