//===- Fuse.cpp - The pipeline from components to one core module ---------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Pipelines/Fuse.h"

#include "meld/Transforms/SetTarget.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;
using namespace meld;

void meld::buildLowerPipeline(OpPassManager &passes,
                              const FuseOptions &options) {
  ComponentLinkOptions link;
  link.kept.assign(options.kept.begin(), options.kept.end());
  passes.addPass(createComponentLink(link));

  OpPassManager &root = passes.nest<component::RootOp>();
  root.addPass(createSetTargetPass(options.target.str()));
  root.addPass(createComponentFlatten());
  root.addPass(createLowerCalls());
  root.addPass(createLowerResources());
  root.addPass(createLowerStreams());
  root.addPass(createLowerFutures());
  root.addPass(createLowerThreads());
  root.addPass(createLowerTasks());
  root.addPass(createLowerCallbacks());
  root.addPass(createLowerValues());
  root.addPass(createLowerAsyncIntrinsics());
  root.addPass(createLinkAsyncRuntime());
}

void meld::buildMergePipeline(OpPassManager &passes,
                              const FuseOptions &options) {
  WasmMergeOptions merge;
  merge.stripDead = options.stripDead;
  merge.sections = options.sections;
  passes.addPass(createWasmMerge(merge));
}

void meld::buildFusePipeline(OpPassManager &passes,
                             const FuseOptions &options) {
  buildLowerPipeline(passes, options);
  buildMergePipeline(passes, options);
}

void meld::registerFusePipeline() {
  PassPipelineRegistration<FuseOptions>(
      "fuse", "Make one core module of components", buildFusePipeline);
}
