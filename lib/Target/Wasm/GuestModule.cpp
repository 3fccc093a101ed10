//===- GuestModule.cpp - A core module with MLIR's types --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/GuestModule.h"
#include "meld/Support/Rules.h"

#include "CoreTypes.h"
#include "meld/Support/Names.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;
using core::ExternKind;

namespace {
class GuestReader {
public:
  GuestReader(GuestModule &guest, MLIRContext *context)
      : guest(guest), view(guest.view), convert(context) {}

  std::optional<ReadError> read();

private:
  void types();
  void entities();
  void exports();
  void segments();
  void checkIndex(ExternKind kind, uint32_t index, const char *who,
                  uint64_t at);
  void fail(Rule rule, uint64_t at, const Twine &message) {
    if (!error)
      error = ReadError{rule, at, message.str()};
  }

  GuestModule &guest;
  core::ModuleView &view;
  CoreTypeConverter convert;
  std::optional<ReadError> error;
};
} // namespace

std::optional<ReadError> GuestReader::read() {
  types();
  entities();
  exports();
  segments();
  if (view.start)
    checkIndex(ExternKind::Function, *view.start, "the start function",
               view.startAt);
  for (auto [index, name] : core::readFunctionNames(view))
    if (!name.empty())
      guest.names[unsigned(ExternKind::Function)].try_emplace(index, name);
  for (const core::ExportDef &def : view.exports)
    guest.names[unsigned(def.kind)].try_emplace(def.index, def.name);
  return error;
}

void GuestReader::types() {
  for (const core::SubType &type : view.types) {
    guest.types.push_back(convert.function(type));
    if (!guest.types.back())
      fail(Rule::unsupported_feature, type.at,
           "a type that is no function type of numbers, vectors, funcref, "
           "externref and exnref cannot be merged yet");
  }
}

void GuestReader::entities() {
  for (unsigned kind = 0; kind < core::numExternKinds; ++kind)
    for (uint32_t i = 0, n = view.count(ExternKind(kind)); i < n; ++i) {
      Type type = convert.entity(view, ExternKind(kind), i);
      guest.entities[kind].push_back(type);
      if (!type)
        fail(Rule::unsupported_feature, view.base,
             "the type of " +
                 Twine(core::stringifyExternKind(ExternKind(kind))) + " " +
                 Twine(i) + " cannot be merged yet");
    }
  for (const core::TableDef &def : view.tables)
    if (!def.init.empty())
      fail(Rule::unsupported_feature, def.at,
           "a table with an initializer cannot be merged yet");
  for (const core::Limits &limits : view.memories)
    if (limits.pageLog2 != 16)
      fail(Rule::unsupported_feature, limits.at,
           "a memory with pages of another size cannot be merged yet");
}

void GuestReader::checkIndex(ExternKind kind, uint32_t index, const char *who,
                             uint64_t at) {
  if (index >= view.count(kind))
    fail(Rule::index_bounds, at,
         Twine(who) + " names " + core::stringifyExternKind(kind) + " " +
             Twine(index) + ", " + Twine(view.count(kind)) + " are defined");
}

void GuestReader::exports() {
  for (auto [number, def] : llvm::enumerate(view.exports)) {
    checkIndex(def.kind, def.index, "an export", def.at);
    if (!guest.exportNumbers.try_emplace(def.name, number).second)
      fail(Rule::duplicate_name, def.at,
           "an export has a name of its own, found a second " +
               quoted(def.name));
  }
}

void GuestReader::segments() {
  for (const core::ElemSegment &segment : view.elems)
    if (segment.mode == core::SegmentMode::Active)
      checkIndex(ExternKind::Table, segment.table, "a segment", segment.at);
  for (const core::DataSegment &segment : view.datas)
    if (segment.mode == core::SegmentMode::Active)
      checkIndex(ExternKind::Memory, segment.memory, "a segment", segment.at);
}

std::optional<ReadError> wasm::readGuest(ArrayRef<uint8_t> bytes,
                                         MLIRContext *context,
                                         GuestModule &guest, uint64_t base) {
  if (std::optional<ReadError> error =
          core::readModule(bytes, guest.view, base))
    return error;
  return GuestReader(guest, context).read();
}
