//===- CopyChanges.cpp - Is a wrong copy found? -----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// copy-changes COMPONENT: fuses it, and demands that its copies are right, and
// that after a change of any bit of a copy it is wrong. Then gives each index
// of each source the number of the next one, and a number that nothing has, and
// prints what is found. The same where no function is declared.
//
//===----------------------------------------------------------------------===//

#include "CopyCheck.h"
#include "SectionWriter.h"
#include "meld/InitAllDialects.h"
#include "meld/Pipelines/Fuse.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

static int stop(const Twine &message) {
  llvm::errs() << "copy-changes: " << message << '\n';
  return 1;
}

/// Changes each bit of each copy. Returns how many changes were not found, and
/// counts all.
static size_t changeBits(const Written &written, const ModuleIndex &index,
                         BodyCopier &bodies, size_t &changes) {
  size_t missed = 0;
  for (auto [number, function] : llvm::enumerate(index.functions)) {
    auto op = dyn_cast<BytesOp>(function);
    if (!op)
      continue;
    BodyCopier::Body body = *bodies.body(op);
    ArrayRef<uint8_t> copy = written.view.bodies[number];
    if (checkCopy(written, number, body))
      ++missed, llvm::outs() << op.getSymName() << " is not a copy\n";
    auto *bytes = const_cast<uint8_t *>(copy.data()); // of the writer
    for (size_t bit = 0; bit < 8 * copy.size(); ++bit) {
      bytes[bit / 8] ^= 1 << bit % 8;
      ++changes;
      std::optional<ReadError> error = checkCopy(written, number, body);
      if (!error)
        ++missed, llvm::outs() << op.getSymName() << ": bit " << bit << '\n';
      else if (bit == 0)
        llvm::outs() << error->message << '\n';
      bytes[bit / 8] ^= 1 << bit % 8;
    }
  }
  return missed;
}

/// What is wrong with the copies if no function is declared.
static void declareNothing(const core::ModuleView &view,
                           const ModuleIndex &index, BodyCopier &bodies) {
  for (auto [number, function] : llvm::enumerate(index.functions))
    if (auto op = dyn_cast<BytesOp>(function))
      if (auto error =
              checkCopy({view, llvm::BitVector()}, number, *bodies.body(op)))
        llvm::outs() << error->message << '\n';
}

static void print(const std::optional<ReadError> &error, const Twine &change) {
  llvm::outs() << (error ? error->message : "fits: " + change.str()) << '\n';
}

static void changeNumbers(const Written &written, BodyCopier::Source &source) {
  static constexpr const char *names[] = {"types",    "functions", "tables",
                                          "memories", "globals",   "tags",
                                          "datas",    "elems"};
  for (auto [name, numbers] : llvm::zip(names, source.numbers))
    for (size_t i = 0; i < numbers.size(); ++i) {
      uint32_t old = std::exchange(numbers[i], 1000);
      print(checkNumbers(written, source), "1000");
      numbers[i] = numbers[(i + 1) % numbers.size()];
      if (i + 1 < numbers.size() && numbers[i] != old)
        print(checkNumbers(written, source),
              Twine(name) + " " + Twine(i) + " and " + Twine(i + 1));
      numbers[i] = old;
    }
}

int main(int argc, char **argv) {
  if (argc != 2)
    return stop("usage: copy-changes COMPONENT");
  auto buffer = llvm::MemoryBuffer::getFile(argv[1], false, false);
  if (!buffer)
    return stop(Twine(argv[1]) + ": " + buffer.getError().message());
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  OwningOpRef<mlir::ModuleOp> file =
      mlir::ModuleOp::create(UnknownLoc::get(&context));
  PassManager passes(&context);
  buildFusePipeline(passes, FuseOptions());
  if (failed(importComponent(std::move(*buffer), *file)) ||
      failed(passes.run(*file)))
    return 1;
  auto module = *file->getOps<wasm::ModuleOp>().begin();
  ModuleIndex index;
  BodyCopier bodies(index);
  ByteWriter out;
  WriteOptions options;
  if (failed(index.build(module)) ||
      failed(SectionWriter(module, index, bodies, options).write(out)))
    return 1;
  core::ModuleView view;
  llvm::BitVector declared;
  core::ValidateOptions validate;
  validate.declared = &declared;
  if (core::readModule(llvm::arrayRefFromStringRef(out.bytes()), view) ||
      core::validateModule(view, validate))
    return stop("the module that is written is not valid");
  Written written = {view, declared};
  for (auto &[name, source] : bodies.sources())
    if (auto error = checkNumbers(written, *source))
      return stop(error->message);
  size_t changes = 0, missed = changeBits(written, index, bodies, changes);
  declareNothing(view, index, bodies);
  llvm::outs() << changes << " changes, " << missed << " not found\n";
  for (auto &[name, source] : bodies.sources())
    changeNumbers(written, *source);
  return missed != 0;
}
