//===- HostCalls.cpp - calls of functions of the host -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CallSite.h"
#include "Numbers.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using component::HostFuncOp;

/// A call names its options, or the thunks that move its values do.
Side meld::lowering::getSide(const EdgeMemory &memory, const Program &program,
                             const CallSite &site) {
  Side side;
  side.instance = site.caller;
  auto read = [&](Operation *op) {
    if (auto symbol = op->getAttrOfType<FlatSymbolRefAttr>("memory"))
      side.memory = symbol;
    if (auto symbol = op->getAttrOfType<FlatSymbolRefAttr>("realloc"))
      side.realloc = symbol;
    if (auto word = op->getAttrOfType<StringAttr>("string_encoding"))
      side.encoding = component::symbolizeStringEncoding(word.getValue())
                          .value_or(component::StringEncoding::utf8);
  };
  read(site.op);
  for (FlatSymbolRefAttr thunk : {site.start, site.returns})
    if (auto func = program.symbols.lookup<wasm::FuncOp>(thunk.getAttr()))
      func.walk([&](async_intrinsic::TransferOp op) {
        if (op.getMemory())
          read(op);
      });
  side.memory64 = memory.isMemory64(side.memory);
  return side;
}

namespace {
/// A call of `[call]f` as code. The host writes a result of up to 16 slots into
/// the record, in the place of the arguments; for a larger one a block is
/// staged, whose address is there then.
struct HostCall {
  HostImports &imports;
  EdgeMemory &memory;
  Code &code;
  const CallSite &site;
  HostFuncOp function;

  Type result = site.type.getResult();
  bool staged = !hasNumbersOnly(site.type);
  bool large = result &&
               component::getElementSize(result) > sizeof(rt::Call::arguments);
  Value call = {}, answer = {};
  FlatSymbolRefAttr thunk = {};

  void make();
  SmallVector<Value> moveArguments();
  Value getRoom(Code &code, Value call);
  FlatSymbolRefAttr makeThunk();
  void resolveNumber(Code &code, Value call);
  void resolveStaged(Code &code, Value call);
};
} // namespace

static constexpr uint32_t slots = offsetof(rt::Call, arguments);

Value HostCall::getRoom(Code &code, Value call) {
  return large ? code.load(call, slots)
               : code.binary(wasm::BinaryKind::add, call, code.constant(slots));
}

//===----------------------------------------------------------------------===//
// The thunk that `__resolve` reaches: (call) -> ()
//===----------------------------------------------------------------------===//

void HostCall::resolveNumber(Code &code, Value call) {
  Value value = loadFlat(code, result, code.program.memory(), call, slots);
  code.call(site.returns, {call, value});
}

/// A sync lower finds a flat result in the first slot.
void HostCall::resolveStaged(Code &code, Value call) {
  Value room = getRoom(code, call);
  Side guest = getSide(memory, code.program, site);
  Value into;
  if (site.resultPointer)
    into = code.load(call, offsetof(rt::Call, result));
  SmallVector<Value> moved = memory.move(
      code, {memory.stagingSide(), guest, site.callee, /*toCallee=*/false},
      result, room, into, /*fromMemory=*/true);
  if (!into)
    code.store(moved.front(), call, slots);
  memory.free(code, memory.takeAll(code));
  if (large)
    memory.free(code, code.binary(wasm::BinaryKind::sub, room,
                                  code.constant(sizeof(rt::Staged))));
}

FlatSymbolRefAttr HostCall::makeThunk() {
  if (!result && !staged)
    return site.returns;
  Program &program = code.program;
  Builder types(program.root.getContext());
  wasm::FuncOp func = program.addFunction(
      site.op->getLoc(), site.returns.getValue() + "_resolve",
      types.getFunctionType(types.getI32Type(), {}));
  Code body = Code::atEndOf(program, func);
  Value call = func.getArgument(0);
  if (result && staged)
    resolveStaged(body, call);
  else if (result)
    resolveNumber(body, call);
  wasm::ReturnOp::create(body);
  return FlatSymbolRefAttr::get(func);
}

//===----------------------------------------------------------------------===//
// The call
//===----------------------------------------------------------------------===//

SmallVector<Value> HostCall::moveArguments() {
  if (!staged)
    return llvm::to_vector(site.arguments);
  if (component::lends(site.type))
    code.runtime("scope_enter", call);
  return memory.move(code,
                     {getSide(memory, code.program, site), memory.stagingSide(),
                      site.callee, /*toCallee=*/true},
                     site.type.getParams(), site.arguments);
}

/// The host reads its arguments before it returns.
void HostCall::make() {
  thunk = makeThunk();
  call = newCall(code, site, code.constant(0), code.slot(thunk));
  SmallVector<Value> arguments = moveArguments();
  Value taken = staged ? memory.take(code, site.type) : Value();
  if (large) {
    code.store(memory.stage(code, result), call, slots);
    memory.takeAll(code);
  }
  Value number = code.runtime("import_begin", call);
  Value room = getRoom(code, call);
  answer = imports.callAsync(code, function, arguments, room, number);
  memory.free(code, taken);
}

Value meld::lowering::callHost(HostImports &imports, EdgeMemory &memory,
                               Code &code, const CallSite &site,
                               HostFuncOp function) {
  HostCall made{imports, memory, code, site, function};
  made.make();
  code.when(made.answer, [&] { code.call(made.thunk, made.call); });
  return code.runtime("import_end", {made.call, made.answer});
}

Value meld::lowering::callHostAndWait(HostImports &imports, EdgeMemory &memory,
                                      Code &code, const CallSite &site,
                                      HostFuncOp function) {
  HostCall made{imports, memory, code, site, function};
  made.make();
  Value later = wasm::TestOp::create(code, code.getI32Type(),
                                     wasm::TestKind::eqz, made.answer);
  if (code.program.hasFibers()) {
    // What `__resolve` does with the result, it has done then.
    code.when(later, [&] { code.runtime("import_wait", made.call); });
    code.when(made.answer, [&] { code.call(made.thunk, made.call); });
  } else {
    code.when(later, [&] {
      code.runtime("cannot_block", {});
      wasm::UnreachableOp::create(code);
    });
    code.call(made.thunk, made.call);
  }
  Value result;
  if (site.type.getResult() && !site.resultPointer) {
    SmallVector<Type> flat;
    component::flattenType(site.type.getResult(), flat);
    result = code.load(flat.front(), made.call, slots);
  }
  code.runtime("import_end", {made.call, made.answer});
  return result;
}
