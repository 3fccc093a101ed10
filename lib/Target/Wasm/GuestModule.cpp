//===- GuestModule.cpp - What merging knows of a module's bytes -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/GuestModule.h"

#include "CoreTypes.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

namespace {
class GuestReader {
public:
  GuestReader(ByteReader &in, GuestModule &out, MLIRContext *context)
      : in(in), out(out), types(in, context) {}

  void read();

private:
  void section(uint8_t id);
  void import();
  void exported();
  void define(Extern kind, Type type) {
    out.spaces[unsigned(kind)].push_back(type);
  }
  void table();
  void elem();
  void data();
  void names();
  ArrayRef<uint8_t> constant();
  uint32_t index(Extern kind, const char *what);

  /// A vector whose items `item` reads.
  template <typename Item> void all(Item item) {
    for (uint32_t n = in.count(); n && !in.failed(); --n)
      item();
  }

  ByteReader &in;
  GuestModule &out;
  CoreTypeReader types;
};
} // namespace

void GuestReader::read() {
  (void)in.bytes(8, "preamble");
  while (!in.atEnd() && !in.failed()) {
    uint8_t id = in.byte("section id");
    ByteReader body = in.sub(in.u32("section size"), "section");
    std::swap(in, body);
    section(id);
    std::swap(in, body);
    in.adopt(body);
  }
  for (const GuestModule::Export &exported : out.exports)
    out.names[unsigned(exported.kind)].try_emplace(exported.index,
                                                   exported.name);
  uint64_t defined =
      out.space(Extern::Function).size() - out.numImported(Extern::Function);
  if (!in.failed() && defined != out.bodies.size())
    in.fail(Rule::size_mismatch, in.offset(),
            "the module has " + Twine(defined) + " functions, but " +
                Twine(out.bodies.size()) + " bodies");
}

void GuestReader::section(uint8_t id) {
  switch (id) {
  case 1:
    return all([&] {
      (void)in.byte("core type");
      out.types.push_back(types.functionType());
    });
  case 2:
    return all([&] { import(); });
  case 3:
    return all([&] { define(Extern::Function, types.indexedType(out.types)); });
  case 4:
    return all([&] { table(); });
  case 5:
    return all([&] { define(Extern::Memory, types.memoryType()); });
  case 6:
    return all([&] {
      define(Extern::Global, types.globalType());
      (void)constant();
    });
  case 7:
    return all([&] { exported(); });
  case 8:
    out.start = index(Extern::Function, "start function");
    return;
  case 9:
    return all([&] { elem(); });
  case 10:
    return all([&] {
      out.bodies.push_back(in.bytes(in.u32("size of a body"), "body"));
    });
  case 11:
    return all([&] { data(); });
  case 13:
    return all([&] { define(Extern::Tag, types.tagType(out.types)); });
  case 0:
    return names();
  default:
    (void)in.bytes(in.remaining());
  }
}

void GuestReader::import() {
  StringRef module = in.name(), name = in.name();
  std::optional<uint8_t> kind = in.peek();
  Type type = types.externType(out.types);
  if (in.failed())
    return;
  out.imports.push_back({module, name, Extern(*kind)});
  define(Extern(*kind), type);
  ++out.imported[*kind];
}

uint32_t GuestReader::index(Extern kind, const char *what) {
  uint64_t at = in.offset();
  uint32_t index = in.u32(what);
  if (!in.failed() && index >= out.space(kind).size())
    in.fail(Rule::index_bounds, at,
            Twine(what) + " has index " + Twine(index) + ", " +
                Twine(out.space(kind).size()) + " are defined");
  return index;
}

void GuestReader::exported() {
  StringRef name = in.name();
  uint64_t at = in.offset();
  uint8_t kind = in.byte("kind of an export");
  if (kind >= numExterns)
    return in.fail(Rule::unknown_code, at,
                   "no kind of export has the code " + Twine(unsigned(kind)));
  out.exportNumbers.try_emplace(name, out.exports.size());
  out.exports.push_back({name, Extern(kind), index(Extern(kind), "export")});
}

void GuestReader::table() {
  bool initialized = in.peek() == uint8_t(0x40);
  uint64_t at = in.offset();
  if (initialized)
    return in.fail(Rule::unsupported_feature, at,
                   "a table with an initializer cannot be merged yet");
  define(Extern::Table, types.tableType());
}

void GuestReader::elem() {
  GuestModule::Segment &segment = out.elems.emplace_back();
  uint32_t flag = in.u32("flag");
  using Mode = GuestModule::Mode;
  segment.mode = !(flag & 1)  ? Mode::Active
                 : (flag & 2) ? Mode::Declarative
                              : Mode::Passive;
  segment.expressions = flag & 4;
  if (segment.mode == Mode::Active) {
    if (flag & 2)
      segment.target = index(Extern::Table, "table of a segment");
    segment.offset = constant();
  }
  if (flag & 3)
    in.byte("kind of elements");
  segment.size = in.count("vector of elements");
  uint64_t from = in.offset();
  for (uint32_t n = segment.size; n && !in.failed(); --n)
    segment.expressions ? void(constant())
                        : void(index(Extern::Function, "element"));
  if (!in.failed())
    segment.items = in.since(from);
}

void GuestReader::data() {
  GuestModule::Segment &segment = out.datas.emplace_back();
  uint32_t flag = in.u32("flag");
  segment.mode =
      flag == 1 ? GuestModule::Mode::Passive : GuestModule::Mode::Active;
  if (flag == 2)
    segment.target = index(Extern::Memory, "memory of a segment");
  if (flag != 1)
    segment.offset = constant();
  segment.size = in.u32("size");
  (void)in.bytes(segment.size);
}

/// Function names. A broken name section is no error (Core: Name Section).
void GuestReader::names() {
  ByteReader section = in.sub(in.remaining());
  if (section.name() != "name")
    return;
  while (!section.atEnd() && !section.failed()) {
    uint8_t id = section.byte();
    ByteReader list = section.sub(section.u32());
    if (id != 1)
      continue;
    for (uint32_t n = list.count(); n && !list.failed(); --n) {
      uint32_t index = list.u32();
      StringRef name = list.name();
      if (!list.failed() && !name.empty())
        out.names[unsigned(Extern::Function)].try_emplace(index, name);
    }
  }
}

/// An expression up to its `end`.
ArrayRef<uint8_t> GuestReader::constant() {
  uint64_t from = in.offset();
  while (!in.failed()) {
    uint64_t at = in.offset();
    uint8_t opcode = in.byte("constant expression");
    if (opcode == 0x0b)
      return in.since(from);
    if (opcode == 0x23 || opcode == 0xd2) // global.get, ref.func
      in.u32();
    else if (opcode == 0x41)
      in.s32();
    else if (opcode == 0x42 || opcode == 0xd0) // i64.const, ref.null
      in.s64();
    else if (opcode == 0x43)
      in.fixed32();
    else if (opcode == 0x44)
      in.fixed64();
    else if (opcode == 0xfd && in.u32() == 12)
      (void)in.bytes(16);
    else if (!(opcode >= 0x6a && opcode <= 0x6c) &&
             !(opcode >= 0x7c && opcode <= 0x7e))
      in.fail(Rule::unsupported_feature, at,
              "opcode 0x" + llvm::utohexstr(opcode, true) +
                  " in a constant expression cannot be merged yet");
  }
  return {};
}

std::optional<ReadError> wasm::readGuest(ArrayRef<uint8_t> bytes,
                                         MLIRContext *context,
                                         GuestModule &module, uint64_t base) {
  module.bytes = bytes;
  ByteReader in(bytes, base);
  GuestReader(in, module, context).read();
  return in.error();
}
