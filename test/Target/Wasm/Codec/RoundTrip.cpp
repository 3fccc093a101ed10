//===- RoundTrip.cpp - A module through the copier --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// codec-roundtrip IN OUT: writes the core module IN with every body copied by
// CodeCopy: to indices that are higher by 200, and from there back, so that
// only the width of LEBs may change. Also demands that the list of fix-ups is
// what the decoder of instructions tells.
//
//===----------------------------------------------------------------------===//

#include "CodeCopy.h"
#include "meld/Target/Wasm/FixUps.h"
#include "meld/Target/Wasm/Sections.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <numeric>

using namespace meld;
using llvm::ArrayRef;

static int fail(const llvm::Twine &message) {
  llvm::errs() << "codec-roundtrip: " << message << '\n';
  return 1;
}

using Numbers = llvm::SmallVector<uint32_t>[core::numIndexSpaces];

static bool copyBody(ByteReader in, const Numbers &numbers,
                     wasm::ByteWriter &out) {
  wasm::CodeCopy copy(in, out, numbers);
  copy.locals();
  copy.expression();
  return !in.failed() && in.atEnd();
}

/// The code section of `view`, copied twice.
static bool copyCode(const core::ModuleView &view, wasm::ByteWriter &out) {
  constexpr uint32_t shift = 200; // of one byte two are made
  uint32_t sizes[core::numIndexSpaces] = {
      uint32_t(view.types.size()),   uint32_t(view.functions.size()),
      uint32_t(view.tables.size()),  uint32_t(view.memories.size()),
      uint32_t(view.globals.size()), uint32_t(view.tags.size()),
      uint32_t(view.datas.size()),   uint32_t(view.elems.size())};
  Numbers there, back;
  for (auto [list, reverse, size] : llvm::zip(there, back, sizes)) {
    list.resize(size);
    std::iota(list.begin(), list.end(), shift);
    reverse.assign(shift, wasm::CodeCopy::dropped);
    for (uint32_t i = 0; i < size; ++i)
      reverse.push_back(i);
  }
  out.u(view.bodies.size());
  for (ArrayRef<uint8_t> body : view.bodies) {
    wasm::ByteWriter moved, copied;
    if (!copyBody(view.reader(body), there, moved) ||
        !copyBody(ByteReader(llvm::arrayRefFromStringRef(moved.bytes())), back,
                  copied))
      return false;
    out.sized(copied.bytes());
  }
  return true;
}

namespace {
/// What the decoder tells.
struct Told {
  core::Immediate kind;
  uint64_t from, to;
  uint32_t index;

  bool operator==(const core::FixUp &fixUp) const {
    return kind == fixUp.kind && from == fixUp.offset &&
           to == fixUp.offset + uint64_t(fixUp.size) && index == fixUp.index;
  }
};

struct ListSink {
  std::vector<Told> list;
  void index(core::Immediate kind, uint64_t from, uint64_t to, uint32_t index) {
    list.push_back({kind, from, to, index});
  }
};
} // namespace

/// Whether the list of fix-ups has what the decoder tells of each body.
static bool sameIndices(const core::ModuleView &view,
                        core::CodeIndex::Accesses accesses) {
  core::CodeIndex index;
  if (index.build(view, accesses))
    return false;
  for (auto [number, body] : llvm::enumerate(view.bodies)) {
    ListSink sink;
    ByteReader in = view.reader(body);
    core::Instruction instruction;
    core::InstructionReader<ListSink> reader(in, sink);
    reader.locals([](uint32_t, core::ValType) {});
    while (!in.atEnd() && reader.next(instruction))
      ;
    if (accesses == core::CodeIndex::Accesses::Omit)
      llvm::erase_if(sink.list, [](const Told &told) {
        return told.kind == core::Immediate::Access && !told.index;
      });
    if (in.failed() || !llvm::equal(sink.list, index.body(number)))
      return false;
  }
  return true;
}

int main(int argc, char **argv) {
  if (argc != 3)
    return fail("usage: codec-roundtrip IN OUT");
  auto buffer = llvm::MemoryBuffer::getFile(argv[1], false, false);
  if (!buffer)
    return fail(llvm::Twine(argv[1]) + ": " + buffer.getError().message());
  core::ModuleView view;
  ArrayRef<uint8_t> bytes = llvm::arrayRefFromStringRef((*buffer)->getBuffer());
  if (auto error = core::readModule(bytes, view))
    return fail(error->message);
  if (!sameIndices(view, core::CodeIndex::Accesses::List) ||
      !sameIndices(view, core::CodeIndex::Accesses::Omit))
    return fail("the fix-ups are not what the decoder tells");

  wasm::ByteWriter out;
  ByteReader in(bytes);
  out.raw(llvm::toStringRef(in.bytes(8)));
  while (!in.atEnd()) {
    uint8_t id = in.byte();
    ByteReader content = in.sub(in.u32());
    wasm::ByteWriter section;
    if (id != core::section::Code)
      section.raw(llvm::toStringRef(content.bytes(content.remaining())));
    else if (!copyCode(view, section))
      return fail("a body cannot be copied");
    out.byte(id);
    out.sized(section.bytes());
  }
  std::error_code error;
  llvm::raw_fd_ostream file(argv[2], error);
  file << out.bytes();
  return error ? fail(error.message()) : 0;
}
