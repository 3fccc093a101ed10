//===- BodyCopier.cpp - Guest bytes with new indices ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BodyCopier.h"

#include "CodeCopy.h"
#include "meld/Support/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

/// Reports what a reader met: at its byte, if the op has a place.
static LogicalResult report(Operation *op, const ByteReader &in) {
  if (!in.error())
    return success();
  Location loc = op->getLoc();
  return emitRule(loc, in.error()->rule)
         << in.error()->message << " (byte 0x"
         << llvm::utohexstr(in.error()->offset, true) << " of the module)";
}

//===----------------------------------------------------------------------===//
// Sources
//===----------------------------------------------------------------------===//

/// Skips an expression, to learn where it ends. The indices do not matter.
static void skipExpression(ByteReader &in) {
  for (unsigned depth = 1; depth && !in.failed();) {
    switch (std::optional<uint8_t> opcode = in.peek(); opcode.value_or(0x0b)) {
    case 0x0b:
      in.byte("end of an expression");
      --depth;
      break;
    case 0x23:
    case 0xd2:
      in.byte();
      in.u32();
      break;
    default: {
      // Any other instruction has no index in a constant expression but
      // `ref.null`, whose heap type is negative.
      if (*opcode == 0xd0) {
        in.byte();
        in.s33();
        break;
      }
      uint64_t at = in.offset();
      in.byte();
      if (*opcode == 0x41)
        in.s32();
      else if (*opcode == 0x42)
        in.s64();
      else if (*opcode == 0x43)
        in.fixed32();
      else if (*opcode == 0x44)
        in.fixed64();
      else if (*opcode == 0xfd && in.u32() == 12)
        (void)in.bytes(16);
      else if (*opcode < 0x6a || *opcode > 0x7e)
        in.fail(Rule::unsupported_feature, at,
                "opcode 0x" + llvm::utohexstr(*opcode, true) +
                    " in an initializer cannot be copied yet");
    }
    }
  }
}

/// Skips the elements of a segment whose flag is `flag`.
static void skipElements(ByteReader &in, uint32_t flag) {
  for (uint32_t n = in.count("vector of elements"); n && !in.failed(); --n)
    flag & 4 ? skipExpression(in) : void(in.u32());
}

static void skipElem(ByteReader &in) {
  uint32_t flag = in.u32("flag");
  if (flag == 2 || flag == 6)
    in.u32("table index");
  if (!(flag & 1))
    skipExpression(in);
  if (flag & 3)
    in.byte("kind of elements");
  skipElements(in, flag);
}

static void skipData(ByteReader &in) {
  uint32_t flag = in.u32("flag");
  if (flag == 2)
    in.u32("memory index");
  if (flag != 1)
    skipExpression(in);
  (void)in.bytes(in.u32("size"));
}

LogicalResult BodyCopier::readSections(Source &source, Operation *user) {
  ByteReader in(source.bytes);
  (void)in.bytes(8, "preamble");
  auto all = [](ByteReader &section, auto &list, auto skip) {
    for (uint32_t n = section.count(); n && !section.failed(); --n) {
      uint64_t from = section.offset();
      skip(section);
      if (!section.failed())
        list.push_back(section.since(from));
    }
  };
  while (!in.atEnd() && !in.failed()) {
    uint8_t id = in.byte("section");
    ByteReader section = in.sub(in.u32("size of a section"));
    if (id == 6)
      all(section, source.globals, [](ByteReader &s) {
        (void)s.bytes(2, "type of a global");
        skipExpression(s);
      });
    else if (id == 9)
      all(section, source.elems, skipElem);
    else if (id == 10)
      all(section, source.codes,
          [](ByteReader &s) { (void)s.bytes(s.u32("size of a body")); });
    else if (id == 11)
      all(section, source.datas, skipData);
    else
      (void)section.bytes(section.remaining());
    in.adopt(section);
  }
  return report(user, in);
}

LogicalResult BodyCopier::number(Source &source, SpaceOp space) {
  for (Attribute type : space.getTypes())
    source.numbers[0].push_back(
        index.typeIndex(cast<FunctionType>(cast<TypeAttr>(type).getValue())));
  ArrayAttr lists[] = {space.getFunctions(), space.getTables(),
                       space.getMemories(),  space.getGlobals(),
                       space.getTags(),      space.getDatas(),
                       space.getElems()};
  for (auto [kind, list] : llvm::enumerate(lists))
    for (auto symbol : list.getAsRange<FlatSymbolRefAttr>()) {
      FailureOr<uint32_t> found = index.find(space, symbol);
      if (failed(found))
        return failure();
      source.numbers[kind + 1].push_back(*found);
    }
  return success();
}

BodyCopier::Source *BodyCopier::open(Operation *user, FlatSymbolRefAttr name) {
  std::unique_ptr<Source> &slot = sources[name.getAttr()];
  if (slot)
    return slot.get();
  auto source = std::make_unique<Source>();
  auto space = cast<SpaceOp>(SymbolTable::lookupSymbolIn(module, name));
  auto nested = cast<wasm::ModuleOp>(
      SymbolTable::lookupSymbolIn(module, space.getModuleAttr()));
  std::optional<ArrayRef<uint8_t>> bytes;
  if (nested.getBytes())
    bytes = nested.getBytes()->getBytes();
  if (!bytes) {
    (void)refuse(nested, "has no bytes to copy from");
    return nullptr;
  }
  source->bytes = *bytes;
  if (failed(readSections(*source, nested)) || failed(number(*source, space)))
    return nullptr;
  slot = std::move(source);
  return slot.get();
}

std::optional<ByteReader> BodyCopier::entry(Operation *op, const Source &source,
                                            ArrayRef<ArrayRef<uint8_t>> list,
                                            uint32_t n) {
  if (n < list.size())
    return ByteReader(list[n], list[n].data() - source.bytes.data());
  (void)refuse(op, "names body " + Twine(n) + ", but the module has " +
                       Twine(list.size()));
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

LogicalResult BodyCopier::copyFunction(BytesOp op, ByteWriter &out) {
  Source *source = open(op, op.getSpaceAttr());
  if (!source)
    return failure();
  std::optional<ByteReader> in =
      entry(op, *source, source->codes, op.getIndex());
  if (!in)
    return failure();
  in->u32("size of a body");
  uint64_t from = in->offset();
  for (uint32_t n = in->count("vector of locals"); n && !in->failed(); --n) {
    in->u32("number of locals");
    in->byte("type of locals");
  }
  out.raw(toStringRef(in->since(from)));
  CodeCopy(*in, out, source->numbers).expression();
  if (!in->failed() && !in->atEnd())
    in->fail(Rule::size_mismatch, in->offset(),
             "the body goes on after its last `end`");
  return report(op, *in);
}

LogicalResult BodyCopier::copyGlobal(GlobalOp op, ByteWriter &out) {
  Source *source = open(op, op.getSpaceAttr());
  if (!source)
    return failure();
  std::optional<ByteReader> in =
      entry(op, *source, source->globals, *op.getIndex());
  if (!in)
    return failure();
  (void)in->bytes(2, "type of a global");
  CodeCopy(*in, out, source->numbers).expression();
  return report(op, *in);
}

LogicalResult BodyCopier::copyData(DataOp op, uint32_t memory,
                                   ByteWriter &out) {
  Source *source = open(op, op.getSpaceAttr());
  if (!source)
    return failure();
  std::optional<ByteReader> in =
      entry(op, *source, source->datas, *op.getIndex());
  if (!in)
    return failure();
  uint32_t flag = in->u32("flag");
  if ((flag == 1) == op.getMemory().has_value())
    return refuse(op, "is active in one place and passive in the other");
  out.u(flag == 1 ? 1 : memory ? 2 : 0);
  if (flag == 2)
    in->u32("memory index");
  if (flag != 1 && memory)
    out.u(memory);
  if (flag != 1)
    CodeCopy(*in, out, source->numbers).expression();
  out.raw(toStringRef(in->bytes(in->remaining())));
  return report(op, *in);
}

LogicalResult BodyCopier::copyElem(ElemOp op, uint32_t table, ByteWriter &out) {
  Source *source = open(op, op.getSpaceAttr());
  if (!source)
    return failure();
  std::optional<ByteReader> in =
      entry(op, *source, source->elems, *op.getIndex());
  if (!in)
    return failure();
  uint32_t flag = in->u32("flag");
  bool active = !(flag & 1);
  if (active != op.getTable().has_value())
    return refuse(op, "is active in one place and not in the other");
  CodeCopy copy(*in, out, source->numbers);
  bool explicitKind = flag & 3;
  uint32_t written =
      active ? (flag & 4) | (table || explicitKind ? 2 : 0) : flag;
  out.u(written);
  if (flag == 2 || flag == 6)
    in->u32("table index");
  if (active && (written & 2))
    out.u(table);
  if (active)
    copy.expression();
  if (explicitKind)
    out.byte(in->byte("kind of elements"));
  else if (written & 2)
    out.byte(flag & 4 ? 0x70 : 0); // functions
  uint32_t count = in->count("vector of elements");
  out.u(count);
  for (; count && !in->failed(); --count)
    flag & 4 ? copy.expression() : copy.index(IndexKind::Function);
  return report(op, *in);
}
