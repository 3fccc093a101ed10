//===- VerifyWritten.cpp - Checks a module before it leaves -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyWritten.h"

#include "CopyCheck.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include "mlir/IR/Threading.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

static LogicalResult report(wasm::ModuleOp module, const char *what,
                            const ReadError &error) {
  return emitRule(module, Rule::written_module)
         << "would be written " << what << ": " << error.message << " (byte 0x"
         << llvm::utohexstr(error.offset, /*LowerCase=*/true) << ")";
}

/// Compares all copies, or as many as come before the first that differs from
/// its source. Threads share them.
static std::optional<ReadError> compareCopies(const Written &written,
                                              const ModuleIndex &index,
                                              BodyCopier &bodies,
                                              MLIRContext *context) {
  for (auto &[name, source] : bodies.sources())
    if (std::optional<ReadError> error = checkNumbers(written, *source))
      return error;
  std::vector<std::pair<uint32_t, BodyCopier::Body>> copies;
  for (auto [number, function] : llvm::enumerate(index.functions))
    if (auto op = dyn_cast<BytesOp>(function))
      copies.emplace_back(number, *bodies.body(op)); // was found once
  static constexpr size_t batch = 256;
  std::vector<std::optional<ReadError>> errors(
      llvm::divideCeil(copies.size(), batch));
  parallelFor(context, 0, errors.size(), [&](size_t i) {
    for (auto &[number, body] :
         ArrayRef(copies).slice(i * batch).take_front(batch))
      if ((errors[i] = checkCopy(written, number, body)))
        return;
  });
  auto found = llvm::find_if(
      errors, [](const auto &error) { return error.has_value(); });
  return found == errors.end() ? std::nullopt : *found;
}

LogicalResult wasm::verifyWritten(wasm::ModuleOp module,
                                  const ModuleIndex &index, BodyCopier &bodies,
                                  const ByteWriter &out, CopyCheck copies) {
  llvm::BitVector made(index.functions.size()), declared;
  for (auto [number, function] : llvm::enumerate(index.functions))
    made[number] = isa<FuncOp>(function);
  core::ModuleView view;
  std::optional<ReadError> error =
      core::readModule(llvm::arrayRefFromStringRef(out.bytes()), view);
  MLIRContext *context = module.getContext();
  core::ValidateOptions options;
  options.declared = &declared;
  if (copies != CopyCheck::Validated)
    options.only = &made; // few, so no threads
  else
    options.threads = context->getNumThreads();
  if (!error)
    error = core::validateModule(view, options);
  if (error)
    return report(module, "as a module that is not valid", *error);
  if (copies == CopyCheck::Compared)
    error = compareCopies({view, declared}, index, bodies, context);
  return error ? report(module, "with a copy that is wrong", *error)
               : success();
}
