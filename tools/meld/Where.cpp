//===- Where.cpp - meld where: what a byte of a program comes from --------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "MapFile.h"

#include "meld/Support/Names.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace meld;
using namespace meld::driver;
using core::OffsetMap;
using llvm::StringRef;
using llvm::Twine;

/// `"main/log"`, of the names on the way to an instance.
static std::string pathText(const OffsetMap::Instance &instance) {
  return quoted(llvm::join(instance.path, "/"));
}

static std::string originText(const OffsetMap &map,
                              const OffsetMap::Origin &origin) {
  std::string file = escapeText(map.sources[origin.source]);
  if (origin.line)
    return file + ":" + std::to_string(origin.line) + ":" +
           std::to_string(origin.column);
  return file + ":0x" + llvm::utohexstr(origin.column, /*LowerCase=*/true);
}

/// What the function is, by its instances.
static std::string functionText(const OffsetMap &map,
                                const OffsetMap::Answer &answer) {
  const OffsetMap::Function &function = map.functions[answer.function];
  std::string name = "function " + quoted(function.name);
  auto instances =
      llvm::map_range(answer.instances, [&](uint32_t number) -> auto & {
        return map.instances[number];
      });
  if (llvm::any_of(instances, [](auto &each) { return each.isRuntime; }))
    return "runtime, " + escapeText(function.name);
  std::string paths = llvm::join(llvm::map_range(instances, pathText), ", ");
  if (!function.isCopy)
    return "generated " + name + (paths.empty() ? "" : " for " + paths);
  if (answer.instances.size() == 1)
    return name + " of instance " + paths;
  return name + (paths.empty() ? "" : ", which instances share: " + paths);
}

static void printText(const OffsetMap &map, const OffsetMap::Answer &answer) {
  if (answer.origin)
    llvm::outs() << originText(map, *answer.origin) << ": ";
  llvm::outs() << functionText(map, answer) << '\n';
}

static void printJson(const OffsetMap &map, uint64_t offset,
                      const OffsetMap::Answer &answer) {
  const OffsetMap::Function &function = map.functions[answer.function];
  bool isRuntime = false;
  llvm::json::OStream out(llvm::outs());
  out.object([&] {
    out.attribute("offset", int64_t(offset));
    out.attribute("index", map.imported + answer.function);
    out.attribute("function", llvm::json::fixUTF8(function.name));
    out.attributeArray("instances", [&] {
      for (uint32_t number : answer.instances) {
        isRuntime |= map.instances[number].isRuntime;
        out.array([&] {
          for (const std::string &name : map.instances[number].path)
            out.value(llvm::json::fixUTF8(name));
        });
      }
    });
    out.attribute("kind", isRuntime         ? "runtime"
                          : function.isCopy ? "guest"
                                            : "generated");
    if (!answer.origin)
      return;
    out.attributeObject("origin", [&] {
      out.attribute("file",
                    llvm::json::fixUTF8(map.sources[answer.origin->source]));
      if (answer.origin->line)
        out.attribute("line", answer.origin->line);
      out.attribute(answer.origin->line ? "column" : "offset",
                    int64_t(answer.origin->column));
    });
  });
  llvm::outs() << '\n';
}

int meld::driver::locateOffsets(const char *, const Options &, Words words) {
  bool json = llvm::is_contained(words, "--json");
  llvm::SmallVector<StringRef> rest;
  for (StringRef word : words)
    if (word != "--json")
      rest.push_back(word);
  if (rest.size() < 2)
    return fail("wanted a file and an offset; `meld where --help` shows how");
  llvm::Expected<OffsetMap> map = readMapFile(rest.front());
  if (!map)
    return fail(toString(map.takeError()));
  int status = 0;
  for (StringRef word : llvm::drop_begin(rest)) {
    uint64_t offset;
    if (word.getAsInteger(0, offset))
      return fail("\"" + word +
                  "\" is no offset: wanted a number such as "
                  "0x1a2");
    std::optional<OffsetMap::Answer> answer = map->locate(offset);
    if (!answer)
      status = fail("no function has the byte " + word +
                    ": the code goes from "
                    "0x" +
                    llvm::utohexstr(map->codeBegin, true) + " to 0x" +
                    llvm::utohexstr(map->codeEnd, true));
    else if (json)
      printJson(*map, offset, *answer);
    else
      printText(*map, *answer);
  }
  return status;
}
