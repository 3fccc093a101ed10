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

/// The thunk that `__resolve` reaches: (call) -> (). The host has written the
/// result into the record, in the place of the arguments.
static FlatSymbolRefAttr makeResolveThunk(Program &program,
                                          const CallSite &site) {
  Type result = site.type.getResult();
  if (!result)
    return site.returns;
  Builder types(program.root.getContext());
  wasm::FuncOp func = program.addFunction(
      site.op->getLoc(), site.returns.getValue() + "_resolve",
      types.getFunctionType(types.getI32Type(), {}));
  Code code = Code::atEndOf(program, func);
  Value call = func.getArgument(0);
  Value value = loadNumber(code, result, program.memory(), call,
                           offsetof(rt::Call, arguments));
  code.call(site.returns, {call, value});
  wasm::ReturnOp::create(code);
  return FlatSymbolRefAttr::get(func);
}

namespace {
/// A call of `[call]f` that was made.
struct Made {
  Value call, answer;
  FlatSymbolRefAttr thunk;
};
} // namespace

static Made callAsync(HostImports &imports, Code &code, const CallSite &site,
                      HostFuncOp function) {
  Made made;
  made.thunk = makeResolveThunk(code.program, site);
  made.call = newCall(code, site, code.constant(0), code.slot(made.thunk));
  Value number = code.runtime("import_begin", made.call);
  Value pointer = code.binary(wasm::BinaryKind::add, made.call,
                              code.constant(offsetof(rt::Call, arguments)));
  made.answer =
      imports.callAsync(code, function, site.arguments, pointer, number);
  return made;
}

Value meld::lowering::callHost(HostImports &imports, Code &code,
                               const CallSite &site, HostFuncOp function) {
  Made made = callAsync(imports, code, site, function);
  code.when(made.answer, [&] { code.call(made.thunk, made.call); });
  return code.runtime("import_end", {made.call, made.answer});
}

Value meld::lowering::callHostAndWait(HostImports &imports, Code &code,
                                      const CallSite &site,
                                      HostFuncOp function) {
  Made made = callAsync(imports, code, site, function);
  Value later = wasm::TestOp::create(code, code.getI32Type(),
                                     wasm::TestKind::eqz, made.answer);
  code.when(later, [&] {
    code.runtime("cannot_block", {});
    wasm::UnreachableOp::create(code);
  });
  code.call(made.thunk, made.call);
  Value result;
  if (site.type.getResult() && !site.resultPointer) {
    SmallVector<Type> flat;
    component::flattenType(site.type.getResult(), flat);
    result = code.load(flat.front(), made.call, offsetof(rt::Call, arguments));
  }
  code.runtime("import_end", {made.call, made.answer});
  return result;
}
