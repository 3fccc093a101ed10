//===- TextInput.cpp - Components that are MLIR ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TextInput.h"

#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace meld;
using namespace meld::driver;

bool meld::driver::isText(StringRef file) {
  return file.ends_with(".mlir") || file.ends_with(".mlirbc");
}

OwningOpRef<ModuleOp> meld::driver::readText(StringRef file,
                                             MLIRContext *context,
                                             const RootCheck &check) {
  auto module = parseSourceFile<ModuleOp>(file, context);
  if (!module)
    return nullptr;
  bool isValid = true;
  module->walk<WalkOrder::PreOrder>([&](component::RootOp root) {
    isValid &= succeeded(checkComponent(root, check));
    return WalkResult::skip();
  });
  return isValid ? std::move(module) : nullptr;
}
