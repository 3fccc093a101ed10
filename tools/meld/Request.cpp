//===- Request.cpp - what `fuse` and `link` are asked for -----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Request.h"

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Pipelines/Fuse.h"
#include "meld/Support/OutputFile.h"
#include "meld/Transforms/RemarkPasses.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Regex.h"

using namespace meld;
using namespace meld::driver;
using namespace mlir;

//===----------------------------------------------------------------------===//
// The command line
//===----------------------------------------------------------------------===//

/// The options with a word as value: those of Target.td, and of --wasm-merge.
static std::vector<component::TargetOptionInfo> getWordOptions() {
  std::vector<component::TargetOptionInfo> rows(component::getTargetOptions());
  uint8_t order = rows.size();
  rows.push_back({order++, "strip_dead", "false true",
                  "whether functions, globals, memories, tables and segments "
                  "that nothing can reach are dropped"});
  rows.push_back({order++, "sections", "name none all",
                  "custom sections: the names of functions, none, or also what "
                  "the guests say in `producers` and `target_features`, and "
                  "their debug info"});
  return rows;
}

/// The values of the option with this flag; nothing where there is none.
static std::optional<StringRef> findWords(StringRef flag) {
  for (const component::TargetOptionInfo &row : getWordOptions())
    if (getTargetFlag(row) == flag)
      return row.WordList;
  return std::nullopt;
}

/// " (did you mean --memory?)" where there is an option like `flag`.
static std::string suggestion(StringRef flag) {
  std::string best;
  unsigned distance = 3;
  for (const component::TargetOptionInfo &row : getWordOptions()) {
    std::string known = getTargetFlag(row);
    unsigned edits = flag.edit_distance(known, true, distance);
    if (edits >= distance)
      continue;
    distance = edits;
    best = " (did you mean --" + known + "?)";
  }
  return best;
}

static LogicalResult unknownOption(const Twine &option,
                                   const Request &request) {
  return fail("no option " + option + "; `meld " + request.command +
              " --help` lists the options"),
         failure();
}

/// Takes `--verify=value` into `request`.
static LogicalResult readVerify(StringRef value, Request &request) {
  auto found = llvm::StringSwitch<std::optional<Verify>>(value)
                   .Case("generated", Verify::generated)
                   .Case("guests", Verify::guests)
                   .Case("full", Verify::full)
                   .Default(std::nullopt);
  if (!found)
    return fail("--verify is one of: guests generated full"), failure();
  request.verify = *found;
  return success();
}

/// Takes `--remarks`, or `--remarks=passes`, into `request`.
static LogicalResult readRemarks(StringRef value, Request &request) {
  request.remarks = value.empty() ? ".*" : value;
  std::string why;
  if (!llvm::Regex(request.remarks).isValid(why))
    return fail("--remarks wants a regular expression of passes: " + why),
           failure();
  llvm::Regex passes(("^(" + request.remarks + ")$").str()); // as MLIR does
  if (llvm::none_of(remarkPasses,
                    [&](StringRef pass) { return passes.match(pass); }))
    return fail("--remarks matches no pass that has any; these have: " +
                llvm::join(llvm::ArrayRef(remarkPasses), " ")),
           failure();
  return success();
}

/// Takes one `--flag` or `--flag=value` into `request`.
static LogicalResult readOption(StringRef word, Request &request) {
  auto [flag, value] = word.split('=');
  if (flag == "verify" && request.command == "fuse")
    return readVerify(value, request);
  if (flag == "remarks" && request.command == "fuse")
    return readRemarks(value, request);
  std::optional<StringRef> words = findWords(flag);
  if (words && request.command != "fuse")
    return fail("--" + flag + " is about core modules: give it to `meld fuse`"),
           failure();
  if (!words)
    return unknownOption("--" + flag + suggestion(flag), request);
  if (value.empty() && words->starts_with("false "))
    value = "true";
  llvm::SmallVector<StringRef> known;
  words->split(known, ' ');
  if (!llvm::is_contained(known, value))
    return fail("--" + flag + " is one of: " + *words), failure();
  request.options += (flag + "=" + value + " ").str();
  return success();
}

namespace {
/// Reads the words of a command line from the left to the right.
class RequestReader {
public:
  RequestReader(StringRef command, Words words) : words(words) {
    request.command = command;
  }

  FailureOr<Request> read();

private:
  /// The value of the option `flag`, which the front may be: `--flag=value`, or
  /// the next word. Nothing if the front is another word; "" after an error.
  std::optional<StringRef> takeValue(StringRef flag, StringRef wanted);
  LogicalResult readWord();
  LogicalResult check() const;
  LogicalResult checkInputs(StringRef flag, StringRef file,
                            StringRef what) const;

  Words words;
  Request request;
};
} // namespace

std::optional<StringRef> RequestReader::takeValue(StringRef flag,
                                                  StringRef wanted) {
  StringRef word = words.front();
  if (!word.consume_front(flag))
    return std::nullopt;
  if (word.empty() && words.size() > 1) {
    words = words.drop_front();
    return words.front();
  }
  if (!word.empty() && (!flag.starts_with("--") || !word.consume_front("=")))
    return std::nullopt;
  if (word.empty())
    fail(flag + " wants the name of " + wanted);
  return word;
}

LogicalResult RequestReader::readWord() {
  if (auto output = takeValue("-o", "the output"))
    return request.output = *output, success(!output->empty());
  if (auto name = takeValue("--export", "an export"))
    return request.kept.push_back(*name), success(!name->empty());
  if (request.command == "fuse")
    if (auto map = takeValue("--map", "the map's file"))
      return request.map = *map, success(!map->empty());
  StringRef word = words.front();
  if (word.consume_front("--"))
    return readOption(word, request);
  if (word.starts_with("-") && word != "-")
    return unknownOption(word, request);
  return request.inputs.push_back(word), success();
}

LogicalResult RequestReader::checkInputs(StringRef flag, StringRef file,
                                         StringRef what) const {
  for (StringRef input : request.inputs)
    if (isSameFile(input, file))
      return fail(flag + " names the input " + input + ", which the " + what +
                  " would overwrite"),
             failure();
  return success();
}

LogicalResult RequestReader::check() const {
  if (request.inputs.empty())
    return fail("no component to " + request.command + "; `meld " +
                request.command + " --help` shows how"),
           failure();
  if (request.output.empty())
    return fail("say where the result goes: -o FILE"), failure();
  if (request.map == request.output || isSameFile(request.map, request.output))
    return fail("-o and --map name one file, but the map goes beside the "
                "output"),
           failure();
  return success(succeeded(checkInputs("-o", request.output, "output")) &&
                 succeeded(checkInputs("--map", request.map, "map")));
}

FailureOr<Request> RequestReader::read() {
  for (; !words.empty(); words = words.drop_front())
    if (failed(readWord()))
      return failure();
  if (failed(check()))
    return failure();
  return request;
}

FailureOr<Request> meld::driver::readRequest(StringRef command, Words words) {
  return RequestReader(command, words).read();
}

void meld::driver::printFuseOptions(llvm::raw_ostream &os) {
  os << "\n  --export NAME      keep an export although it satisfies an import "
        "of\n                     another file; may be repeated\n"
        "  --map FILE         write where each byte of code comes from "
        "(docs/Map.md):\n                     `meld where` and `meld run` read "
        "it\n"
        "  --remarks[=PASSES] say what passes made, and why not more; PASSES "
        "is "
        "a\n                     regular expression: --remarks=lower-values\n"
        "  --async-destructors\n                     that of `meld check`\n"
        "  --verify           which code is checked: that of the guests and "
        "what is\n                     generated, only the latter, or also the "
        "copies of the\n                     former\n                     one "
        "of: guests generated full, the first is the default\n";
  for (const component::TargetOptionInfo &row : getWordOptions()) {
    StringRef words = row.WordList;
    os << "  --" << llvm::left_justify(getTargetFlag(row), 16) << ' '
       << row.What << "\n                     one of: " << words
       << ", the first is the default\n";
  }
  os << "\nNot there yet, and refused: --memory=single for a program of "
        "several "
        "memories,\nand --stackful=refuse.\n";
}
