//===- SetTarget.h - Sets the options of a root -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TRANSFORMS_SETTARGET_H
#define MELD_TRANSFORMS_SETTARGET_H

#include "mlir/Pass/Pass.h"

namespace meld {

/// Sets the attribute `target` of a `component.root`: one option per row of
/// Target.td, with the underscores of its name as hyphens. An option that is
/// empty, as it is by default, leaves the value as it was.
///
///   meld-opt --set-target="memory=single trap-info=none"
///   component.root @r {                 component.root @r target
///   }                            ->         <memory = single,
///                                            trap_info = none> {
///                                       }
std::unique_ptr<mlir::Pass> createSetTargetPass();

/// The same with options as on the command line: `memory=single`.
std::unique_ptr<mlir::Pass> createSetTargetPass(llvm::StringRef options);

/// Registers `--set-target`.
void registerSetTargetPass();

} // namespace meld

#endif // MELD_TRANSFORMS_SETTARGET_H
