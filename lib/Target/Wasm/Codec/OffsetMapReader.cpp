//===- OffsetMapReader.cpp - A source map as an offset map ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Vlq.h"

#include "meld/Support/Json.h"
#include "meld/Target/Wasm/OffsetMap.h"

#include "llvm/Support/JSON.h"

using namespace meld::core;
namespace json = llvm::json;

std::optional<uint64_t> meld::core::takeVlq(llvm::StringRef &text) {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 50 && !text.empty(); shift += 5) {
    size_t digit = vlqDigits.find(text.front());
    text = text.drop_front();
    if (digit == llvm::StringRef::npos)
      return std::nullopt;
    value |= uint64_t(digit & 31) << shift;
    if (digit < 32)
      return value;
  }
  return std::nullopt;
}

std::optional<int64_t> meld::core::takeSignedVlq(llvm::StringRef &text) {
  std::optional<uint64_t> value = takeVlq(text);
  if (!value)
    return std::nullopt;
  return *value & 1 ? -int64_t(*value >> 1) : int64_t(*value >> 1);
}

template <typename... Words>
static llvm::Error error(const char *format, const Words &...words) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), format,
                                 words...);
}

namespace {
/// Decodes `mappings` and `rangeMappings` into the functions of the map.
class MappingReader {
public:
  MappingReader(OffsetMap &map, const json::Array &names)
      : map(map), names(names) {}

  llvm::Error read(llvm::StringRef mappings, llvm::StringRef ranges);

private:
  llvm::Error readRanges(llvm::StringRef text);
  llvm::Error readMapping(llvm::StringRef text);
  llvm::Error beginFunction(bool isRange);
  llvm::Error addPiece(bool isRange);
  llvm::Error malformed() {
    return error("`mappings` is malformed at mapping %zu", number);
  }

  OffsetMap &map;
  const json::Array &names;
  std::vector<uint64_t> rangeNumbers;
  size_t nextRange = 0, number = 0;
  bool isOpen = false; // whether a function has begun and not ended
  // Generated column, source, line, column, name.
  int64_t fields[5] = {};
};
} // namespace

llvm::Error MappingReader::readRanges(llvm::StringRef text) {
  uint64_t last = 0;
  while (!text.empty()) {
    std::optional<uint64_t> step = takeVlq(text);
    if (!step)
      return error("`rangeMappings` is malformed");
    rangeNumbers.push_back(last += *step);
  }
  return llvm::Error::success();
}

llvm::Error MappingReader::beginFunction(bool isRange) {
  if (isOpen || fields[4] != int64_t(map.functions.size()) ||
      fields[4] >= int64_t(names.size()) ||
      fields[1] >= int64_t(map.sources.size()) || fields[2] >= UINT32_MAX)
    return malformed();
  std::optional<llvm::StringRef> name = names[fields[4]].getAsString();
  if (!name)
    return error("`names` is malformed");
  OffsetMap::Function function;
  function.begin = fields[0];
  function.name = name->str();
  function.isCopy = isRange;
  uint32_t line = fields[2] ? fields[2] + 1 : 0;
  if (!map.sources[fields[1]].empty())
    function.origin = {uint32_t(fields[1]), line,
                       uint64_t(fields[3]) + (line ? 1 : 0)};
  if (isRange)
    function.pieces.push_back({0, 0});
  map.functions.push_back(std::move(function));
  isOpen = true;
  return llvm::Error::success();
}

llvm::Error MappingReader::addPiece(bool isRange) {
  if (!isOpen || !isRange || !map.functions.back().origin)
    return malformed();
  OffsetMap::Function &function = map.functions.back();
  if (fields[1] != function.origin->source || fields[2])
    return malformed();
  int64_t output = fields[0] - int64_t(function.begin);
  int64_t input = fields[3] - int64_t(function.origin->column);
  if (!function.isCopy || output <= function.pieces.back().output ||
      input < function.pieces.back().input || input > UINT32_MAX ||
      output > UINT32_MAX)
    return malformed();
  function.pieces.push_back({uint32_t(output), uint32_t(input)});
  return llvm::Error::success();
}

llvm::Error MappingReader::readMapping(llvm::StringRef text) {
  unsigned count = 0;
  for (; !text.empty() && count < 5; ++count) {
    std::optional<int64_t> step = takeSignedVlq(text);
    if (!step)
      return malformed();
    fields[count] += *step;
    if (fields[count] < 0 || (!count && number && *step <= 0) ||
        fields[count] > int64_t(1) << 48)
      return malformed();
  }
  bool isRange =
      nextRange < rangeNumbers.size() && rangeNumbers[nextRange] == number;
  nextRange += isRange;
  if (count == 5 && text.empty())
    return beginFunction(isRange);
  if (count == 4)
    return addPiece(isRange);
  if (count != 1 || !isOpen || isRange)
    return malformed();
  map.functions.back().end = fields[0];
  isOpen = false;
  return llvm::Error::success();
}

llvm::Error MappingReader::read(llvm::StringRef mappings,
                                llvm::StringRef ranges) {
  if (llvm::Error failed = readRanges(ranges))
    return failed;
  for (bool more = !mappings.empty(); more; ++number) {
    more = mappings.contains(',');
    auto [one, rest] = mappings.split(',');
    if (llvm::Error failed = readMapping(one))
      return failed;
    mappings = rest;
  }
  if (isOpen || map.functions.size() != names.size() ||
      nextRange != rangeNumbers.size())
    return error("`mappings` does not fit `names` and `rangeMappings`");
  return llvm::Error::success();
}

static llvm::Expected<OffsetMap::Instance>
readInstance(const json::Value &value, size_t functions) {
  const json::Object *object = value.getAsObject();
  const json::Array *path = object ? object->getArray("path") : nullptr;
  const json::Array *runs = object ? object->getArray("functions") : nullptr;
  if (!path || !runs || runs->size() % 2)
    return error("`x_meld` has a malformed instance");
  OffsetMap::Instance instance;
  instance.isRuntime = object->getBoolean("runtime").value_or(false);
  if (object->get("runtime") && !object->getBoolean("runtime"))
    return error("`x_meld` has a malformed instance");
  for (const json::Value &value : *path) {
    std::optional<llvm::StringRef> name = value.getAsString();
    if (!name)
      return error("`x_meld` has a malformed instance");
    instance.path.push_back(name->str());
  }
  for (size_t i = 0; i < runs->size(); i += 2) {
    std::optional<int64_t> first = (*runs)[i].getAsInteger(),
                           count = (*runs)[i + 1].getAsInteger();
    if (!first || !count || *first < 0 || *count < 0 ||
        *first > int64_t(functions) || *count > int64_t(functions) - *first)
      return error("`x_meld` has a malformed instance");
    instance.functions.push_back({uint32_t(*first), uint32_t(*count)});
  }
  return instance;
}

/// Reads where the code section is, in which all functions lie.
static llvm::Error readCode(const json::Array *range, OffsetMap &map) {
  std::optional<int64_t> begin, end;
  if (range && range->size() == 2)
    begin = (*range)[0].getAsInteger(), end = (*range)[1].getAsInteger();
  if (!begin || !end || *begin < 0 || *end < *begin ||
      (!map.functions.empty() &&
       (map.functions.front().begin < uint64_t(*begin) ||
        map.functions.back().end > uint64_t(*end))))
    return error("`code` of `x_meld` is no range that has all functions");
  map.codeBegin = *begin, map.codeEnd = *end;
  return llvm::Error::success();
}

static llvm::Error readExtension(const json::Object &extension,
                                 OffsetMap &map) {
  std::optional<int64_t> version = extension.getInteger("version");
  if (version != 1)
    return error("`x_meld` has version %lld, this Meld reads version 1",
                 (long long)version.value_or(0));
  const json::Array *instances = extension.getArray("instances");
  if (!instances)
    return error("`x_meld` has no list `instances`");
  std::optional<int64_t> imported = extension.getInteger("imported");
  if (!imported || *imported < 0 ||
      *imported > int64_t(UINT32_MAX - map.functions.size()))
    return error("`imported` of `x_meld` is no number of functions");
  map.imported = *imported;
  if (llvm::Error failed = readCode(extension.getArray("code"), map))
    return failed;
  for (const json::Value &value : *instances) {
    auto instance = readInstance(value, map.functions.size());
    if (!instance)
      return instance.takeError();
    map.instances.push_back(std::move(*instance));
  }
  return llvm::Error::success();
}

llvm::Expected<OffsetMap> OffsetMap::read(llvm::StringRef text) {
  llvm::Expected<json::Value> value = parseJson(text);
  if (!value)
    return value.takeError();
  const json::Object *object = value->getAsObject();
  const json::Object *extension =
      object ? object->getObject("x_meld") : nullptr;
  if (!extension)
    return error("no member `x_meld`: not an offset map of Meld");
  const json::Array *sources = object->getArray("sources");
  const json::Array *names = object->getArray("names");
  auto mappings = object->getString("mappings");
  if (object->getInteger("version") != 3 || !sources || !names || !mappings)
    return error("not a source map of version 3");
  auto ranges = object->getString("rangeMappings");
  if (!ranges && object->get("rangeMappings"))
    return error("`rangeMappings` is malformed");
  OffsetMap map;
  for (const json::Value &source : *sources) {
    if (!source.getAsString() && !source.getAsNull())
      return error("`sources` is malformed");
    map.sources.push_back(source.getAsString().value_or("").str());
  }
  if (llvm::Error failed =
          MappingReader(map, *names).read(*mappings, ranges.value_or("")))
    return failed;
  if (llvm::Error failed = readExtension(*extension, map))
    return failed;
  return map;
}
