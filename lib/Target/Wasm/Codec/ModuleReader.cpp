//===- ModuleReader.cpp - Reads the sections of a core module ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModuleReader.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/Sections.h"

using namespace meld;
using namespace meld::core;
using namespace meld::core::section;
using llvm::ArrayRef;
using llvm::Twine;

namespace {
struct SectionRow {
  const char *name;
  /// The place in a module; custom sections stand anywhere.
  uint8_t order;
};
constexpr SectionRow sections[] = {
    {"custom", 0},      {"type", 1},   {"import", 2}, {"function", 3},
    {"table", 4},       {"memory", 5}, {"global", 7}, {"export", 8},
    {"start", 9},       {"elem", 10},  {"code", 12},  {"data", 13},
    {"data count", 11}, {"tag", 6},
};
static_assert(std::size(sections) == numIds);
} // namespace

void ModuleReader::preamble() {
  static constexpr uint8_t preamble[] = {0, 0x61, 0x73, 0x6d, 1, 0, 0, 0};
  uint64_t at = in.offset();
  ArrayRef<uint8_t> found = in.bytes(sizeof preamble, "preamble");
  if (!in.failed() && found != ArrayRef<uint8_t>(preamble))
    in.fail(Rule::core_preamble, at,
            "the preamble of a core module is 0061736d01000000, found " +
                llvm::toHex(found, /*LowerCase=*/true));
}

void ModuleReader::read() {
  preamble();
  uint8_t last = Custom;
  for (unsigned after = 0; !in.atEnd();) {
    uint64_t at = in.offset();
    uint8_t id = in.byte("section id");
    if (id >= numIds)
      return in.fail(Rule::section_id, at,
                     "section id of a core module is 0 to 13, found " +
                         Twine(unsigned(id)));
    if (id != Custom && sections[id].order <= sections[last].order)
      return in.fail(Rule::section_order, at,
                     Twine("the ") + sections[id].name +
                         " section stands before the " + sections[last].name +
                         " section, and at most once");
    ByteReader content = in.sub(in.u32("section size"), "section");
    std::swap(in, content);
    if (id == Custom)
      customSection(after);
    else
      section(id);
    std::swap(in, content);
    in.adopt(content);
    if (id != Custom) {
      last = id;
      ++after;
    }
  }
  checkCounts();
}

void ModuleReader::section(uint8_t id) {
  switch (id) {
  case Types:
    return typeSection();
  case Imports:
    return vector("vector of imports", [&] { importDefinition(); });
  case Functions:
    return vector("vector of functions", [&] {
      uint64_t at = in.offset();
      view.functions.push_back({in.u32("type index"), at});
    });
  case Tables:
    return vector("vector of tables", [&] { tableDefinition(); });
  case Memories:
    return vector("vector of memories", [&] {
      view.memories.push_back(types.limits(/*isMemory=*/true));
    });
  case Tags:
    return vector("vector of tags",
                  [&] { view.tags.push_back(types.tagType()); });
  case Globals:
    return vector("vector of globals", [&] {
      GlobalDef global = types.globalType();
      global.init = readExpression(in);
      view.globals.push_back(global);
    });
  case Exports:
    return vector("vector of exports", [&] { exportDefinition(); });
  case Start:
    return startSection();
  case Elems:
    return vector("vector of element segments", [&] { elemSegment(); });
  case DataCount:
    view.dataCount = in.u32("number of data segments");
    return;
  case Code:
    view.codeAt = in.offset();
    return vector("vector of bodies", [&] { body(); });
  case Data:
    return vector("vector of data segments", [&] { dataSegment(); });
  }
}

/// What stands in two sections has to agree.
void ModuleReader::checkCounts() {
  if (in.failed())
    return;
  uint32_t declared = view.functions.size() - view.imported[0];
  if (declared != view.bodies.size())
    in.fail(Rule::section_counts, in.offset(),
            "the function section has " + Twine(declared) +
                " functions, the code section " + Twine(view.bodies.size()));
  if (view.dataCount && *view.dataCount != view.datas.size())
    in.fail(Rule::section_counts, in.offset(),
            "the data count section says " + Twine(*view.dataCount) +
                ", the data section has " + Twine(view.datas.size()));
}

void ModuleReader::customSection(unsigned after) {
  uint64_t at = in.offset();
  llvm::StringRef name = in.name("name of a custom section");
  ArrayRef<uint8_t> contents = in.bytes(in.remaining());
  if (!in.failed())
    view.customs.push_back({name, contents, after, at});
}

void ModuleReader::importDefinition() {
  uint64_t at = in.offset();
  ImportDef import = {};
  import.module = in.name("module of an import");
  import.name = in.name("name of an import");
  import.at = at;
  import.kind = externType(at);
  import.index = view.imported[unsigned(import.kind)]++;
  if (!in.failed())
    view.imports.push_back(import);
}

ExternKind ModuleReader::externType(uint64_t at) {
  ExternKind kind = types.externKind("core extern type");
  switch (kind) {
  case ExternKind::Function:
    view.functions.push_back({in.u32("type index"), at});
    break;
  case ExternKind::Table: {
    ValType element = types.elementType();
    view.tables.push_back({element, types.limits(/*isMemory=*/false), {}, at});
    break;
  }
  case ExternKind::Memory:
    view.memories.push_back(types.limits(/*isMemory=*/true));
    break;
  case ExternKind::Global:
    view.globals.push_back(types.globalType());
    break;
  case ExternKind::Tag:
    view.tags.push_back(types.tagType());
    break;
  }
  return kind;
}

std::pair<ExternKind, uint32_t> core::readExternType(ByteReader &in,
                                                     ModuleView &view) {
  ExternKind kind = ModuleReader(in, view).externType(in.offset());
  return {kind, view.count(kind) - 1};
}

void ModuleReader::tableDefinition() {
  TableDef table = {};
  table.at = in.offset();
  bool initialized = in.peek() == uint8_t(0x40);
  if (initialized) {
    in.byte();
    uint64_t at = in.offset();
    if (in.byte("reserved byte") != 0)
      in.fail(Rule::unknown_code, at, "the byte after 0x40 of a table is 0");
  }
  table.element = types.elementType();
  table.limits = types.limits(/*isMemory=*/false);
  if (initialized)
    table.init = readExpression(in);
  view.tables.push_back(table);
}

void ModuleReader::exportDefinition() {
  ExportDef def = {};
  def.at = in.offset();
  def.name = in.name("name of an export");
  def.kind = types.externKind("kind of export");
  def.index = in.u32("index");
  view.exports.push_back(def);
}

void ModuleReader::startSection() {
  view.startAt = in.offset();
  view.start = in.u32("function index");
}

void ModuleReader::body() {
  view.bodies.push_back(in.bytes(in.u32("size of a body"), "body"));
}

std::optional<ReadError> core::readModule(ArrayRef<uint8_t> bytes,
                                          ModuleView &view, uint64_t base) {
  view.bytes = bytes;
  view.base = base;
  ByteReader in(bytes, base);
  in.limitSize();
  ModuleReader(in, view).read();
  return in.error();
}
