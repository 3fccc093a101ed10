//===- NameSection.cpp - What a module calls its parts ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/NameSection.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;
using llvm::StringRef;

/// Index and name, as often as there are; calls `add` with each.
template <typename Add> static void readMap(ByteReader &in, Add add) {
  for (uint32_t n = in.count(); n && !in.failed(); --n) {
    uint32_t index = in.u32();
    StringRef name = in.name();
    if (!in.failed())
      add(index, name);
  }
}

static void readPart(ByteReader &in, NameKind kind, NameSection &section) {
  if (kind == NameKind::Module) {
    StringRef name = in.name();
    if (!in.failed())
      section.module = name;
    return;
  }
  if (!isNested(kind)) {
    readMap(in, [&](uint32_t index, StringRef name) {
      section.names[unsigned(kind)].emplace_back(index, name);
    });
    return;
  }
  for (uint32_t n = in.count(); n && !in.failed(); --n) {
    uint32_t index = in.u32();
    uint64_t start = in.offset();
    readMap(in, [](uint32_t, StringRef) {});
    if (!in.failed())
      section.nested[unsigned(kind)].emplace_back(index, in.since(start));
  }
}

NameSection core::readNames(const ModuleView &view) {
  NameSection section;
  for (const CustomSection &custom : view.customs) {
    if (custom.name != "name")
      continue;
    ByteReader in = view.reader(custom.contents);
    while (!in.atEnd() && !in.failed()) {
      uint8_t id = in.byte();
      ByteReader part = in.sub(in.u32());
      if (id < numNameKinds)
        readPart(part, NameKind(id), section);
    }
  }
  return section;
}
