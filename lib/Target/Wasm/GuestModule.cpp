//===- GuestModule.cpp - What merging knows of a module's bytes -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/GuestModule.h"

#include "CoreTypes.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

namespace {
/// Makes a GuestModule of a view: MLIR types, checked indices, names.
class GuestReader {
public:
  GuestReader(const core::ModuleView &view, GuestModule &out,
              MLIRContext *context)
      : view(view), out(out), convert(context) {}

  std::optional<ReadError> read();

private:
  void types();
  void entities();
  void exported(const core::ExportDef &def);
  void elem(const core::ElemSegment &segment);
  void elements(const core::ElemSegment &segment);
  void data(const core::DataSegment &segment);
  void names();
  uint32_t index(Extern kind, uint32_t index, const char *what, uint64_t at);
  void fail(Rule rule, uint64_t at, const Twine &message) {
    if (!error)
      error = ReadError{rule, at, message.str()};
  }

  const core::ModuleView &view;
  GuestModule &out;
  CoreTypeConverter convert;
  std::optional<ReadError> error;
};
} // namespace

std::optional<ReadError> GuestReader::read() {
  types();
  entities();
  for (const core::ImportDef &def : view.imports)
    out.imports.push_back({def.module, def.name, def.kind});
  llvm::copy(view.imported, out.imported.begin());
  for (const core::ExportDef &def : view.exports)
    exported(def);
  if (view.start)
    out.start =
        index(Extern::Function, *view.start, "start function", view.startAt);
  llvm::for_each(view.elems, [&](auto &segment) { elem(segment); });
  llvm::for_each(view.datas, [&](auto &segment) { data(segment); });
  out.bodies = view.bodies;
  names();
  return error;
}

void GuestReader::types() {
  for (const core::SubType &type : view.types) {
    FunctionType function = convert.function(type);
    if (!function)
      fail(Rule::unsupported_feature, type.at,
           "a type that is no function type of numbers, vectors, funcref, "
           "externref and exnref cannot be merged yet");
    out.types.push_back(function);
  }
}

void GuestReader::entities() {
  for (unsigned kind = 0; kind < numExterns && !error; ++kind)
    for (uint32_t i = 0, n = view.count(Extern(kind)); i < n; ++i) {
      Type type = convert.entity(view, Extern(kind), i);
      if (!type)
        fail(Rule::unsupported_feature, view.offsetOf(Extern(kind), i),
             Twine("the type of ") + core::stringifyExternKind(Extern(kind)) +
                 " " + Twine(i) + " cannot be merged yet");
      out.spaces[kind].push_back(type);
    }
  for (const core::TableDef &table : view.tables)
    if (!table.init.empty())
      fail(Rule::unsupported_feature, table.at,
           "a table with an initializer cannot be merged yet");
}

uint32_t GuestReader::index(Extern kind, uint32_t index, const char *what,
                            uint64_t at) {
  uint32_t count = view.count(kind);
  if (index >= count)
    fail(Rule::index_bounds, at,
         Twine(what) + " has index " + Twine(index) + ", " + Twine(count) +
             " are defined");
  return index;
}

void GuestReader::exported(const core::ExportDef &def) {
  out.exportNumbers.try_emplace(def.name, out.exports.size());
  out.exports.push_back(
      {def.name, def.kind, index(def.kind, def.index, "export", def.at)});
}

void GuestReader::elem(const core::ElemSegment &segment) {
  if (segment.mode == GuestModule::Mode::Active)
    index(Extern::Table, segment.table, "table of a segment", segment.at);
  if (!segment.hasExpressions)
    elements(segment);
  out.elems.push_back({segment.mode, segment.table, segment.offset,
                       segment.count, segment.elements,
                       segment.hasExpressions});
}

void GuestReader::elements(const core::ElemSegment &segment) {
  ByteReader in = view.reader(segment.elements);
  while (!in.atEnd() && !error) {
    uint64_t at = in.offset();
    index(Extern::Function, in.u32("function index"), "element", at);
  }
}

void GuestReader::data(const core::DataSegment &segment) {
  if (segment.mode == GuestModule::Mode::Active)
    index(Extern::Memory, segment.memory, "memory of a segment", segment.at);
  out.datas.push_back({segment.mode,
                       segment.memory,
                       segment.offset,
                       uint32_t(segment.contents.size()),
                       {},
                       false});
}

void GuestReader::names() {
  for (auto [number, name] : core::readFunctionNames(view))
    if (!name.empty())
      out.names[unsigned(Extern::Function)].try_emplace(number, name);
  for (const GuestModule::Export &exported : out.exports)
    out.names[unsigned(exported.kind)].try_emplace(exported.index,
                                                   exported.name);
}

std::optional<ReadError> wasm::readGuest(ArrayRef<uint8_t> bytes,
                                         MLIRContext *context,
                                         GuestModule &module, uint64_t base) {
  module.bytes = bytes;
  core::ModuleView view;
  if (std::optional<ReadError> error = core::readModule(bytes, view, base))
    return error;
  return GuestReader(view, module, context).read();
}
