//===- Image.cpp - the compiled guest runtime -------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Runtime/Image.h"

llvm::ArrayRef<uint8_t> meld::runtimeImage(bool withFibers) {
  static const uint8_t bytes[] = {
#include "ImageBytes.inc"
  };
  static const uint8_t bytesWithFibers[] = {
#include "FibersImageBytes.inc"
  };
  if (withFibers)
    return bytesWithFibers;
  return bytes;
}
