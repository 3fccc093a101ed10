//===- RemarkPrinter.cpp - remarks among the diagnostics --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/RemarkPrinter.h"

#include "mlir/IR/Remarks.h"

using namespace mlir;
using remark::detail::Remark;

namespace {
struct Printer : remark::detail::MLIRRemarkStreamerBase {
  void streamOptimizationRemark(const Remark &remark) override {
    bool isMissed = remark.getRemarkType() == llvm::remarks::Type::Missed;
    InFlightDiagnostic diag = emitRemark(remark.getLocation());
    diag << remark.getCategoryName() << (isMissed ? " (missed): " : ": ");
    for (const Remark::Arg &arg : remark.getArgs())
      diag << arg.val;
  }
};
} // namespace

void meld::installRemarkPrinter(MLIRContext &context, StringRef filter) {
  remark::RemarkCategories categories;
  // Without an expression of its own a kind of remark is not heard.
  categories.passed = categories.missed = filter.str();
  LogicalResult enabled = remark::enableOptimizationRemarks(
      context, std::make_unique<Printer>(),
      std::make_unique<remark::RemarkEmittingPolicyAll>(), categories);
  assert(succeeded(enabled) && "a printer opens no file");
  (void)enabled;
}
