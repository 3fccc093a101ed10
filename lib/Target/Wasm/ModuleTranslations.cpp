//===- ModuleTranslations.cpp - Flags for core modules ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentInput.h"
#include "ModuleIndex.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/OutputFile.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ModuleReader.h"
#include "meld/Target/Wasm/ModuleWriter.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

/// Where `--mlir-to-wasm` writes the offset map; made when the flag is
/// registered, as MLIR's own options are.
static llvm::cl::opt<std::string> &mapOption() {
  static llvm::cl::opt<std::string> option(
      "map", llvm::cl::value_desc("filename"),
      llvm::cl::desc("with --mlir-to-wasm: write where the code comes from"));
  return option;
}

/// Writes `map` to the file that was asked for. An error is at `place`: it is
/// not about an op, which would be printed with it.
static LogicalResult writeMap(Location place, const core::OffsetMap &map) {
  llvm::Error error =
      writeOutputFile(mapOption().getValue(), [&](raw_ostream &out) {
        map.write(out);
        return llvm::Error::success();
      });
  if (!error)
    return success();
  return emitRule(place, Rule::not_writable)
         << "the map cannot be written: " << toString(std::move(error));
}

/// The only module at the top of a file, as bytes.
static LogicalResult writeFile(Operation *op, raw_ostream &os) {
  SmallVector<wasm::ModuleOp> modules;
  if (auto file = dyn_cast<mlir::ModuleOp>(op))
    llvm::append_range(modules, file.getOps<wasm::ModuleOp>());
  else if (auto module = dyn_cast<wasm::ModuleOp>(op))
    modules.push_back(module);
  if (modules.size() != 1)
    return refuse(op, "has " + Twine(modules.size()) +
                          " modules at the top, wants one");
  StringRef mapFile = mapOption().getValue();
  if (mapFile.empty())
    return writeModule(modules.front(), os);
  core::OffsetMap map;
  WriteOptions options;
  options.map = &map;
  options.mapName = llvm::sys::path::filename(mapFile);
  if (failed(writeModule(modules.front(), os, options)))
    return failure();
  return writeMap(modules.front().getLoc(), map);
}

/// A module with the bytes of the file and its imports and exports as ops. The
/// blob keeps the file's buffer.
static Operation *readFile(const std::shared_ptr<llvm::SourceMgr> &sourceMgr,
                           MLIRContext *context) {
  context->loadDialect<WasmDialect>();
  if (!isVerifyingDiagnostics())
    installDiagnosticPrinter(*context, getDiagnosticsFormat(), findBinaryPlace);
  const llvm::MemoryBuffer *input =
      sourceMgr->getMemoryBuffer(sourceMgr->getMainFileID());
  std::shared_ptr<llvm::MemoryBuffer> buffer(
      sourceMgr, const_cast<llvm::MemoryBuffer *>(input));
  StringAttr file = binary::getFileName(*input, context);
  OpBuilder builder(context);
  OwningOpRef<mlir::ModuleOp> top =
      mlir::ModuleOp::create(AtLoc::get(context, file, 0));
  builder.setInsertionPointToEnd(top->getBody());
  StringRef name = llvm::sys::path::stem(file.getValue());
  if (failed(readModule(builder, name, file, std::move(buffer))))
    return nullptr;
  return top.release();
}

void meld::wasm::registerModuleTranslations() {
  mapOption();
  auto insert = [](DialectRegistry &registry) {
    registry.insert<WasmDialect>();
  };
  static TranslateFromMLIRRegistration write(
      "mlir-to-wasm", "write the wasm.module at the top as a core module",
      writeFile, insert);
  static TranslateToMLIRRegistration read(
      "wasm-to-mlir", "read a core module: its bytes, imports and exports",
      [](const std::shared_ptr<llvm::SourceMgr> &sourceMgr,
         MLIRContext *context) {
        return OwningOpRef<Operation *>(readFile(sourceMgr, context));
      },
      insert);
}
