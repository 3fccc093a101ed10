//===- Remarks.cpp - what a merge did to its instances ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"

#include "mlir/IR/Remarks.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;

static bool isHeard(const Program &program) {
  return program.getRoot()->getContext()->getRemarkEngine();
}

/// "3 functions", "1 memory".
static std::string count(unsigned number, Space space) {
  static constexpr std::pair<StringLiteral, StringLiteral> nouns[numSpaces] = {
      {"function", "functions"},
      {"table", "tables"},
      {"memory", "memories"},
      {"global", "globals"},
      {"tag", "tags"},
      {"data segment", "data segments"},
      {"element segment", "element segments"}};
  auto [one, many] = nouns[unsigned(space)];
  return std::to_string(number) + " " + (number == 1 ? one : many).str();
}

static remark::RemarkOpts about(StringRef what, const Instance &instance) {
  return remark::RemarkOpts::name(what)
      .category("wasm-merge")
      .function(instance.symbol());
}

void merge::remarkReplaced(const Program &program, StringRef what,
                           const DenseMap<EntityId, EntityId> &replaced) {
  if (!isHeard(program))
    return;
  for (const Instance &instance : program.instances) {
    unsigned number =
        llvm::count_if(instance.defined(Space::Function),
                       [&](EntityId id) { return replaced.contains(id); });
    if (number)
      remark::passed(instance.op->getLoc(), about(what, instance))
          << (what + " " + count(number, Space::Function) + " of \"" +
              instance.symbol().getValue() + "\"")
                 .str();
  }
}

void merge::remarkDropped(const Program &program, const llvm::BitVector &live) {
  if (!isHeard(program))
    return;
  for (const Instance &instance : program.instances) {
    std::string list;
    for (unsigned kind = 0; kind < numSpaces; ++kind) {
      unsigned number =
          llvm::count_if(instance.defined(Space(kind)),
                         [&](EntityId id) { return !live.test(id); });
      if (number)
        list += (list.empty() ? "" : ", ") + count(number, Space(kind));
    }
    if (!list.empty())
      remark::passed(instance.op->getLoc(), about("dropped", instance))
          << ("dropped " + list + " of \"" + instance.symbol().getValue() +
              "\"")
                 .str();
  }
}
