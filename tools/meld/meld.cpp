//===- meld.cpp - The driver -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "llvm/Support/raw_ostream.h"

int main() {
  llvm::errs() << "meld: no command is built in\n";
  return 1;
}
