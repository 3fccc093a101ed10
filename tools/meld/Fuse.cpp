//===- Fuse.cpp - meld fuse and link: several components to one -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Imports every input into one module, runs the pipeline `--fuse` or the pass
// `--component-link` on it, and writes the core module or component that is
// left. The output appears at its place only when it is complete.
//
//===----------------------------------------------------------------------===//

#include "Request.h"
#include "TextInput.h"

#include "meld/InitAllDialects.h"
#include "meld/Pipelines/Fuse.h"
#include "meld/Support/OutputFile.h"
#include "meld/Support/RemarkPrinter.h"
#include "meld/Target/Wasm/ComponentExport.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ModuleWriter.h"
#include "meld/Transforms/Passes.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace meld;
using namespace meld::driver;
using namespace mlir;

/// What is checked of the copies of guests' bodies. MLIR that passes have begun
/// to lower is not validated where it is read.
static wasm::CopyCheck copyCheckOf(const Request &request) {
  if (request.verify == Verify::generated)
    return wasm::CopyCheck::None;
  if (llvm::any_of(request.inputs, isText))
    return wasm::CopyCheck::Validated;
  return request.verify == Verify::full ? wasm::CopyCheck::Compared
                                        : wasm::CopyCheck::None;
}

/// Reads `file`, a component or text or bytecode of MLIR, to the end of
/// `module`. Custom sections stay where the result can have them.
static LogicalResult readInput(StringRef file, const Options &tool,
                               const Request &request, ModuleOp module) {
  auto buffer = llvm::MemoryBuffer::getFile(file, false, false);
  if (!buffer)
    return failToRead(file, buffer.getError()), failure();
  if (!isText(file)) {
    ImportOptions options;
    options.keepCustomSections = request.command == "link";
    options.asyncDestructors = tool.asyncDestructors;
    options.checkBodies = request.verify != Verify::generated;
    return importComponent(std::move(*buffer), module, options);
  }
  RootCheck check;
  check.bodies = request.verify != Verify::generated;
  check.allowsLowered = true;
  auto parsed = readText(file, module.getContext(), check);
  if (!parsed)
    return failure();
  module.push_back(parsed.release());
  return success();
}

/// Runs the passes of `--fuse`. All is verified between them but what merge
/// makes, an op for each function of the guests: it is read and validated as
/// bytes before it is written.
static LogicalResult runFusion(const FuseOptions &options, ModuleOp module) {
  PassManager lower(module.getContext()), merge(module.getContext());
  buildLowerPipeline(lower, options);
  buildMergePipeline(merge, options);
  merge.enableVerifier(false);
  return failure(failed(lower.run(module)) || failed(merge.run(module)));
}

static LogicalResult runPipeline(const Request &request, ModuleOp module) {
  if (request.command == "link") {
    PassManager passes(module.getContext());
    ComponentLinkOptions options;
    for (StringRef name : request.kept)
      options.kept.push_back(name.str());
    passes.addPass(createComponentLink(options));
    return passes.run(module);
  }
  FuseOptions options;
  if (failed(options.parseFromString(request.options)))
    return failure();
  for (StringRef name : request.kept)
    options.kept.push_back(name.str());
  return runFusion(options, module);
}

/// Writes the only core module at the top of `module`, and its map.
static LogicalResult writeProgram(const Request &request, ModuleOp module,
                                  llvm::raw_ostream &os,
                                  llvm::raw_ostream &map) {
  auto modules = llvm::to_vector(module.getOps<wasm::ModuleOp>());
  if (modules.size() != 1)
    return fail("fusing left " + Twine(modules.size()) +
                " core modules, wanted one"),
           failure();
  core::OffsetMap offsets;
  wasm::WriteOptions options;
  options.copies = copyCheckOf(request);
  if (!request.map.empty())
    options.map = &offsets;
  options.mapName = llvm::sys::path::filename(request.map);
  if (failed(wasm::writeModule(modules.front(), os, options)))
    return failure();
  if (options.map)
    offsets.write(map);
  return success();
}

/// Writes the only root, which may stand in a module of an input's text.
static LogicalResult writeComponent(ModuleOp module, llvm::raw_ostream &os) {
  llvm::SmallVector<component::RootOp> roots;
  module.walk<WalkOrder::PreOrder>([&](component::RootOp root) {
    roots.push_back(root);
    return WalkResult::skip();
  });
  if (roots.size() != 1)
    return fail("linking left " + Twine(roots.size()) +
                " components, wanted one"),
           failure();
  return exportComponent(roots.front(), os);
}

/// Reports `error`, which writing `file` ended with; it may name the file too.
static LogicalResult failToWrite(StringRef file, llvm::Error error) {
  std::string why;
  llvm::handleAllErrors(
      std::move(error),
      [&](const llvm::FileError &at) { why = at.messageWithoutFileInfo(); },
      [&](const llvm::ErrorInfoBase &other) { why = other.message(); });
  return fail(file + ": " + why), failure();
}

static LogicalResult writeFile(StringRef file, StringRef bytes) {
  llvm::Error error =
      writeOutputFile(file, [&](llvm::raw_ostream &out) -> llvm::Error {
        out << bytes;
        return llvm::Error::success();
      });
  return error ? failToWrite(file, std::move(error)) : success();
}

/// Writes what is left of `module` to the output, and the map if it is wanted:
/// both or neither. The bytes go straight into a file that takes the place of
/// the output when all is well.
static LogicalResult writeOutput(const Request &request, ModuleOp module) {
  std::string map;
  llvm::raw_string_ostream mapOs(map);
  LogicalResult written = success();
  bool isMapped = false;
  auto write = [&](llvm::raw_ostream &os) -> llvm::Error {
    written = request.command == "link"
                  ? writeComponent(module, os)
                  : writeProgram(request, module, os, mapOs);
    if (succeeded(written) && !request.map.empty()) {
      written = writeFile(request.map, map);
      isMapped = succeeded(written);
    }
    return succeeded(written) ? llvm::Error::success()
                              : llvm::createStringError("reported already");
  };
  llvm::Error error = writeOutputFile(request.output, write);
  if (!error)
    return success();
  if (isMapped)
    llvm::sys::fs::remove(request.map);
  if (succeeded(written))
    return failToWrite(request.output, std::move(error));
  llvm::consumeError(std::move(error));
  return failure();
}

static int run(StringRef command, const Options &options, Words words) {
  FailureOr<Request> request = readRequest(command, words);
  if (failed(request))
    return 1;
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  llvm::SourceMgr lines; // of text, which errors in text are shown with
  SourceMgrDiagnosticHandler printer(lines, &context);
  installDiagnosticPrinter(context, options.diagnostics, findBinaryPlace);
  if (!request->remarks.empty())
    installRemarkPrinter(context, request->remarks);
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
  for (StringRef input : request->inputs)
    if (failed(readInput(input, options, *request, *module)))
      return 1;
  // One root after the other passes through; locks would only cost.
  bool threads = context.isMultithreadingEnabled();
  context.disableMultithreading();
  if (failed(runPipeline(*request, *module)))
    return 1;
  context.enableMultithreading(threads);
  return failed(writeOutput(*request, *module));
}

int meld::driver::fuseComponents(const char *, const Options &options,
                                 Words words) {
  return run("fuse", options, words);
}

int meld::driver::linkComponents(const char *, const Options &options,
                                 Words words) {
  return run("link", options, words);
}
