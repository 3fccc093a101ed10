//===- Check.cpp - meld check: is it valid? -------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Names.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
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
  return succeeded(checkComponent(buffer, &context));
}

/// Checks a core module, all bodies of it.
static bool isValidModule(std::unique_ptr<llvm::MemoryBuffer> buffer,
                          const Options &options) {
  core::ModuleView view;
  std::optional<ReadError> error =
      core::readModule(llvm::arrayRefFromStringRef(buffer->getBuffer()), view);
  if (!error)
    error = core::validateModule(
        view, {/*bodies=*/true, /*only=*/nullptr,
               llvm::hardware_concurrency().compute_thread_count()});
  if (!error)
    return true;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  context.loadDialect<wasm::WasmDialect>();
  installDiagnosticPrinter(context, options.diagnostics, findBinaryPlace);
  StringRef name = llvm::sys::path::filename(buffer->getBufferIdentifier());
  emitRule(wasm::AtLoc::get(&context, mlir::StringAttr::get(&context, name),
                            error->offset),
           error->rule)
      << error->message;
  return false;
}

/// Checks one file in a context of its own. Reports what is wrong.
static bool isValid(StringRef file, bool isCore, const Options &options) {
  auto buffer = llvm::MemoryBuffer::getFile(file, false, false);
  if (!buffer)
    return fail(file + ": " + buffer.getError().message()) == 0;
  return isCore ? isValidModule(std::move(*buffer), options)
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
