//===- ModuleView.cpp - A core module, read ---------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ModuleView.h"
#include "meld/Target/Wasm/NameSection.h"

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

StringRef ModuleView::functionName(uint32_t index) const {
  NameSection section = readNames(*this);
  for (auto [number, name] : section[NameKind::Function])
    if (number == index)
      return name;
  return {};
}
