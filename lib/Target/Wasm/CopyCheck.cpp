//===- CopyCheck.cpp - Are copies what they are copies of? ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CopyCheck.h"
#include "CodeCopy.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/CanonicalTypes.h"
#include "meld/Target/Wasm/CodeScan.h"

using namespace meld;
using namespace meld::wasm;
using core::ExternKind;
using core::Immediate;
using llvm::ArrayRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

namespace {
/// Compares the index spaces of a source and of what was written, with types
/// that are the same numbers in both.
class NumberCheck {
public:
  NumberCheck(const core::ModuleView &written, const BodyCopier::Source &source)
      : written(written), source(source), there(written, table),
        here(source.view, table) {}

  std::optional<ReadError> run();

private:
  void types();
  void entities(ExternKind kind);
  void elems();
  void datas();
  /// Calls `compare(index, number)` for each index of a space that has a
  /// number; that has to be below `count`.
  template <typename Compare>
  void each(Immediate space, size_t count, const char *what, Compare compare);
  void fail(const char *what, uint32_t index, const Twine &why) {
    SpaceOp space = source.space;
    if (!error)
      error = ReadError{Rule::written_module, 0,
                        (Twine(what) + " " + Twine(index) + " of " +
                         quoted(space.getSymName()) + " " + why)
                            .str()};
  }

  const core::ModuleView &written;
  const BodyCopier::Source &source;
  core::TypeTable table;
  core::ExternTypes there, here;
  std::optional<ReadError> error;
};
} // namespace

template <typename Compare>
void NumberCheck::each(Immediate space, size_t count, const char *what,
                       Compare compare) {
  for (auto [index, number] : llvm::enumerate(source.numbers[unsigned(space)]))
    if (number != CodeCopy::dropped && number >= count)
      fail(what, index, "has number " + Twine(number) + " of " + Twine(count));
    else if (number != CodeCopy::dropped)
      compare(uint32_t(index), number);
}

void NumberCheck::types() {
  there.enterTypes();
  here.enterTypes();
  if ((error = there.error() ? there.error() : here.error()))
    return;
  each(Immediate::Type, written.types.size(), "type",
       [&](uint32_t index, uint32_t number) {
         if (there.types()[number] != here.types()[index])
           fail("type", index, "is not equal to type " + Twine(number));
       });
}

void NumberCheck::entities(ExternKind kind) {
  static constexpr Immediate spaces[core::numExternKinds] = {
      Immediate::Function, Immediate::Table, Immediate::Memory,
      Immediate::Global, Immediate::Tag};
  const char *what = core::stringifyExternKind(kind);
  each(spaces[unsigned(kind)], written.count(kind), what,
       [&](uint32_t index, uint32_t number) {
         std::string why;
         if (!table.matches(there.entity(kind, number, 0),
                            here.entity(kind, index, 0), why))
           fail(what, index,
                "is written as number " + Twine(number) + ": " + why);
       });
}

void NumberCheck::elems() {
  each(Immediate::Elem, written.elems.size(), "element segment",
       [&](uint32_t index, uint32_t number) {
         if (!table.matches(there.value(written.elems[number].type, 0),
                            here.value(source.view.elems[index].type, 0)))
           fail("element segment", index,
                "has another type than segment " + Twine(number));
       });
}

void NumberCheck::datas() {
  each(Immediate::Data, written.dataCount.value_or(0), "data segment",
       [](uint32_t, uint32_t) {});
}

std::optional<ReadError> NumberCheck::run() {
  types();
  for (unsigned kind = 0; kind < core::numExternKinds && !error; ++kind)
    entities(ExternKind(kind));
  if (!error)
    elems();
  if (!error)
    datas();
  return error;
}

std::optional<ReadError> wasm::checkNumbers(const Written &written,
                                            const BodyCopier::Source &source) {
  return NumberCheck(written.view, source).run();
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

namespace {
/// Reads a source and compares what lies between two indices as bytes. Each
/// index must stand in the copy as the number that the source has for it.
class CopyReader {
public:
  CopyReader(const Written &written, ByteReader source, ByteReader copy,
             const llvm::SmallVector<uint32_t> *numbers)
      : written(written), source(source), copy(copy), numbers(numbers) {}

  std::optional<ReadError> run();

  // What the decoder calls.
  LLVM_ATTRIBUTE_ALWAYS_INLINE
  void index(Immediate kind, uint64_t from, uint64_t to, uint32_t old) {
    uint32_t number = numberOf(kind, old);
    // Most are alike, and short: they belong to the bytes between.
    if (number == old && to == from + 1)
      return;
    sameUntil(from);
    compared = to;
    if (kind == Immediate::Access)
      return access(source.between(from, to).front(), number);
    bool isSigned = kind == Immediate::BlockType || kind == Immediate::HeapType;
    uint64_t at = copy.offset();
    uint64_t found = isSigned ? uint64_t(copy.s33("index")) : copy.u32("index");
    if (LLVM_UNLIKELY(found != number))
      differ(at);
  }

private:
  uint32_t numberOf(Immediate kind, uint32_t old);
  void access(uint8_t flags, uint32_t memory);
  void sameUntil(uint64_t end);
  void differ(uint64_t at) {
    copy.fail(Rule::written_module, at, "the copy is not its source");
  }

  const Written &written;
  ByteReader source, copy;
  const llvm::SmallVector<uint32_t> *numbers;
  core::Instruction instruction;
  uint64_t compared = 0;
};
} // namespace

uint32_t CopyReader::numberOf(Immediate kind, uint32_t old) {
  ArrayRef<uint32_t> space = numbers[spaceOf(kind)];
  if (old >= space.size()) {
    differ(copy.offset());
    return 0;
  }
  uint32_t number = space[old];
  if (kind == Immediate::Function && instruction.op() == core::Op::RefFunc &&
      (number >= written.declared.size() || !written.declared[number]))
    copy.fail(Rule::written_module, copy.offset(),
              "function " + Twine(number) + " is not declared");
  return number;
}

/// The source may say that memory 0 follows, and the copy need not.
void CopyReader::access(uint8_t flags, uint32_t memory) {
  uint64_t at = copy.offset();
  uint8_t found = copy.byte("alignment");
  if (found != ((flags & 0x3f) | (memory ? 0x40 : 0)) ||
      (memory && copy.u32("memory index") != memory))
    differ(at);
}

void CopyReader::sameUntil(uint64_t end) {
  ArrayRef<uint8_t> piece = source.between(compared, end);
  compared = end;
  uint64_t at = copy.offset();
  if (copy.remaining() < piece.size() ||
      copy.bytes(piece.size(), "copy") != piece)
    differ(at);
}

std::optional<ReadError> CopyReader::run() {
  compared = source.offset();
  core::InstructionReader<CopyReader> reader(source, *this);
  instruction.row = &core::rowOf(core::Op::Nop);
  reader.locals([](uint32_t, core::ValType) {});
  core::CodeScan<CopyReader>(source, *this, instruction, movesMemory(numbers))
      .expression();
  if (source.failed() || !source.atEnd())
    differ(copy.offset());
  if (!copy.failed())
    sameUntil(source.offset());
  if (!copy.failed() && !copy.atEnd())
    differ(copy.offset());
  return copy.error();
}

std::optional<ReadError> wasm::checkCopy(const Written &written,
                                         uint32_t number,
                                         const BodyCopier::Body &body) {
  return CopyReader(written, body.view->reader(body.bytes),
                    written.view.reader(written.view.bodies[number]),
                    body.numbers)
      .run();
}
