//===- NameWriter.cpp - the name section of a module that is written ------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NameWriter.h"

#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace mlir;
using namespace meld;
using namespace meld::wasm;
using core::NameKind;

void NameWriter::finish(NameKind kind, size_t count) {
  if (count) {
    ByteWriter counted;
    counted.u(count);
    counted.raw(content.bytes());
    section.section(uint8_t(kind), counted);
  }
  content = ByteWriter();
}

//===----------------------------------------------------------------------===//
// What has a symbol
//===----------------------------------------------------------------------===//

template <typename List>
void NameWriter::entities(NameKind kind, Extern imported, List &&defined) {
  uint32_t next = 0, count = 0;
  auto add = [&](Operation *op) {
    if (auto name = op->getAttrOfType<StringAttr>("sym_name")) {
      content.u(next);
      content.sized(name.getValue());
      ++count;
    }
    ++next;
  };
  for (ImportOp import : index.imports)
    if (externOf(import.getType()) == imported)
      add(import);
  for (Operation *op : defined)
    add(op);
  finish(kind, count);
}

template <typename List>
void NameWriter::segments(NameKind kind, List &&defined) {
  uint32_t next = 0;
  for (Operation *op : defined) {
    content.u(next++);
    content.sized(SymbolTable::getSymbolName(op).getValue());
  }
  finish(kind, defined.size());
}

//===----------------------------------------------------------------------===//
// What only guests name
//===----------------------------------------------------------------------===//

/// Locals and labels keep their numbers, so the maps of names are copied.
void NameWriter::inFunctions(NameKind kind) {
  using Maps = DenseMap<uint32_t, ArrayRef<uint8_t>>;
  DenseMap<const Space *, Maps> maps;
  for (auto &[space, names] : guests)
    maps[space].insert(names.nested[unsigned(kind)].begin(),
                       names.nested[unsigned(kind)].end());
  uint32_t count = 0, next = 0;
  for (ImportOp import : index.imports)
    next += externOf(import.getType()) == Extern::Func;
  for (Operation *op : index.functions) {
    uint32_t number = next++;
    auto copied = dyn_cast<BytesOp>(op);
    if (!copied)
      continue;
    const Space *space =
        bodies.sources().find(copied.getSpaceAttr().getAttr())->second.get();
    uint32_t imports = space->view.imported[unsigned(Extern::Func)];
    ArrayRef<uint8_t> names = maps[space].lookup(imports + copied.getIndex());
    if (names.empty())
      continue;
    content.u(number);
    content.raw(llvm::toStringRef(names));
    ++count;
  }
  finish(kind, count);
}

/// The first guest that has a type names it.
void NameWriter::ofTypes() {
  std::map<uint32_t, StringRef> types;
  for (auto &[symbol, space] : bodies.sources())
    for (auto [old, name] : guests[space.get()][NameKind::Type])
      if (old < space->numbers[0].size())
        types.try_emplace(space->numbers[0][old], name);
  for (auto [number, name] : types) {
    content.u(number);
    content.sized(name);
  }
  finish(NameKind::Type, types.size());
}

void NameWriter::ofFields() {
  std::map<uint32_t, ArrayRef<uint8_t>> types;
  for (auto &[symbol, space] : bodies.sources())
    for (auto [old, names] :
         guests[space.get()].nested[unsigned(NameKind::Field)])
      if (old < space->numbers[0].size())
        types.try_emplace(space->numbers[0][old], names);
  for (auto [number, names] : types) {
    content.u(number);
    content.raw(llvm::toStringRef(names));
  }
  finish(NameKind::Field, types.size());
}

void NameWriter::write(ByteWriter &out) {
  for (auto &[symbol, space] : bodies.sources())
    guests.try_emplace(space.get(), core::readNames(space->view));
  section.sized("name");
  content.sized(module.getSymName());
  section.section(uint8_t(NameKind::Module), content);
  content = ByteWriter();
  entities(NameKind::Function, Extern::Func, index.functions);
  inFunctions(NameKind::Local);
  inFunctions(NameKind::Label);
  ofTypes();
  entities(NameKind::Table, Extern::Table, index.tables);
  entities(NameKind::Memory, Extern::Memory, index.memories);
  entities(NameKind::Global, Extern::Global, index.globals);
  segments(NameKind::Elem, index.elems);
  segments(NameKind::Data, index.datas);
  ofFields();
  entities(NameKind::Tag, Extern::Tag, index.tags);
  out = std::move(section);
}
