//===- MapFile.cpp - The offset map of a program --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MapFile.h"

#include "meld/Target/Wasm/Sections.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace meld;
using namespace meld::driver;
using core::OffsetMap;
using llvm::StringRef;
using llvm::Twine;

static constexpr StringRef magic("\0asm\1\0\0\0", 8);

std::optional<StringRef> meld::driver::findCustomSection(ByteReader &reader,
                                                         StringRef name) {
  while (!reader.atEnd() && !reader.failed()) {
    uint8_t id = reader.byte("section id");
    ByteReader section = reader.sub(reader.u32("section size"));
    if (reader.failed() || id != core::section::Custom)
      continue;
    bool found = section.name("section name") == name;
    if (section.failed())
      reader.adopt(section);
    else if (found)
      return llvm::toStringRef(section.bytes(section.remaining()));
  }
  return std::nullopt;
}

static llvm::Error error(const Twine &message) {
  return llvm::createStringError(message);
}

static ByteReader readerOf(StringRef module) {
  return ByteReader(
      llvm::arrayRefFromStringRef(module.drop_front(magic.size())),
      magic.size());
}

static llvm::Error checkCode(StringRef file, StringRef module,
                             const OffsetMap &map) {
  ByteReader reader = readerOf(module);
  while (!reader.atEnd() && !reader.failed()) {
    uint8_t id = reader.byte("section id");
    uint32_t size = reader.u32("section size");
    uint64_t begin = reader.offset();
    (void)reader.bytes(size, "section");
    if (id == core::section::Code && begin == map.codeBegin &&
        begin + size == map.codeEnd)
      return llvm::Error::success();
  }
  return error(file +
               ": the map that it names is of another module: its code "
               "goes from 0x" +
               llvm::utohexstr(map.codeBegin, true) + " to 0x" +
               llvm::utohexstr(map.codeEnd, true));
}

static llvm::Expected<OffsetMap> readText(StringRef file) {
  auto buffer = llvm::MemoryBuffer::getFile(file, false, false);
  if (!buffer)
    return error(file + ": " + buffer.getError().message());
  llvm::Expected<OffsetMap> map = OffsetMap::read((*buffer)->getBuffer());
  if (!map)
    return error(file + ": " + toString(map.takeError()));
  return map;
}

std::optional<std::string> meld::driver::findMapName(StringRef module) {
  ByteReader reader = readerOf(module);
  std::optional<StringRef> section =
      findCustomSection(reader, "sourceMappingURL");
  if (!section)
    return std::nullopt;
  ByteReader content(llvm::arrayRefFromStringRef(*section));
  return content.name("URL").str();
}

llvm::Expected<OffsetMap> meld::driver::readMapFile(StringRef file) {
  auto buffer = llvm::MemoryBuffer::getFile(file, false, false);
  if (!buffer)
    return error(file + ": " + buffer.getError().message());
  StringRef bytes = (*buffer)->getBuffer();
  if (!bytes.starts_with(magic))
    return readText(file);
  std::optional<std::string> name = findMapName(bytes);
  if (!name)
    return error(file + ": names no map: make it with `meld fuse --map FILE`");
  // A file beside the module, whatever folders the name has.
  llvm::SmallString<128> path(llvm::sys::path::parent_path(file));
  llvm::sys::path::append(path, llvm::sys::path::filename(*name));
  llvm::Expected<OffsetMap> map = readText(path);
  if (!map)
    return map;
  if (llvm::Error wrong = checkCode(file, bytes, *map))
    return wrong;
  return map;
}
