//===- Fuse.h - The pipeline from components to one core module -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_PIPELINES_FUSE_H
#define MELD_PIPELINES_FUSE_H

#include "meld/Transforms/Passes.h"
#include "meld/Transforms/TargetOptions.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"

namespace meld {

/// The options of `--fuse`: those of the target, what the result exports beside
/// what nothing inside it imports, and those of `--wasm-merge`.
struct FuseOptions : mlir::PassPipelineOptions<FuseOptions> {
  FuseOptions() { target.add<TargetOptions::Value>(*this); }

  TargetOptions target;
  ListOption<std::string> kept{
      *this, "export",
      llvm::cl::desc("name of an export to keep although it satisfies an "
                     "import of another component; may be repeated")};
  Option<bool> stripDead{*this, "strip-dead",
                         llvm::cl::desc("drop what nothing can reach"),
                         llvm::cl::init(false)};
  Option<MergedSections> sections{
      *this, "sections",
      llvm::cl::desc("custom sections of the result beside `meld.abi`"),
      llvm::cl::init(MergedSections::name),
      llvm::cl::values(
          clEnumValN(MergedSections::name, "name", "names of functions"),
          clEnumValN(MergedSections::none, "none", "none"),
          clEnumValN(MergedSections::all, "all",
                     "names, producers, target_features, debug info"))};
};

/// Adds to `passes`, which run over a `builtin.module` of roots, what makes one
/// `wasm.module` of them (docs/Pipeline.md). What cannot be lowered is refused,
/// in one list.
void buildFusePipeline(mlir::OpPassManager &passes, const FuseOptions &options);

/// The part of it in front of `--wasm-merge`: it leaves one root, flattened, in
/// which all that is `component` or `async_intrinsic` is lowered.
void buildLowerPipeline(mlir::OpPassManager &passes,
                        const FuseOptions &options);

/// The rest of it: `--wasm-merge`.
void buildMergePipeline(mlir::OpPassManager &passes,
                        const FuseOptions &options);

/// Registers `--fuse`.
void registerFusePipeline();

} // namespace meld

#endif // MELD_PIPELINES_FUSE_H
