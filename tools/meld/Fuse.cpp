//===- Fuse.cpp - meld fuse: components to one core module ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Imports every input into one module, runs the pipeline `--fuse` on it, and
// writes the one core module that is left. The output appears at its place only
// when it is complete.
//
//===----------------------------------------------------------------------===//

#include "Commands.h"

#include "meld/InitAllDialects.h"
#include "meld/Pipelines/Fuse.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ModuleWriter.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Format.h"

using namespace meld;
using namespace meld::driver;
using namespace mlir;

namespace {
/// The words of the command line, sorted.
struct Request {
  llvm::SmallVector<StringRef> inputs;
  StringRef output;
  llvm::SmallVector<StringRef> kept;
  /// Options of the target: `--spec=2026-08` is `spec=2026-08`.
  std::string target;
};
} // namespace

//===----------------------------------------------------------------------===//
// The command line
//===----------------------------------------------------------------------===//

/// The row of Target.td with this flag, or null.
static const component::TargetOptionInfo *findOption(StringRef flag) {
  auto rows = component::getTargetOptions();
  auto row = llvm::find_if(
      rows, [&](auto &row) { return getTargetFlag(row) == flag; });
  return row == rows.end() ? nullptr : row;
}

/// " (did you mean --memory?)" where there is an option like `flag`.
static std::string suggestion(StringRef flag) {
  std::string best;
  unsigned distance = 3;
  for (const component::TargetOptionInfo &row : component::getTargetOptions()) {
    std::string known = getTargetFlag(row);
    unsigned edits = flag.edit_distance(known, true, distance);
    if (edits >= distance)
      continue;
    distance = edits;
    best = " (did you mean --" + known + "?)";
  }
  return best;
}

/// Takes one `--flag` or `--flag=value` into `request`.
static LogicalResult readOption(StringRef word, Request &request) {
  auto [flag, value] = word.split('=');
  const component::TargetOptionInfo *row = findOption(flag);
  if (!row)
    return fail("no option --" + flag + suggestion(flag) +
                "; `meld fuse --help` lists the options"),
           failure();
  StringRef words = row->WordList;
  if (value.empty() && words.starts_with("false "))
    value = "true";
  llvm::SmallVector<StringRef> known;
  words.split(known, ' ');
  if (!llvm::is_contained(known, value))
    return fail("--" + flag + " is one of: " + words), failure();
  request.target += (flag + "=" + value + " ").str();
  return success();
}

/// Reads `words`; on an error says what is wrong and fails.
static FailureOr<Request> readRequest(Words words) {
  Request request;
  auto next = [&](const Twine &wanted) -> StringRef {
    words = words.drop_front();
    if (words.empty())
      return fail(wanted), StringRef();
    return words.front();
  };
  for (; !words.empty(); words = words.drop_front()) {
    StringRef word = words.front();
    if (word == "-o") {
      request.output = next("-o wants the name of the output");
      if (request.output.empty())
        return failure();
    } else if (word == "--export" || word.consume_front("--export=")) {
      StringRef name = word == "--export" ? next("--export wants the name of "
                                                 "an export")
                                          : word;
      if (name.empty())
        return failure();
      request.kept.push_back(name);
    } else if (word.consume_front("--")) {
      if (failed(readOption(word, request)))
        return failure();
    } else if (word.starts_with("-") && word != "-") {
      return fail("no option " + word +
                  "; `meld fuse --help` lists the "
                  "options"),
             failure();
    } else {
      request.inputs.push_back(word);
    }
  }
  if (request.inputs.empty())
    return fail("no component to fuse; `meld fuse --help` shows how"),
           failure();
  if (request.output.empty())
    return fail("say where the result goes: -o FILE"), failure();
  return request;
}

void meld::driver::printFuseOptions(llvm::raw_ostream &os) {
  os << "\n  --export NAME      keep an export although it satisfies an import "
        "of\n                     another file; may be repeated\n";
  for (const component::TargetOptionInfo &row : component::getTargetOptions()) {
    StringRef words = row.WordList;
    os << "  --" << llvm::left_justify(getTargetFlag(row), 16) << ' '
       << row.What << "\n                     one of: " << words
       << ", the first is the default\n";
  }
}

//===----------------------------------------------------------------------===//
// The work
//===----------------------------------------------------------------------===//

/// Reads `file`, a component or text or bytecode of MLIR, to the end of
/// `module`.
static LogicalResult readInput(StringRef file, ModuleOp module) {
  auto buffer = llvm::MemoryBuffer::getFile(file, false, false);
  if (!buffer)
    return fail(file + ": " + buffer.getError().message()), failure();
  if (!file.ends_with(".mlir") && !file.ends_with(".mlirbc"))
    return importComponent(std::move(*buffer), module);
  auto parsed = parseSourceFile<ModuleOp>(file, module.getContext());
  if (!parsed)
    return failure();
  module.push_back(parsed.release());
  return success();
}

static LogicalResult runPipeline(const Request &request, ModuleOp module) {
  FuseOptions options;
  if (failed(options.parseFromString(request.target)))
    return failure();
  for (StringRef name : request.kept)
    options.kept.push_back(name.str());
  PassManager passes(module.getContext());
  buildFusePipeline(passes, options);
  return passes.run(module);
}

/// Writes the only core module at the top of `module` to `file`.
static LogicalResult writeOutput(ModuleOp module, StringRef file) {
  auto modules = llvm::to_vector(module.getOps<wasm::ModuleOp>());
  if (modules.size() != 1)
    return fail("fusing left " + Twine(modules.size()) +
                " core modules, wanted one"),
           failure();
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  if (failed(wasm::writeModule(modules.front(), os)))
    return failure();
  llvm::Error error =
      llvm::writeToOutput(file, [&](llvm::raw_ostream &out) -> llvm::Error {
        out << bytes;
        return llvm::Error::success();
      });
  if (error)
    return fail(file + ": " + toString(std::move(error))), failure();
  return success();
}

int meld::driver::fuseComponents(const char *, const Options &options,
                                 Words words) {
  FailureOr<Request> request = readRequest(words);
  if (failed(request))
    return 1;
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  installDiagnosticPrinter(context, options.diagnostics, findBinaryPlace);
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
  for (StringRef input : request->inputs)
    if (failed(readInput(input, *module)))
      return 1;
  return failed(runPipeline(*request, *module)) ||
         failed(writeOutput(*module, request->output));
}
