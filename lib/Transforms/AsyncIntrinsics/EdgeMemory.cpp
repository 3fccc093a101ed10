//===- EdgeMemory.cpp - guest memory that the host touches ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EdgeMemory.h"

#include "MayLeave.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::lowering;

bool EdgeMemory::isMemory64(FlatSymbolRefAttr memory) const {
  return memory &&
         cast<wasm::MemoryType>(program.entityType(memory)).getIndex64();
}

/// Whether values of `type` pass through memory: they hold pointers, or there
/// are too many of them.
static bool wantsMemory(FuncType type, bool memory64) {
  SmallVector<Type> params, results;
  for (Type param : type.getParams())
    flattenType(param, params, memory64);
  if (type.getResult())
    flattenType(type.getResult(), results, memory64);
  return params.size() > maxFlatParams || results.size() > maxFlatResults ||
         llvm::any_of(type.getParams(), holdsPointers) ||
         (type.getResult() && holdsPointers(type.getResult()));
}

bool EdgeMemory::canPass(FuncType type, const EdgeOptions &options) const {
  return options.memory || !wantsMemory(type, isMemory64(options.memory));
}

FunctionType EdgeMemory::coreType(FuncType type, CallSide side,
                                  const EdgeOptions &options) const {
  FlatOptions flat;
  flat.memory64 = isMemory64(options.memory);
  return flattenFunctype(type, side, flat);
}

void EdgeMemory::describe(AbiFunction &function, const EdgeOptions &options) {
  if (!wantsMemory(function.type, isMemory64(options.memory)))
    return;
  function.memory = abi.memory(options.memory);
  function.encoding = options.encoding;
  if (options.realloc)
    function.realloc = exportRealloc(options);
}

/// Common bindings know the first one by its name.
std::string EdgeMemory::exportRealloc(const EdgeOptions &options) {
  std::string &name = reallocs[options.realloc.getAttr()];
  if (!name.empty())
    return name;
  name = "cabi_realloc";
  if (reallocs.size() > 1)
    name += std::to_string(reallocs.size() - 1);
  wasm::FuncOp func = program.addFunction(
      program.root.getLoc(), name, program.functionType(options.realloc));
  Code code = Code::atEndOf(program, func);
  Value before = entry.enter(code, /*serves=*/true);
  ValueRange results;
  withoutLeaving(code, options.instance, [&] {
    results = code.call(options.realloc, func.getArguments());
  });
  entry.leave(code, before);
  wasm::ReturnOp::create(code, results);
  program.addExport(name, FlatSymbolRefAttr::get(func));
  return name;
}
