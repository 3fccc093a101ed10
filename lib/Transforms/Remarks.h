//===- Remarks.h - what a pass made, and why not more -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_REMARKS_H
#define MELD_LIB_TRANSFORMS_REMARKS_H

#include "mlir/IR/Location.h"
#include "llvm/ADT/Twine.h"

namespace meld {

/// The optimization remarks of one pass, whose argument is their category. They
/// cost nothing where nobody listens: text is built by functions, which are
/// called only if it is heard.
class Remarks {
public:
  using Text = llvm::function_ref<std::string()>;

  Remarks(mlir::MLIRContext *context, llvm::StringRef pass)
      : context(context), pass(pass) {}

  bool areHeard() const;

  /// Something was made as fast as it can be. `symbol` is what it is about.
  void passed(mlir::Location loc, llvm::StringRef what, llvm::StringRef symbol,
              Text text) const;
  /// It was not, and `text` says why.
  void missed(mlir::Location loc, llvm::StringRef what, llvm::StringRef symbol,
              Text text) const;

private:
  mlir::MLIRContext *context;
  llvm::StringRef pass;
};

} // namespace meld

#endif // MELD_LIB_TRANSFORMS_REMARKS_H
