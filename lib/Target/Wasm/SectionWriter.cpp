//===- SectionWriter.cpp - The sections of a module -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SectionWriter.h"

#include "CodeSection.h"
#include "DebugSections.h"
#include "EntityTypes.h"
#include "NameWriter.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;
using namespace meld::core::section;

//===----------------------------------------------------------------------===//
// The end of a section
//===----------------------------------------------------------------------===//

void SectionWriter::finish(Id id, size_t count) {
  if (count) {
    ByteWriter number;
    number.u(count);
    ByteWriter header;
    header.byte(id);
    header.u(number.size() + content.size());
    header.raw(number.bytes());
    sections.push_back({std::move(header), std::move(content)});
  }
  content = ByteWriter();
}

void SectionWriter::finish(Id id) {
  ByteWriter header;
  header.byte(id);
  header.u(content.size());
  sections.push_back({std::move(header), std::move(content)});
  content = ByteWriter();
}

/// The sections in one piece, behind the magic number.
void SectionWriter::join(ByteWriter &out) {
  size_t size = 8;
  for (const Section &section : sections)
    size += section.header.size() + section.content.size();
  out.reserve(size);
  out.raw(StringRef("\0asm\1\0\0\0", 8));
  for (Section &section : sections) {
    out.raw(section.header.bytes());
    out.raw(section.content.bytes());
    section.content = ByteWriter(); // two copies of all would be in memory
  }
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

/// The code section has a piece for each chunk.
LogicalResult SectionWriter::writeCode() {
  CodeSection code(index, bodies, recorder.has_value());
  if ((recorder && failed(recorder->open())) || failed(code.write()))
    return failure();
  size_t size = 0;
  for (CodeSection::Chunk &chunk : code.chunks) {
    for (CodeSection::Chunk::Entry &entry : chunk.entries)
      recorder->add(entry.op, std::move(entry.mapped), size + entry.begin,
                    entry.size);
    size += chunk.bytes.size();
  }
  if (code.chunks.empty())
    return success();
  ByteWriter number;
  number.u(index.functions.size());
  ByteWriter header;
  header.byte(Code);
  header.u(number.size() + size);
  header.raw(number.bytes());
  for (CodeSection::Chunk &chunk : code.chunks)
    sections.push_back(
        {std::exchange(header, ByteWriter()), std::move(chunk.bytes)});
  return success();
}

template <typename List, typename Entry>
LogicalResult SectionWriter::writeAll(List &list, Id id, Entry entry) {
  for (auto op : list)
    if (failed(entry(op)))
      return failure();
  finish(id, list.size());
  return success();
}

/// Imports to exports.
LogicalResult SectionWriter::writeDefinitions() {
  for (ImportOp op : index.imports) {
    content.sized(op.getModule());
    content.sized(op.getName());
    content.byte(uint8_t(externOf(op.getType())));
    entity(op.getType());
  }
  finish(Imports, index.imports.size());
  for (Operation *op : index.functions)
    entity(cast<EntityOpInterface>(op).getEntityType());
  finish(Functions, index.functions.size());
  auto plain = [&](auto op) { return entity(op.getType()), success(); };
  return failure(failed(writeAll(index.tables, Tables,
                                 [&](TableOp op) { return table(op); })) ||
                 failed(writeAll(index.memories, Memories, plain)) ||
                 failed(writeAll(index.tags, Tags, plain)) ||
                 failed(writeAll(index.globals, Globals,
                                 [&](GlobalOp op) { return global(op); })) ||
                 failed(writeAll(index.exports, Exports, [&](ExportOp op) {
                   return exportEntry(op);
                 })));
}

LogicalResult SectionWriter::writeStart() {
  if (index.starts.empty())
    return success();
  StartOp start = index.starts.front();
  if (failed(reference(start, start.getFunctionAttr())))
    return failure();
  finish(Start);
  return success();
}

LogicalResult SectionWriter::writeElems() {
  for (ElemOp op : index.elems)
    if (failed(elem(op)))
      return failure();
  bool isDeclared = declareReferences();
  finish(Elems, index.elems.size() + isDeclared);
  return success();
}

void SectionWriter::writeCustoms() {
  for (CustomOp op : index.customs) {
    content.sized(op.getName());
    content.raw(op.getContent());
    finish(Custom);
  }
  if (!options.map || options.mapName.empty())
    return;
  content.sized("sourceMappingURL");
  content.sized(options.mapName);
  finish(Custom);
}

LogicalResult SectionWriter::writeDebugInfo() {
  if (!hasDebugInfo)
    return success();
  auto merged =
      mergeDebugInfo(module, index, bodies, options.map ? *options.map : ownMap,
                     llvm::getULEB128Size(index.functions.size()));
  if (failed(merged))
    return failure();
  for (auto [name, contents] :
       llvm::zip(core::dwarf::sectionNames, merged->sections().contents)) {
    if (contents.empty())
      continue;
    content.sized(name);
    content.raw(contents);
    finish(Custom);
  }
  return success();
}

void SectionWriter::writeTypes() {
  auto typeIndex = [&](Type type) { return index.typeIndex(type); };
  for (const TypeNumbers::Entry &entry : index.types())
    if (entry.group)
      writeGroup(entry.group, entry.number, content, typeIndex);
    else
      writeFunctionType(entry.function, content, typeIndex);
  finish(Types, index.types().size());
}

LogicalResult SectionWriter::write(ByteWriter &out) {
  // The code is written first: it tells which functions to declare.
  if (failed(writeCode()))
    return failure();
  std::vector<Section> code = std::move(sections);
  sections.clear();
  if (failed(writeDefinitions()) || failed(writeStart()) ||
      failed(writeElems()))
    return failure();
  if (!index.datas.empty()) {
    content.u(index.datas.size());
    finish(DataCount);
  }
  llvm::move(code, std::back_inserter(sections));
  size_t pieces = code.size(), behindCode = sections.size();
  if (failed(writeAll(index.datas, Data, [&](DataOp op) { return data(op); })))
    return failure();
  if (isNamed) { // in front of the others, as tool-conventions wants it
    NameWriter(module, index, bodies).write(content);
    finish(Custom);
  }
  writeCustoms();
  if (failed(writeDebugInfo()))
    return failure();
  size_t before = sections.size();
  writeTypes(); // last: all others add to them
  size_t types = sections.size() - before;
  std::rotate(sections.begin(), sections.end() - types, sections.end());
  if (recorder && failed(finishMap(types + behindCode, pieces)))
    return failure();
  join(out);
  return success();
}

/// Tells the map where the code, the last `pieces` of the first `count`
/// sections, lies.
LogicalResult SectionWriter::finishMap(size_t count, size_t pieces) {
  uint64_t end = 8, size = 0;
  for (auto [i, section] : llvm::enumerate(sections)) {
    if (i == count)
      break;
    end += section.header.size() + section.content.size();
    size += i + pieces < count ? 0 : section.content.size();
  }
  if (index.functions.empty())
    return recorder->finish(end, end, end);
  uint64_t entries = end - size;
  uint64_t contents = entries - llvm::getULEB128Size(index.functions.size());
  return recorder->finish(contents, end, entries);
}
