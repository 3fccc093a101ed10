//===- ComponentTranslations.cpp - Flags for components ---------*- C++ -*-===//
// C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentInput.h"
#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ComponentInterface.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Support/SourceMgr.h"

using namespace meld;
using namespace mlir;

/// The only buffer of `sourceMgr`, which it keeps alive.
static std::shared_ptr<llvm::MemoryBuffer>
bufferOf(const std::shared_ptr<llvm::SourceMgr> &sourceMgr) {
  const llvm::MemoryBuffer *buffer =
      sourceMgr->getMemoryBuffer(sourceMgr->getMainFileID());
  return {sourceMgr, const_cast<llvm::MemoryBuffer *>(buffer)};
}

static void prepare(MLIRContext *context) {
  context->loadDialect<wasm::WasmDialect, component::ComponentDialect>();
  if (!isVerifyingDiagnostics())
    installDiagnosticPrinter(*context, getDiagnosticsFormat(), findBinaryPlace);
}

LogicalResult binary::printInterface(const llvm::MemoryBuffer &buffer,
                                     MLIRContext *context, bool asJson,
                                     raw_ostream &os, bool asyncDestructors) {
  ComponentView view;
  view.asyncDestructors = asyncDestructors;
  if (failed(decodeComponent(buffer, context, view)))
    return failure();
  asJson ? printInterfaceJson(view, os) : printInterface(view, os);
  return success();
}

void meld::registerComponentTranslations() {
  registerDiagnosticsOption();
  static llvm::cl::opt<bool> dropCustomSections(
      "drop-custom-sections",
      llvm::cl::desc("import components without their custom sections"));
  static llvm::cl::opt<bool> asyncDestructors(
      "async-destructors",
      llvm::cl::desc("import the resource types 0x3e of older texts"));
  TranslateToMLIRRegistration(
      "component-to-mlir", "import a component binary",
      [](const std::shared_ptr<llvm::SourceMgr> &sourceMgr,
         MLIRContext *context) -> OwningOpRef<Operation *> {
        prepare(context);
        ImportOptions options;
        options.keepCustomSections = !dropCustomSections;
        options.asyncDestructors = asyncDestructors;
        return importComponent(bufferOf(sourceMgr), context, options);
      });
  auto print = [](bool asJson) {
    return [asJson](const std::shared_ptr<llvm::SourceMgr> &sourceMgr,
                    raw_ostream &output, MLIRContext *context) {
      prepare(context);
      return binary::printInterface(*bufferOf(sourceMgr), context, asJson,
                                    output, asyncDestructors);
    };
  };
  TranslateRegistration("component-interface",
                        "print what a component imports, exports and contains",
                        print(false));
  TranslateRegistration("component-interface-json",
                        "print what a component imports, exports and "
                        "contains, as JSON",
                        print(true));
}
