//===- CoreRecType.cpp - Recursion groups of core types -------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CoreRecType.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::wasm;

namespace {

enum Code : uint8_t {
  Group = 0x4e,
  SubFinal = 0x4f,
  Sub = 0x50,
  Array = 0x5e,
  Struct = 0x5f,
  Func = 0x60,
  RefNull = 0x63,
  Ref = 0x64,
};

class Copier {
public:
  Copier(ByteReader &in, ByteWriter &out,
         llvm::function_ref<uint32_t(uint32_t)> rename)
      : in(in), out(out), rename(rename) {}

  uint32_t group() {
    if (in.peek() != uint8_t(Group)) {
      subType();
      return 1;
    }
    byte();
    return list([&] { subType(); });
  }

private:
  uint8_t byte() {
    uint8_t value = in.byte("core type");
    out.byte(value);
    return value;
  }

  template <typename Item> uint32_t list(Item item) {
    uint32_t count = in.count("core types");
    out.u(count);
    for (uint32_t left = count; left && !in.failed(); --left)
      item();
    return count;
  }

  void subType() {
    if (in.peek() == uint8_t(Sub) || in.peek() == uint8_t(SubFinal)) {
      byte();
      list([&] { out.u(rename(in.u32("type index"))); });
    }
    composite();
  }

  void composite() {
    uint64_t at = in.offset();
    switch (uint8_t code = byte()) {
    case Array:
      return field();
    case Struct:
      list([&] { field(); });
      return;
    case Func:
      list([&] { value(); });
      list([&] { value(); });
      return;
    default:
      in.fail(Rule::unsupported_feature, at,
              "core type 0x" + llvm::utohexstr(code, true) +
                  " cannot be imported yet");
    }
  }

  void field() {
    value();
    byte(); // mutability
  }

  /// A value or packed type: one byte, but for references with a heap type.
  void value() {
    uint8_t code = byte();
    if (code != Ref && code != RefNull)
      return;
    int64_t heap = in.s33("heap type");
    out.s(heap < 0 ? heap : int64_t(rename(uint32_t(heap))));
  }

  ByteReader &in;
  ByteWriter &out;
  llvm::function_ref<uint32_t(uint32_t)> rename;
};

} // namespace

uint32_t
meld::wasm::copyRecursionGroup(ByteReader &in, ByteWriter &out,
                               llvm::function_ref<uint32_t(uint32_t)> rename) {
  return Copier(in, out, rename).group();
}
