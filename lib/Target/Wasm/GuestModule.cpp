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
#include "meld/Target/Wasm/NameSection.h"

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
  void names();
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
  names();
  for (const core::ExportDef &def : view.exports)
    guest.names[unsigned(def.kind)].try_emplace(def.index, def.name);
  return error;
}

void GuestReader::names() {
  using core::NameKind;
  static constexpr NameKind kinds[] = {
      NameKind::Function, NameKind::Table, NameKind::Memory, NameKind::Global,
      NameKind::Tag,      NameKind::Data,  NameKind::Elem};
  core::NameSection section = core::readNames(view);
  for (auto [kind, names] : llvm::zip_equal(kinds, guest.names))
    for (auto [index, name] : section[kind])
      if (!name.empty())
        names.try_emplace(index, name);
}

void GuestReader::types() {
  error = convert.enter(view);
  guest.types.assign(convert.defined().begin(), convert.defined().end());
}

void GuestReader::entities() {
  for (unsigned kind = 0; kind < core::numExternKinds; ++kind)
    for (uint32_t i = 0, n = view.count(ExternKind(kind)); i < n; ++i) {
      Type type = convert.entity(view, ExternKind(kind), i);
      guest.entities[kind].push_back(type);
      if (!type)
        fail(Rule::index_bounds, view.base,
             "the type of " +
                 Twine(core::stringifyExternKind(ExternKind(kind))) + " " +
                 Twine(i) + " names a type that is not defined");
    }
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
