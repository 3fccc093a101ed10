//===- EdgeStreams.cpp - streams and futures that the host holds ----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EdgeStreams.h"
#include "EdgeElements.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Dialect/Component/IR/SymbolUses.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using component::FutureType;
using component::StreamType;
using wasm::CompareKind;

//===----------------------------------------------------------------------===//
// What can cross
//===----------------------------------------------------------------------===//

bool meld::lowering::canCrossEdge(component::TargetAttr target) {
  return target.getEdge() != component::EdgeMode::component;
}

static bool holdsEnds(component::FuncType type, bool onlyLifted) {
  WalkResult found = TypeAttr::get(type).walk([&](Type inner) {
    return isa<StreamType, FutureType>(inner) &&
                   (!onlyLifted || isLifted(inner))
               ? WalkResult::interrupt()
               : WalkResult::advance();
  });
  return found.wasInterrupted();
}

bool meld::lowering::passesEnds(const SymbolTable &symbols, bool onlyLifted) {
  auto root = cast<component::RootOp>(symbols.getOp());
  auto isOfEnds = [&](component::ExportFuncOp op) {
    Operation *callee = symbols.lookup(op.getFunction());
    auto type = dyn_cast_if_present<component::FuncType>(
        callee ? component::getCalleeType(callee) : component::FuncType());
    return type && holdsEnds(type, onlyLifted);
  };
  return llvm::any_of(root.getBody().getOps<component::HostFuncOp>(),
                      [&](auto op) {
                        return holdsEnds(op.getFuncType(), onlyLifted);
                      }) ||
         llvm::any_of(root.getBody().getOps<component::ExportFuncOp>(),
                      isOfEnds);
}

//===----------------------------------------------------------------------===//
// Imports of the host
//===----------------------------------------------------------------------===//

static StringRef familyOf(Type type) {
  return isa<FutureType>(type) ? "future" : "stream";
}

FlatSymbolRefAttr meld::lowering::getEdgeImport(Program &program, Type type,
                                                StringRef name,
                                                TypeRange inputs,
                                                TypeRange results) {
  return program.hostRuntime(familyOf(type) + name, inputs, results);
}

/// The family of a stream or future is known to the thunk by its import of the
/// function that makes one, so that is made wherever an end crosses.
static FlatSymbolRefAttr getNew(Program &program, StringRef family) {
  Type i64 = IntegerType::get(program.root.getContext(), 64);
  return program.hostRuntime(family + "_new", {}, i64);
}

static bool crosses(Program &program, StringRef family) {
  return program.symbols.lookup(("host." + family + "_new").str());
}

//===----------------------------------------------------------------------===//
// Ends that cross
//===----------------------------------------------------------------------===//

Value meld::lowering::giveEnd(Code &code, Type type, Value stream) {
  FlatSymbolRefAttr makeNew = getNew(code.program, familyOf(type));
  Type i32 = code.getI32Type();
  return code
      .block(i32,
             [&](Value done) -> SmallVector<Value> {
               Value back = code.runtime("edge_back", stream);
               code.when(back, [&] {
                 wasm::BrOp::create(code, done, ValueRange{back});
               });
               Value pair = code.call(makeNew, {}).front();
               Value high = code.binary(wasm::BinaryKind::shr_u, pair,
                                        code.constant64(32));
               code.runtime("edge_give",
                            {stream, code.convert(wasm::ConvertKind::wrap_i64,
                                                  high, i32)});
               return {code.convert(wasm::ConvertKind::wrap_i64, pair, i32)};
             })
      .front();
}

Value meld::lowering::takeEnd(Code &code, Type type, Value number,
                              FlatSymbolRefAttr to) {
  Program &program = code.program;
  getNew(program, familyOf(type));
  return code.runtime(
      "edge_take", {code.instance(to),
                    code.constant(program.records.streamType(type)), number});
}

void meld::lowering::passEvent(Code &code, Value number) {
  code.runtime("edge_event", number);
}

//===----------------------------------------------------------------------===//
// The thunk
//===----------------------------------------------------------------------===//

namespace {
/// (what, number or end, pointer, bytes, memory) -> answer.
struct EdgeThunk {
  Program &program;
  Abi &abi;
  Code code;
  ValueRange arguments;

  Value what = {};
  /// Whether anybody cancels a copy.
  bool cancels() { return program.symbols.lookup("rt.copy_cancel"); }
  Value getMemory();
  void when(uint32_t value, llvm::function_ref<Value()> then);
  void runtimePart();
  void lifted(const EdgeElements &elements);
  void family(StringRef name, uint32_t readable);
};
} // namespace

/// The position of the exported memory that the runtime knows by its number.
Value EdgeThunk::getMemory() {
  Value position = code.constant(0);
  for (auto [memory, number] : program.records.bufferMemories()) {
    Value same =
        code.compare(CompareKind::eq, arguments[4], code.constant(number));
    position =
        wasm::SelectOp::create(code, code.getI32Type(), same,
                               code.constant(abi.memory(memory)), position);
  }
  return position;
}

void EdgeThunk::when(uint32_t value, llvm::function_ref<Value()> then) {
  Value same = code.compare(CompareKind::eq, what, code.constant(value));
  code.when(same, [&] {
    Value answer = then();
    wasm::ReturnOp::create(code,
                           ValueRange{answer ? answer : code.constant(0)});
  });
}

void EdgeThunk::runtimePart() {
  when(rt::EdgeCopy,
       [&] { return code.runtime("edge_copy", arguments.drop_front()); });
  when(rt::EdgeDrop, [&] { return code.runtime("edge_drop", arguments[1]); });
  if (cancels())
    when(rt::EdgeCancel,
         [&] { return code.runtime("edge_cancel", arguments[1]); });
}

/// Elements that are lifted go through a function for their type and place.
void EdgeThunk::lifted(const EdgeElements &elements) {
  Value sameType =
      code.compare(CompareKind::eq, arguments[0], code.constant(elements.what));
  Value samePlace = code.compare(CompareKind::eq, arguments[4],
                                 code.constant(elements.place));
  Value same = code.binary(wasm::BinaryKind::and_, sameType, samePlace);
  code.when(same, [&] {
    Value answer =
        code.call(elements.function, {arguments[1], arguments[2], arguments[3]})
            .front();
    wasm::ReturnOp::create(code, ValueRange{answer});
  });
}

/// A stream has a length, a future does not.
void EdgeThunk::family(StringRef name, uint32_t readable) {
  if (!crosses(program, name))
    return;
  Type i32 = code.getI32Type();
  bool isFuture = readable == rt::KindFutureReadable;
  SmallVector<Type> inputs(isFuture ? 3 : 4, i32);
  constexpr StringLiteral verbs[] = {"_read", "_write"},
                          ends[] = {"_close_readable", "_close_writable"};
  for (uint32_t i = 0; i < 2; ++i)
    when(readable + i, [&] {
      SmallVector<Value> passed{arguments[1], arguments[2]};
      if (!isFuture)
        passed.push_back(arguments[3]);
      passed.push_back(getMemory());
      return code
          .call(program.hostRuntime(name + verbs[i], inputs, i32), passed)
          .front();
    });
  for (uint32_t i = 0; i < 2; ++i)
    when((readable + i) | rt::EdgeClose, [&] {
      code.call(program.hostRuntime(name + ends[i], i32, {}), arguments[1]);
      return Value();
    });
  for (uint32_t i = 0; cancels() && i < 2; ++i)
    when((readable + i) | rt::EdgeCancel, [&] {
      code.call(program.hostRuntime(name + "_cancel", i32, {}), arguments[1]);
      return Value();
    });
}

void meld::lowering::makeEdgeThunk(Program &program, Abi &abi,
                                   ArrayRef<EdgeElements> elements) {
  if (!crosses(program, "stream") && !crosses(program, "future"))
    return;
  abi.async = true;
  Builder types(program.root.getContext());
  SmallVector<Type> inputs(5, types.getI32Type());
  wasm::FuncOp func =
      program.addFunction(program.root.getLoc(), "edge",
                          types.getFunctionType(inputs, types.getI32Type()));
  EdgeThunk thunk{program, abi, Code::atEndOf(program, func),
                  func.getArguments()};
  for (const EdgeElements &lifted : elements)
    thunk.lifted(lifted);
  // The type is of no interest to the others.
  thunk.what = thunk.code.binary(wasm::BinaryKind::and_, func.getArgument(0),
                                 thunk.code.constant(0xffff));
  thunk.runtimePart();
  thunk.family("stream", rt::KindStreamReadable);
  thunk.family("future", rt::KindFutureReadable);
  wasm::ReturnOp::create(thunk.code, ValueRange{thunk.code.constant(0)});
  program.setEdge(FlatSymbolRefAttr::get(func));
}
