//===- ComponentWords.cpp - Codes of the binary, words of the IR ----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentWords.h"
#include "llvm/ADT/STLExtras.h"

using namespace meld;
using namespace meld::binary;
using llvm::StringRef;

/// In the order of the enum.
static constexpr llvm::StringLiteral sortKeywords[numSorts] = {
    "core_func", "core_table",  "core_memory",   "core_global", "core_tag",
    "core_type", "core_module", "core_instance", "func",        "value",
    "type",      "component",   "instance"};

mlir::Type binary::sortType(mlir::MLIRContext *context, Sort sort) {
  return component::getSort(context, sortKeywords[unsigned(sort)]);
}

Sort binary::sortOf(mlir::Type type) {
  StringRef keyword = component::getSortKeyword(type);
  return static_cast<Sort>(llvm::find(sortKeywords, keyword) - sortKeywords);
}

/// From 0x73 up; error contexts have a code of their own.
static constexpr llvm::StringLiteral primitiveKeywords[] = {
    "string", "char", "f64", "f32", "u64", "s64", "u32",
    "s32",    "u16",  "s16", "u8",  "s8",  "bool"};
static constexpr uint8_t firstPrimitive = 0x73, errorContext = 0x64;

StringRef binary::primitiveKeyword(uint8_t code) {
  if (code == errorContext)
    return "error_context";
  return primitiveKeywords[code - firstPrimitive];
}

uint8_t binary::primitiveCode(StringRef keyword) {
  if (keyword == "error_context")
    return errorContext;
  return firstPrimitive +
         (llvm::find(primitiveKeywords, keyword) - primitiveKeywords);
}
