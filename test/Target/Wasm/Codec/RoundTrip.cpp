//===- RoundTrip.cpp - A module through the copier --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// codec-roundtrip IN OUT: writes the core module IN with every body copied by
// CodeCopy, each index to its own number, so that only the width of LEBs may
// change. Also demands that the list of fix-ups finds what the copy does: a
// body without long LEBs has to come out as it was.
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

/// The code section of `view`, copied.
static bool copyCode(const core::ModuleView &view, wasm::ByteWriter &out) {
  uint32_t sizes[core::numIndexSpaces] = {
      uint32_t(view.types.size()),   uint32_t(view.functions.size()),
      uint32_t(view.tables.size()),  uint32_t(view.memories.size()),
      uint32_t(view.globals.size()), uint32_t(view.tags.size()),
      uint32_t(view.datas.size()),   uint32_t(view.elems.size())};
  llvm::SmallVector<uint32_t> numbers[core::numIndexSpaces];
  for (auto [list, size] : llvm::zip(numbers, sizes)) {
    list.resize(size);
    std::iota(list.begin(), list.end(), 0);
  }
  out.u(view.bodies.size());
  for (ArrayRef<uint8_t> body : view.bodies) {
    ByteReader in = view.reader(body);
    wasm::ByteWriter copied;
    wasm::CodeCopy copy(in, copied, numbers);
    copy.locals();
    copy.expression();
    if (in.failed() || !in.atEnd())
      return false;
    out.sized(copied.bytes());
  }
  return true;
}

/// The index that the bytes of a fix-up hold: the same as the list says?
static bool holds(const core::ModuleView &view, const core::FixUp &fixUp) {
  ByteReader in(view.bytes.slice(fixUp.offset, fixUp.size));
  switch (fixUp.kind) {
  case core::Immediate::BlockType:
  case core::Immediate::HeapType:
    return in.s33() == int64_t(fixUp.index) && in.atEnd();
  case core::Immediate::Access:
    return (in.u32() & 0x40 ? in.u32() : 0) == fixUp.index && in.atEnd();
  default:
    return in.u32() == fixUp.index && in.atEnd();
  }
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
  core::CodeIndex index;
  if (auto error = index.build(view, core::CodeIndex::Accesses::List))
    return fail(error->message);
  for (const core::FixUp &fixUp : index.all())
    if (!holds(view, fixUp))
      return fail("a fix-up at byte " + llvm::Twine(fixUp.offset) +
                  " does not hold its index");

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
