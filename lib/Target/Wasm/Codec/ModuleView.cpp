//===- ModuleView.cpp - A core module, read ---------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ModuleView.h"

using namespace meld;
using namespace meld::core;
using llvm::StringRef;

const char *core::stringifyExternKind(ExternKind kind) {
  static const char *const names[] = {"function", "table", "memory", "global",
                                      "tag"};
  return names[unsigned(kind)];
}

uint32_t ModuleView::count(ExternKind kind) const {
  switch (kind) {
  case ExternKind::Function:
    return functions.size();
  case ExternKind::Table:
    return tables.size();
  case ExternKind::Memory:
    return memories.size();
  case ExternKind::Global:
    return globals.size();
  case ExternKind::Tag:
    return tags.size();
  }
  return 0;
}

uint64_t ModuleView::offsetOf(ExternKind kind, uint32_t index) const {
  switch (kind) {
  case ExternKind::Function:
    return functions[index].at;
  case ExternKind::Table:
    return tables[index].at;
  case ExternKind::Memory:
    return memories[index].at;
  case ExternKind::Global:
    return globals[index].at;
  case ExternKind::Tag:
    return tags[index].at;
  }
  return base;
}

std::vector<std::pair<uint32_t, StringRef>>
core::readFunctionNames(const ModuleView &view) {
  static constexpr uint8_t functionNames = 1;
  std::vector<std::pair<uint32_t, StringRef>> names;
  for (const CustomSection &custom : view.customs) {
    if (custom.name != "name")
      continue;
    ByteReader in = view.reader(custom.contents);
    while (!in.atEnd()) {
      uint8_t id = in.byte();
      ByteReader part = in.sub(in.u32());
      if (id != functionNames)
        continue;
      for (uint32_t n = part.count(); n && !part.failed(); --n) {
        uint32_t index = part.u32();
        StringRef name = part.name();
        if (!part.failed())
          names.emplace_back(index, name);
      }
    }
  }
  return names;
}

StringRef ModuleView::functionName(uint32_t index) const {
  for (auto [number, name] : readFunctionNames(*this))
    if (number == index)
      return name;
  return {};
}
