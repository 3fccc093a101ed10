//===- Rewrapped.cpp - resources of a component made again ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrapped.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using component::ResourceOp;

bool meld::lowering::isRewrapped(Program &program, ResourceOp resource) {
  return program.target.getEdge() == component::EdgeMode::component &&
         resource && resource.getInstance() && resource.getName() &&
         !resource.getInterface().value_or("").empty();
}

std::string meld::lowering::getRewrappedDtorName(ResourceOp resource) {
  return (*resource.getInterface() + "#[dtor]" + *resource.getName()).str();
}

/// The built-in `word` for `resource`.
static FlatSymbolRefAttr import(Program &program, ResourceOp resource,
                                StringRef word, TypeRange results) {
  return program.once(word + "." + resource.getSymName(), [&] {
    OpBuilder b(program.root.getContext());
    return program.add(
        wasm::ImportOp::create(
            b, resource.getLoc(), (word + "_" + resource.getSymName()).str(),
            ("[export]" + *resource.getInterface()).str(),
            ("[resource-" + word + "]" + *resource.getName()).str(),
            b.getFunctionType(b.getI32Type(), results)),
        /*first=*/true);
  });
}

/// Whether a handle ends whose resource lives on.
static FlatSymbolRefAttr taking(Program &program) {
  return program.variable("taking");
}

Value meld::lowering::giveRewrapped(Code &code, ResourceOp resource,
                                    Value index) {
  FlatSymbolRefAttr make =
      import(code.program, resource, "new", code.getI32Type());
  return code.call(make, index).front();
}

Value meld::lowering::takeRewrapped(Code &code, ResourceOp resource,
                                    Value handle) {
  Program &program = code.program;
  FlatSymbolRefAttr rep = import(program, resource, "rep", code.getI32Type());
  FlatSymbolRefAttr drop = import(program, resource, "drop", {});
  FlatSymbolRefAttr variable = taking(program);
  Value index = code.call(rep, handle).front();
  wasm::GlobalSetOp::create(code, variable, code.constant(1));
  code.call(drop, handle);
  wasm::GlobalSetOp::create(code, variable, code.constant(0));
  return index;
}

void meld::lowering::returnIfTaken(Code &code) {
  Value isTaken =
      wasm::GlobalGetOp::create(code, code.getI32Type(), taking(code.program));
  code.when(isTaken, [&] { wasm::ReturnOp::create(code); });
}
