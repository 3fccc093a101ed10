//===- FixUps.cpp - Where the indices in code are ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/FixUps.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/CodeScan.h"

using namespace meld;
using namespace meld::core;

namespace {
/// Appends what the decoder tells to a list.
template <bool listAccesses> struct FixUpSink {
  static constexpr bool accesses = listAccesses;
  uint64_t base;
  const Instruction &current;
  std::vector<FixUp> &list;

  void index(Immediate kind, uint64_t from, uint64_t to, uint32_t index) {
    if (!listAccesses && kind == Immediate::Access && index == 0)
      return;
    Op op = current.row ? current.row->op : Op::Nop;
    list.push_back(
        {uint32_t(from - base), index, op, kind, uint8_t(to - from)});
  }
};
} // namespace

/// Passes over one body; errors are in `in`.
template <typename Sink>
static void scanBody(ByteReader &in, Instruction &instruction, Sink &sink) {
  instruction.row = nullptr;
  InstructionReader<Sink>(in, sink).locals([](uint32_t, ValType) {});
  CodeScan<Sink>(in, sink, instruction, Sink::accesses).expression();
  if (!in.failed() && !in.atEnd())
    in.fail(Rule::size_mismatch, in.offset(),
            "the body goes on after its last `end`");
}

template <bool listAccesses>
static std::optional<ReadError> scan(const ModuleView &view,
                                     std::vector<FixUp> &list,
                                     std::vector<uint32_t> &starts) {
  Instruction instruction;
  FixUpSink<listAccesses> sink{view.base, instruction, list};
  for (llvm::ArrayRef<uint8_t> body : view.bodies) {
    starts.push_back(list.size());
    ByteReader in = view.reader(body);
    scanBody(in, instruction, sink);
    if (in.failed())
      return in.error();
  }
  starts.push_back(list.size());
  return std::nullopt;
}

std::optional<ReadError> CodeIndex::build(const ModuleView &view,
                                          Accesses accesses) {
  list.clear();
  starts.clear();
  size_t bytes = 0;
  for (llvm::ArrayRef<uint8_t> body : view.bodies)
    bytes += body.size();
  list.reserve(bytes / 8); // a bit more than compilers need
  return accesses == Accesses::List ? scan<true>(view, list, starts)
                                    : scan<false>(view, list, starts);
}
