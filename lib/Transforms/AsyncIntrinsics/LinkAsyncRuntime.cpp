//===- LinkAsyncRuntime.cpp - the runtime joins a program -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuntimeFunctions.h"
#include "meld/Support/Rules.h"

#include "meld/Runtime/Image.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Target/Wasm/ModuleReader.h"
#include "meld/Transforms/Passes.h"

namespace meld {
#define GEN_PASS_DEF_LINKASYNCRUNTIME
#include "meld/Transforms/Passes.h.inc"
} // namespace meld

using namespace mlir;
using namespace meld;
using namespace meld::lowering;

static SmallVector<wasm::ImportOp> runtimeImports(component::RootOp root) {
  return llvm::filter_to_vector(
      root.getBody().getOps<wasm::ImportOp>(), [](wasm::ImportOp import) {
        return import.getModule() == runtimeModule && import.getSymName();
      });
}

static wasm::ExportOp findExport(wasm::ModuleOp module, StringRef name) {
  for (auto exported : module.getBody().getOps<wasm::ExportOp>())
    if (exported.getName() == name)
      return exported;
  return {};
}

/// The symbol of the root that the runtime's import `name` is given.
static StringRef argumentFor(StringRef name) {
  if (name == "memory")
    return memorySymbol;
  return name == "trap" ? trapSymbol : tableSymbol;
}

static LogicalResult checkImports(ArrayRef<wasm::ImportOp> imports,
                                  wasm::ModuleOp runtime) {
  for (wasm::ImportOp import : imports) {
    wasm::ExportOp exported = findExport(runtime, import.getName());
    if (!exported || exported.getType() != import.getType())
      return emitRule(import, Rule::runtime_import)
             << "the runtime has no function " << quoted(import.getName())
             << " of type " << import.getType();
  }
  return success();
}

/// The runtime is given the memory, table and trap function of the root.
static FailureOr<wasm::InstanceOp>
instantiate(OpBuilder &b, SymbolTable &symbols, wasm::ModuleOp runtime) {
  SmallVector<StringRef> modules, names;
  SmallVector<Attribute> arguments;
  for (auto import : runtime.getBody().getOps<wasm::ImportOp>()) {
    StringRef symbol = argumentFor(import.getName());
    if (!symbols.lookup(symbol))
      return emitRule(symbols.getOp(), Rule::runtime_import)
             << "the runtime wants " << quoted(symbol)
             << ", which --lower-async-intrinsics makes";
    modules.push_back(import.getModule());
    names.push_back(import.getName());
    arguments.push_back(FlatSymbolRefAttr::get(b.getContext(), symbol));
  }
  auto instance = wasm::InstanceOp::create(
      b, runtime.getLoc(), StringAttr(), b.getStringAttr(runtimeInstance),
      FlatSymbolRefAttr::get(runtime), b.getStrArrayAttr(modules),
      b.getStrArrayAttr(names), b.getArrayAttr(arguments));
  instance->setAttr("strip", b.getUnitAttr());
  return instance;
}

static LogicalResult link(component::RootOp root,
                          ArrayRef<wasm::ImportOp> imports) {
  SymbolTable symbols(root);
  MLIRContext *context = root.getContext();
  bool hasFibers = llvm::any_of(imports, [](wasm::ImportOp import) {
    return import.getName() == "fiber_main";
  });
  ArrayRef<uint8_t> image = runtimeImage(hasFibers);
  std::shared_ptr<llvm::MemoryBuffer> buffer = llvm::MemoryBuffer::getMemBuffer(
      StringRef(reinterpret_cast<const char *>(image.data()), image.size()),
      "runtime", /*RequiresNullTerminator=*/false);
  OpBuilder b(context);
  FailureOr<wasm::ModuleOp> runtime = wasm::readModule(
      b, "runtime", b.getStringAttr("runtime.wasm"), std::move(buffer));
  if (failed(runtime))
    return failure();
  Block &body = root.getBody().front();
  runtime->setSymVisibilityAttr(b.getStringAttr("private"));
  symbols.insert(*runtime, body.begin());
  if (failed(checkImports(imports, *runtime)))
    return failure();
  b.setInsertionPointAfter(*runtime);
  FailureOr<wasm::InstanceOp> instance = instantiate(b, symbols, *runtime);
  if (failed(instance))
    return failure();
  symbols.insert(*instance);
  for (wasm::ImportOp import : imports) {
    auto alias = wasm::AliasOp::create(
        b, import.getLoc(), StringAttr(), import.getSymNameAttr(),
        FlatSymbolRefAttr::get(*instance), import.getNameAttr(),
        import.getTypeAttr());
    symbols.erase(import);
    symbols.insert(alias);
  }
  return success();
}

namespace {
struct LinkAsyncRuntime : meld::impl::LinkAsyncRuntimeBase<LinkAsyncRuntime> {
  void runOnOperation() override {
    SmallVector<wasm::ImportOp> imports = runtimeImports(getOperation());
    if (imports.empty())
      return markAllAnalysesPreserved();
    if (failed(link(getOperation(), imports)))
      signalPassFailure();
  }
};
} // namespace
