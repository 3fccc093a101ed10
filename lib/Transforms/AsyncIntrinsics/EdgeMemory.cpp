//===- EdgeMemory.cpp - guest memory that the host touches ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EdgeMemory.h"

#include "Frame.h"
#include "Handles.h"
#include "MayLeave.h"

#include "meld/Dialect/Component/IR/SymbolUses.h"
#include "meld/Support/Names.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::lowering;

SmallVector<Type> meld::lowering::getResults(FuncType type) {
  SmallVector<Type> types;
  if (Type result = type.getResult())
    types.push_back(result);
  return types;
}

bool EdgeMemory::isMemory64(FlatSymbolRefAttr memory) const {
  return memory &&
         cast<wasm::MemoryType>(program.entityType(memory)).getIndex64();
}

Side EdgeMemory::sideOf(const Callee &callee) const {
  return {callee.instance, callee.memory, callee.realloc, callee.encoding,
          isMemory64(callee.memory)};
}

Side EdgeMemory::sideOf(const Place &place) {
  Side side{place.instance, place.memory, place.realloc};
  if (place.encoding)
    side.encoding = symbolizeStringEncoding(place.encoding.getValue())
                        .value_or(StringEncoding::utf8);
  return side;
}

bool meld::lowering::passesMemory(Type result) {
  SmallVector<Type> flat;
  flattenType(result, flat);
  return flat.size() > maxFlatResults || holdsPointers(result);
}

StringRef meld::lowering::whyStaged(TargetAttr target, FuncType type,
                                    FlatSymbolRefAttr memory) {
  if (needsMemory(type, /*async=*/false)) {
    if (target.getEdge() == component::EdgeMode::component)
      return "all values of a component lie in one (edge = component)";
    if (!memory)
      return "both sides are the host's";
  }
  if (hasPlainHandles(type))
    return {};
  return "handles that lie in memory or depend on a case are other numbers for "
         "the host";
}

/// Whether values that the guest gets need room there.
static bool wantsRealloc(FuncType type, CallSide call) {
  if (call == CallSide::lower)
    return type.getResult() && holdsPointers(type.getResult());
  SmallVector<Type> flat;
  for (Type param : type.getParams())
    flattenType(param, flat);
  return flat.size() > maxFlatParams ||
         llvm::any_of(type.getParams(), holdsPointers);
}

bool EdgeMemory::canPass(FuncType type, CallSide call, const Side &guest,
                         FunctionType core) const {
  return canGiveHandles(program.target, type) &&
         core == coreType(type, call, guest) &&
         (guest.memory || !needsMemory(type, /*async=*/false)) &&
         (guest.realloc || !wantsRealloc(type, call));
}

Side EdgeMemory::hostSide(FuncType type, const Side &guest) {
  return whyStaged(program.target, type, guest.memory).empty() ? guest
                                                               : stagingSide();
}

void EdgeMemory::remarkExport(ExportFuncOp op, FuncType type,
                              const Side &guest) const {
  StringRef name = op.getName();
  if (type.getAsync())
    return remarks.missed(op.getLoc(), "thunks", name, [&] {
      return "the host calls " + quoted(name) +
             " and goes on: the function is of asynchronous type, so arguments "
             "and result are moved by two thunks";
    });
  StringRef why = whyStaged(program.target, type, guest.memory);
  if (why.empty())
    return remarks.passed(op.getLoc(), "direct", name, [&] {
      return "the host calls " + quoted(name) +
             " directly: it lifts and lowers itself";
    });
  remarks.missed(op.getLoc(), "staged", name, [&] {
    return "the host calls " + quoted(name) +
           " with values that are moved to the program's own memory first: " +
           why.str();
  });
}

/// Whether a guest needs memory for its values in a call of asynchronous type.
static bool wantsMemory(FuncType type, CallSide call, const Side &guest,
                        bool isAsync) {
  bool isLower = call == CallSide::lower;
  SmallVector<Type> flat, result;
  for (Type param : type.getParams())
    flattenType(param, flat, guest.memory64);
  if (type.getResult())
    flattenType(type.getResult(), result, guest.memory64);
  size_t most = isAsync && !isLower ? maxFlatParams : maxFlatResults;
  return flat.size() >
             (isAsync && isLower ? maxFlatAsyncParams : maxFlatParams) ||
         llvm::any_of(type.getParams(), holdsPointers) ||
         (!result.empty() && isAsync && isLower) || result.size() > most ||
         (type.getResult() && holdsPointers(type.getResult()));
}

bool EdgeMemory::canPassTask(FuncType type, CallSide call, const Side &guest,
                             TypeRange parameters, bool isAsync) const {
  FlatOptions flat;
  flat.memory64 = guest.memory64;
  flat.isAsync = isAsync;
  FunctionType core = flattenFunctype(type, call, flat);
  return canGiveHandles(program.target, type) &&
         llvm::equal(core.getInputs(), parameters) &&
         (guest.memory || !wantsMemory(type, call, guest, isAsync)) &&
         (guest.realloc || !wantsRealloc(type, call));
}

Side EdgeMemory::stagingSide() {
  return Side{{}, program.memory(), program.runtime("stage")};
}

FunctionType EdgeMemory::coreType(FuncType type, CallSide call,
                                  const Side &side) {
  FlatOptions flat;
  flat.memory64 = side.memory64;
  return flattenFunctype(type, call, flat);
}

Side EdgeMemory::getNeeded(FuncType type, CallSide call, const Side &host) {
  Side needed;
  needed.instance = host.instance;
  if (!needsMemory(type, /*async=*/false))
    return needed;
  needed = host;
  if (!wantsRealloc(type, call))
    needed.realloc = {};
  if (!holdsStrings(type))
    needed.encoding = StringEncoding::utf8;
  return needed;
}

void EdgeMemory::describe(AbiFunction &function, const Side &host) {
  if (!host.memory)
    return;
  function.memory = abi.memory(host.memory);
  function.memory64 = host.memory64;
  function.encoding = host.encoding;
  if (host.realloc)
    function.realloc = exportRealloc(host);
}

//===----------------------------------------------------------------------===//
// The staging area
//===----------------------------------------------------------------------===//

SmallVector<Value> EdgeMemory::move(Code &code, const adapters::Route &route,
                                    ArrayRef<Type> types, ValueRange values,
                                    Value into, bool fromMemory) {
  return adapters.move(code, route, types, values, into, fromMemory);
}

Value EdgeMemory::stage(Code &code, Type type) {
  Value none = code.constant(0);
  return code.runtime("stage", {none, none, code.constant(getAlignment(type)),
                                code.constant(getElementSize(type))});
}

Value EdgeMemory::takeAll(Code &code) { return code.runtime("stage_take", {}); }

Value EdgeMemory::take(Code &code, FuncType type) {
  return needsMemory(type, /*async=*/false) ? takeAll(code) : Value();
}

void EdgeMemory::free(Code &code, Value list) {
  if (list)
    code.runtime("stage_free", list);
}

/// (bytes, alignment) -> room
void EdgeMemory::exportStage() {
  abi.stageIn(program.memory());
  if (std::exchange(hasStage, true))
    return;
  Builder types(program.root.getContext());
  Type i32 = types.getI32Type();
  wasm::FuncOp func = program.addFunction(
      program.root.getLoc(), "stage", types.getFunctionType({i32, i32}, i32));
  Code code = Code::atEndOf(program, func);
  entry.enter(code, /*serves=*/true);
  Value none = code.constant(0);
  Value room = code.runtime(
      "stage", {none, none, func.getArgument(1), func.getArgument(0)});
  entry.leave(code);
  wasm::ReturnOp::create(code, room);
  program.addExport("__stage", FlatSymbolRefAttr::get(func));
}

//===----------------------------------------------------------------------===//
// realloc
//===----------------------------------------------------------------------===//

/// Common bindings know the first one by its name.
std::string EdgeMemory::exportRealloc(const Side &side) {
  std::string &name = reallocs[side.realloc.getAttr()];
  if (!name.empty())
    return name;
  name = "cabi_realloc";
  if (reallocs.size() > 1)
    name += std::to_string(reallocs.size() - 1);
  wasm::FuncOp func = program.addFunction(program.root.getLoc(), name,
                                          program.functionType(side.realloc));
  Code code = Code::atEndOf(program, func);
  entry.enter(code, /*serves=*/true);
  ValueRange results;
  auto call = [&] { results = code.call(side.realloc, func.getArguments()); };
  if (isStaged(side)) {
    call();
  } else {
    Frame frame(code, side.instance);
    withoutLeaving(code, side.instance, call);
    frame.restore(code);
  }
  entry.leave(code);
  wasm::ReturnOp::create(code, results);
  program.addExport(name, FlatSymbolRefAttr::get(func));
  return name;
}
