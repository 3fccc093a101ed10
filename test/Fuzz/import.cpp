//===- import.cpp - Fuzz target of the importer and exporter ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Target/Wasm/ComponentExport.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"

using namespace meld;
using namespace mlir;

static void demand(bool holds) {
  if (!holds)
    __builtin_trap();
}

namespace {
/// A context keeps every type and attribute that was ever made in it, so each
/// serves for some inputs only.
class Contexts {
public:
  MLIRContext &next() {
    if (uses++ % inputs == 0) {
      context = std::make_unique<MLIRContext>(MLIRContext::Threading::DISABLED);
      context->loadDialect<wasm::WasmDialect, component::ComponentDialect>();
      context->getDiagEngine().registerHandler([](Diagnostic &) {});
    }
    return *context;
  }

private:
  static constexpr unsigned inputs = 500;
  std::unique_ptr<MLIRContext> context;
  unsigned uses = 0;
};
} // namespace

static OwningOpRef<ModuleOp> import(StringRef bytes, MLIRContext &context) {
  return importComponent(llvm::MemoryBuffer::getMemBufferCopy(bytes, "x.wasm"),
                         &context, {"", false, /*keepCustomSections=*/true});
}

static std::string print(ModuleOp file) {
  std::string text;
  llvm::raw_string_ostream os(text);
  file.print(os);
  return text;
}

/// What is imported is valid IR, whose text reads back, and which is written
/// as a component that is imported as the same IR.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static Contexts contexts;
  MLIRContext &context = contexts.next();
  OwningOpRef<ModuleOp> imported =
      import({reinterpret_cast<const char *>(data), size}, context);
  if (!imported)
    return 0;
  demand(succeeded(verify(*imported)));
  std::string text = print(*imported);

  OwningOpRef<ModuleOp> parsed = parseSourceString<ModuleOp>(text, &context);
  demand(parsed && print(*parsed) == text);

  std::string written;
  llvm::raw_string_ostream os(written);
  auto roots = imported->getOps<component::RootOp>();
  demand(succeeded(exportComponent(*roots.begin(), os)));
  OwningOpRef<ModuleOp> again = import(written, context);
  demand(again && print(*again) == text);
  return 0;
}
