//===- Transcoders.cpp - loops over the text of strings ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One function for each loop and pair of memories. What they do is in TextLoop
// (how text is taken), TextChecks, and TextToBytes, TextToUtf16, TextToUtf8.
//
//===----------------------------------------------------------------------===//

#include "Transcoders.h"

#include "TextLoop.h"

using namespace mlir;
using namespace meld;
using namespace meld::adapters;

using BuildLoop = llvm::function_ref<void(TextLoop &, Block &)>;

static FlatSymbolRefAttr make(Adapters &adapters, StringRef name,
                              const Side &from, const Side &to,
                              FunctionType type, BuildLoop build) {
  std::string key =
      (name + "\n" + from.memory.getValue() + "\n" + to.memory.getValue())
          .str();
  return adapters.share(key, {}, name, type, [&](Location loc, Block &body) {
    TextLoop loop(loc, &body, from, to, adapters.getStyle());
    build(loop, body);
  });
}

/// (pointer, count) -> results, in one memory.
static FlatSymbolRefAttr makeScan(Adapters &adapters, StringRef name,
                                  const Side &side, bool answers,
                                  BuildLoop build) {
  MLIRContext *context = side.memory.getContext();
  Type address = getAddressType(context, side);
  Type i32 = IntegerType::get(context, 32);
  auto type = FunctionType::get(context, {address, address},
                                answers ? TypeRange(i32) : TypeRange());
  return make(adapters, name, side, side, type, build);
}

/// (to, from, count) -> end of `to`, or that and the end of `from`.
static FlatSymbolRefAttr makeCopy(Adapters &adapters, StringRef name,
                                  const Route &route, bool stops,
                                  BuildLoop build) {
  MLIRContext *context = route.from.memory.getContext();
  Type from = getAddressType(context, route.from);
  Type to = getAddressType(context, route.to);
  SmallVector<Type> results{to};
  if (stops)
    results.push_back(from);
  return make(adapters, name, route.from, route.to,
              FunctionType::get(context, {to, from, from}, results), build);
}

FlatSymbolRefAttr meld::adapters::checkUtf8(Adapters &a, const Side &from) {
  return makeScan(a, "check_utf8", from, false, buildCheckUtf8);
}
FlatSymbolRefAttr meld::adapters::checkUtf16(Adapters &a, const Side &from) {
  return makeScan(a, "check_utf16", from, false, buildCheckUtf16);
}
FlatSymbolRefAttr meld::adapters::isLatin1(Adapters &a, const Side &from) {
  return makeScan(a, "is_latin1", from, true, buildIsLatin1);
}
FlatSymbolRefAttr meld::adapters::inflate(Adapters &a, const Side &side) {
  return makeScan(a, "inflate", side, false, buildInflate);
}
FlatSymbolRefAttr meld::adapters::utf8ToUtf16(Adapters &a, const Route &r) {
  return makeCopy(a, "utf8_to_utf16", r, false, buildUtf8ToUtf16);
}
FlatSymbolRefAttr meld::adapters::utf16ToUtf8(Adapters &a, const Route &r) {
  return makeCopy(a, "utf16_to_utf8", r, false, buildUtf16ToUtf8);
}
FlatSymbolRefAttr meld::adapters::latin1ToUtf8(Adapters &a, const Route &r) {
  return makeCopy(a, "latin1_to_utf8", r, false, buildLatin1ToUtf8);
}
FlatSymbolRefAttr meld::adapters::latin1ToUtf16(Adapters &a, const Route &r) {
  return makeCopy(a, "latin1_to_utf16", r, false, buildLatin1ToUtf16);
}
FlatSymbolRefAttr meld::adapters::utf16ToAscii(Adapters &a, const Route &r) {
  return makeCopy(a, "utf16_to_ascii", r, true, buildUtf16ToAscii);
}
FlatSymbolRefAttr meld::adapters::utf16ToLatin1(Adapters &a, const Route &r) {
  return makeCopy(a, "utf16_to_latin1", r, true, buildUtf16ToLatin1);
}
FlatSymbolRefAttr meld::adapters::latin1ToAscii(Adapters &a, const Route &r) {
  return makeCopy(a, "latin1_to_ascii", r, true, buildLatin1ToAscii);
}
FlatSymbolRefAttr meld::adapters::utf8ToLatin1(Adapters &a, const Route &r) {
  return makeCopy(a, "utf8_to_latin1", r, true, buildUtf8ToLatin1);
}
