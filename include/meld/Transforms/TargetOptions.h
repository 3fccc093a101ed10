//===- TargetOptions.h - The target as options of a pass -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TRANSFORMS_TARGETOPTIONS_H
#define MELD_TRANSFORMS_TARGETOPTIONS_H

#include "meld/Dialect/Component/IR/Component.h"
#include "mlir/Pass/PassOptions.h"

namespace meld {

/// The flag of a row of Target.td: its name with hyphens for underscores.
std::string getTargetFlag(const component::TargetOptionInfo &row);

/// One option for each row of Target.td, of a pass or of a pipeline. They are
/// made from the table, so that a row there is all that a new option needs. An
/// option that is empty, as it is by default, says nothing.
class TargetOptions {
public:
  using Value = mlir::detail::PassOptions::Option<std::string>;

  /// `Option` is `Pass::Option<std::string>` or `Value`, as `owner` has them.
  template <typename Option, typename Owner> void add(Owner &owner) {
    for (const component::TargetOptionInfo &row :
         component::getTargetOptions()) {
      Texts &text = *texts.emplace_back(std::make_unique<Texts>(row));
      values.push_back(std::make_unique<Option>(
          owner, text.flag, llvm::cl::desc(text.help), llvm::cl::init("")));
    }
  }

  /// `target` with what the options say. Reports a word that the table does not
  /// have, at `root`, and returns null.
  component::TargetAttr apply(component::RootOp root) const;

  /// The options that say something, as text: `memory=single start=section`.
  std::string str() const;

private:
  struct Texts {
    explicit Texts(const component::TargetOptionInfo &row);
    std::string flag, help;
  };
  llvm::SmallVector<std::unique_ptr<Texts>> texts;
  llvm::SmallVector<std::unique_ptr<Value>> values;
};

} // namespace meld

#endif // MELD_TRANSFORMS_TARGETOPTIONS_H
