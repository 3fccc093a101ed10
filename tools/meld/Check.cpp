//===- Check.cpp - meld check: is it a valid component? -------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"

#include "meld/InitAllDialects.h"
#include "meld/Support/Names.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace meld;
using namespace meld::driver;
using llvm::StringRef;

/// Checks one file in a context of its own. Reports what is wrong.
static bool isValid(StringRef file, const Options &options) {
  auto buffer = llvm::MemoryBuffer::getFile(file, false, false);
  if (!buffer)
    return fail(file + ": " + buffer.getError().message()) == 0;
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  context.loadAllAvailableDialects();
  installDiagnosticPrinter(context, options.diagnostics, findBinaryPlace);
  return importComponent(std::move(*buffer), &context).get() != nullptr;
}

int meld::driver::checkComponents(const char *, const Options &options,
                                  Words words) {
  if (words.empty())
    return fail("no file to check; `meld check --help` shows how");
  for (StringRef word : words)
    if (word.starts_with("-"))
      return fail("no option " + word + "; `meld check --help` shows how");
  bool allValid = true;
  for (StringRef file : words) {
    bool valid = isValid(file, options);
    allValid &= valid;
    if (valid && options.diagnostics == DiagnosticsFormat::Text)
      llvm::outs() << escapeText(file) << ": valid\n";
  }
  return allValid ? 0 : 1;
}
