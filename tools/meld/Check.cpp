//===- Check.cpp - meld check: is it valid? -------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "TextInput.h"

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/InitAllDialects.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Limits.h"
#include "meld/Support/Names.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/Threading.h"

using namespace meld;
using namespace meld::driver;
using llvm::StringRef;

/// Checks a component, with all bodies of its core modules.
static bool isValidComponent(const llvm::MemoryBuffer &buffer,
                             const Options &options) {
  mlir::MLIRContext context;
  context.loadDialect<wasm::WasmDialect>();
  installDiagnosticPrinter(context, options.diagnostics, findBinaryPlace);
  return succeeded(checkComponent(buffer, &context, options.asyncDestructors));
}

/// Checks the components that stand in a file of MLIR.
static bool isValidText(StringRef file, const Options &options) {
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  llvm::SourceMgr lines; // which errors are shown with
  mlir::SourceMgrDiagnosticHandler printer(lines, &context);
  installDiagnosticPrinter(context, options.diagnostics, findBinaryPlace);
  auto module = readText(file, &context, {});
  if (!module)
    return false;
  bool hasRoot = module
                     ->walk([](component::RootOp) {
                       return mlir::WalkResult::interrupt();
                     })
                     .wasInterrupted();
  return hasRoot || fail(file + ": has no `component.root` to check") == 0;
}

/// What is wrong with a core module: the first malformed byte, or all that is
/// invalid.
static std::vector<ReadError> findErrors(const llvm::MemoryBuffer &buffer) {
  core::ModuleView view;
  if (auto error = core::readModule(
          llvm::arrayRefFromStringRef(buffer.getBuffer()), view))
    return {*error};
  core::ValidateOptions options;
  options.threads = llvm::hardware_concurrency().compute_thread_count();
  options.limit = limits::listedErrors;
  return core::findErrors(view, options);
}

/// Checks a core module, all bodies of it.
static bool isValidModule(const llvm::MemoryBuffer &buffer,
                          const Options &options) {
  std::vector<ReadError> errors = findErrors(buffer);
  if (errors.empty())
    return true;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  context.loadDialect<wasm::WasmDialect>();
  installDiagnosticPrinter(context, options.diagnostics, findBinaryPlace);
  auto file = mlir::StringAttr::get(&context, buffer.getBufferIdentifier());
  for (const ReadError &error : errors)
    emitRule(wasm::AtLoc::get(&context, file, error.offset), error.rule)
        << error.message;
  return false;
}

/// Checks one file in a context of its own. Reports what is wrong.
static bool isValid(StringRef file, bool isCore, const Options &options) {
  auto buffer = llvm::MemoryBuffer::getFile(file, false, false);
  if (!buffer)
    return failToRead(file, buffer.getError()) == 0;
  if (isText(file))
    return isCore ? fail(file + ": --core is for binaries") == 0
                  : isValidText(file, options);
  return isCore ? isValidModule(**buffer, options)
                : isValidComponent(**buffer, options);
}

int meld::driver::checkComponents(const char *, const Options &options,
                                  Words words) {
  bool isCore = llvm::is_contained(words, "--core");
  llvm::SmallVector<StringRef> files;
  for (StringRef word : words)
    if (word != "--core")
      files.push_back(word);
  if (files.empty())
    return fail("no file to check; `meld check --help` shows how");
  for (StringRef file : files)
    if (file.starts_with("-"))
      return fail("no option " + file + "; `meld check --help` shows how");
  bool allValid = true;
  for (StringRef file : files) {
    bool valid = isValid(file, isCore, options);
    allValid &= valid;
    if (valid && options.diagnostics == DiagnosticsFormat::Text)
      llvm::outs() << escapeText(file) << ": valid\n";
  }
  return allValid ? 0 : 1;
}
