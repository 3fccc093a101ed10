//===- Remarks.cpp - what a merge did to its instances ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"

#include "../Remarks.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;

static Remarks getRemarks(const Program &program) {
  return Remarks(program.getRoot()->getContext(), "wasm-merge");
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

void merge::remarkReplaced(const Program &program, StringRef what,
                           const DenseMap<EntityId, EntityId> &replaced) {
  Remarks remarks = getRemarks(program);
  if (!remarks.areHeard())
    return;
  for (const Instance &instance : program.instances) {
    unsigned number =
        llvm::count_if(instance.defined(Space::Function),
                       [&](EntityId id) { return replaced.contains(id); });
    if (number)
      remarks.passed(instance.op->getLoc(), what, instance.symbol(), [&] {
        return (what + " " + count(number, Space::Function) + " of \"" +
                instance.symbol().getValue() + "\"")
            .str();
      });
  }
}

void merge::remarkDropped(const Program &program, const llvm::BitVector &live) {
  Remarks remarks = getRemarks(program);
  if (!remarks.areHeard())
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
      remarks.passed(instance.op->getLoc(), "dropped", instance.symbol(), [&] {
        return ("dropped " + list + " of \"" + instance.symbol().getValue() +
                "\"")
            .str();
      });
  }
}
