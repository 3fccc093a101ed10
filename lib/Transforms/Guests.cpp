//===- Guests.cpp - what passes ask of guest modules ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Guests.h"

#include "meld/Target/Wasm/Instructions.h"

using namespace mlir;
using namespace meld;
using core::ValType;

bool meld::readGuest(wasm::ModuleOp module, core::ModuleView &view) {
  std::optional<wasm::ModuleBytesAttr> blob = module.getBytes();
  std::optional<ArrayRef<uint8_t>> bytes;
  if (blob)
    bytes = blob->getBytes();
  return bytes && !core::readModule(*bytes, view);
}

static bool isVector(ValType type) { return type == ValType::V128; }

static bool hasVectorLocal(ByteReader body) {
  bool found = false;
  core::NoSink sink;
  core::InstructionReader<core::NoSink>(body, sink)
      .locals([&](uint32_t, ValType type) { found |= isVector(type); });
  return found;
}

static bool hasVectors(const core::ModuleView &view) {
  for (const core::SubType &type : view.types)
    if (llvm::any_of(type.params, isVector) ||
        llvm::any_of(type.results, isVector))
      return true;
  for (const core::GlobalDef &global : view.globals)
    if (isVector(global.type))
      return true;
  return llvm::any_of(view.bodies, [&](ArrayRef<uint8_t> body) {
    return hasVectorLocal(view.reader(body));
  });
}

bool meld::hasVectors(component::RootOp root) {
  for (auto module : root.getBody().getOps<wasm::ModuleOp>()) {
    core::ModuleView view;
    if (readGuest(module, view) && ::hasVectors(view))
      return true;
  }
  return false;
}
