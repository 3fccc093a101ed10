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
#include "meld/InitAllPasses.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ModuleWriter.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/Support/FileUtilities.h"

using namespace meld;
using namespace meld::driver;
using namespace mlir;

namespace {
/// The words of the command line, sorted.
struct Request {
  llvm::SmallVector<StringRef> inputs;
  StringRef output;
  /// Options of the pipeline: `--spec=2026-08` is `spec=2026-08`.
  std::string options;
};
} // namespace

/// Reads `words`; on an error says what is wrong and fails.
static FailureOr<Request> readRequest(Words words) {
  Request request;
  for (; !words.empty(); words = words.drop_front()) {
    StringRef word = words.front();
    if (word == "-o") {
      words = words.drop_front();
      if (words.empty())
        return fail("-o wants the name of the output"), failure();
      request.output = words.front();
    } else if (word.consume_front("--")) {
      auto [name, value] = word.split('=');
      request.options +=
          (name + "=" + (value.empty() ? "true" : value) + " ").str();
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

static LogicalResult importInputs(const Request &request, ModuleOp module) {
  for (StringRef input : request.inputs) {
    auto buffer = llvm::MemoryBuffer::getFile(input, false, false);
    if (!buffer)
      return fail(input + ": " + buffer.getError().message()), failure();
    if (failed(importComponent(std::move(*buffer), module)))
      return failure();
  }
  return success();
}

static LogicalResult runPipeline(const Request &request, ModuleOp module) {
  PassManager passes(module.getContext());
  auto report = [](const Twine &message) { return fail(message), failure(); };
  if (failed(PassPipelineInfo::lookup("fuse")->addToPipeline(
          passes, request.options, report)))
    return failure();
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

bool meld::driver::canFuse() {
  static const bool registered = [] {
    registerAllPasses();
    return PassPipelineInfo::lookup("fuse") != nullptr;
  }();
  return registered;
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
  return failed(importInputs(*request, *module)) ||
         failed(runPipeline(*request, *module)) ||
         failed(writeOutput(*module, request->output));
}
