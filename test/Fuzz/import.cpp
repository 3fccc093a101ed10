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

/// The name is that of the root, and starts those of its blobs, which are
/// unique in a context for ever: no two inputs have one.
static OwningOpRef<ModuleOp> import(StringRef bytes, StringRef name,
                                    MLIRContext &context) {
  return importComponent(llvm::MemoryBuffer::getMemBufferCopy(bytes, name),
                         &context,
                         {"", false, /*keepCustomSections=*/true,
                          /*asyncDestructors=*/true});
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
  static Contexts contexts, ofText, ofWritten;
  static unsigned inputs = 0;
  std::string name = "x" + std::to_string(++inputs) + ".wasm";
  MLIRContext &text = ofText.next(), &written = ofWritten.next();
  OwningOpRef<ModuleOp> imported = import(
      {reinterpret_cast<const char *>(data), size}, name, contexts.next());
  if (!imported)
    return 0;
  demand(succeeded(verify(*imported)));
  std::string printed = print(*imported);

  auto parsed = parseSourceString<ModuleOp>(printed, &text);
  demand(parsed && print(*parsed) == printed);

  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  auto roots = imported->getOps<component::RootOp>();
  demand(succeeded(exportComponent(*roots.begin(), os)));
  OwningOpRef<ModuleOp> again = import(bytes, name, written);
  demand(again && print(*again) == printed);
  return 0;
}
