//===- OffsetMapWriter.cpp - An offset map as a source map ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Vlq.h"
#include "meld/Target/Wasm/OffsetMap.h"

#include "llvm/Support/JSON.h"

using namespace meld::core;
namespace json = llvm::json;

namespace {
/// The members `mappings` and `rangeMappings`. Every number but the first of a
/// kind is the difference to the one before.
class MappingWriter {
public:
  explicit MappingWriter(const OffsetMap &map) : map(map) {
    size_t pieces = 0;
    for (const OffsetMap::Function &function : map.functions)
      pieces += function.pieces.size();
    mappings.reserve(8 * pieces + 24 * map.functions.size());
    ranges.reserve(pieces + map.functions.size());
  }

  void write();

  std::string mappings, ranges;

private:
  void begin(uint64_t column);
  void place(const OffsetMap::Origin &origin, uint64_t input);
  void markRange();
  void difference(uint64_t value, uint64_t &last) {
    appendSignedVlq(mappings, int64_t(value) - int64_t(last));
    last = value;
  }

  const OffsetMap &map;
  uint64_t column = 0, source = 0, line = 0, input = 0;
  size_t count = 0, range = 0;
};
} // namespace

void MappingWriter::begin(uint64_t at) {
  if (count++)
    mappings.push_back(',');
  difference(at, column);
}

void MappingWriter::place(const OffsetMap::Origin &origin, uint64_t at) {
  difference(origin.source, source);
  difference(origin.line ? origin.line - 1 : 0, line);
  difference(at, input);
}

void MappingWriter::markRange() {
  appendVlq(ranges, count - 1 - range);
  range = count - 1;
}

void MappingWriter::write() {
  uint64_t none = map.sources.size(); // `null` stands behind the sources
  for (auto [number, function] : llvm::enumerate(map.functions)) {
    OffsetMap::Origin origin =
        function.origin.value_or(OffsetMap::Origin{uint32_t(none), 0, 0});
    uint64_t from = origin.line ? origin.column - 1 : origin.column;
    begin(function.begin);
    place(origin, from);
    appendSignedVlq(mappings, number ? 1 : 0); // the name
    if (function.isCopy) {
      markRange();
      for (const OffsetMap::Piece &piece : llvm::drop_begin(function.pieces)) {
        begin(function.begin + piece.output);
        place(origin, from + piece.input);
        markRange();
      }
    }
    begin(function.end);
  }
}

static std::string text(llvm::StringRef name) {
  return json::isUTF8(name) ? name.str() : json::fixUTF8(name);
}

static void writeInstance(const OffsetMap::Instance &instance,
                          json::OStream &out) {
  out.object([&] {
    if (instance.isRuntime)
      out.attribute("runtime", true);
    out.attributeArray("path", [&] {
      for (const std::string &name : instance.path)
        out.value(text(name));
    });
    out.attributeArray("functions", [&] {
      for (const OffsetMap::Instance::Run &run : instance.functions) {
        out.value(run.first);
        out.value(run.count);
      }
    });
  });
}

static void writeExtension(const OffsetMap &map, json::OStream &out) {
  out.attribute("version", 1);
  out.attributeArray("code", [&] {
    out.value(int64_t(map.codeBegin));
    out.value(int64_t(map.codeEnd));
  });
  out.attribute("imported", map.imported);
  out.attributeArray("instances", [&] {
    for (const OffsetMap::Instance &instance : map.instances)
      writeInstance(instance, out);
  });
}

void OffsetMap::write(llvm::raw_ostream &os) const {
  MappingWriter mappings(*this);
  mappings.write();
  json::OStream out(os);
  out.object([&] {
    out.attribute("version", 3);
    out.attributeArray("sources", [&] {
      for (const std::string &source : sources)
        out.value(text(source));
      out.value(nullptr);
    });
    out.attributeArray("ignoreList", [&] {
      for (auto [number, source] : llvm::enumerate(sources))
        if (source == runtimeSource)
          out.value(int64_t(number));
    });
    out.attributeArray("names", [&] {
      for (const Function &function : functions)
        out.value(text(function.name));
    });
    out.attribute("mappings", mappings.mappings);
    out.attribute("rangeMappings", mappings.ranges);
    out.attributeObject("x_meld", [&] { writeExtension(*this, out); });
  });
  os << '\n';
}
