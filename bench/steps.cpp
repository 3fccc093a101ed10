//===- steps.cpp - Times the steps of a fusion ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// bench-steps CORE COMPONENT [ROUNDS]: does step by step what `meld fuse` does
// with COMPONENT, and by itself what the codec does with the core module CORE:
// reads it, lists the indices of its code, copies the code with all indices
// changed, validates it. Prints the milliseconds on processors and of the clock
// of each round, as JSON. The steps of a round run one after the other, so a
// slow moment of the machine meets all of them.
//
//===----------------------------------------------------------------------===//

#include "CodeCopy.h"
#include "meld/InitAllDialects.h"
#include "meld/Pipelines/Fuse.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/FixUps.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include "meld/Target/Wasm/ModuleWriter.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Threading.h"
#include <chrono>
#include <ctime>
#include <numeric>

using namespace meld;
using llvm::ArrayRef;

namespace {
[[noreturn]] void stop(const llvm::Twine &message) {
  llvm::errs() << "bench-steps: " << message << '\n';
  exit(1);
}

void demand(const std::optional<ReadError> &error) {
  if (error)
    stop("0x" + llvm::utohexstr(error->offset, true) + ": " + error->message);
}

/// What each step took in each round.
class Steps {
public:
  template <typename Run> void time(const char *name, Run run) {
    double processor = processorSeconds();
    auto start = std::chrono::steady_clock::now();
    run();
    std::chrono::duration<double> wall =
        std::chrono::steady_clock::now() - start;
    auto &[processors, walls] = steps[name];
    processors.push_back(1e3 * (processorSeconds() - processor));
    walls.push_back(1e3 * wall.count());
  }

  void print(llvm::json::OStream &out) {
    for (auto &[name, times] : steps)
      out.attributeObject(name, [&, &times = times] {
        out.attribute("processor", llvm::json::Array(times.first));
        out.attribute("wall", llvm::json::Array(times.second));
      });
  }

private:
  /// Of all threads: what others do meanwhile does not count.
  static double processorSeconds() {
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
  }

  using Times = std::vector<double>;
  llvm::MapVector<llvm::StringRef, std::pair<Times, Times>> steps;
};

/// Every index gets the number that is one higher, as in a merge.
struct Numbers {
  llvm::SmallVector<uint32_t> lists[core::numIndexSpaces];

  explicit Numbers(const core::ModuleView &view) {
    uint32_t sizes[] = {
        uint32_t(view.types.size()),   uint32_t(view.functions.size()),
        uint32_t(view.tables.size()),  uint32_t(view.memories.size()),
        uint32_t(view.globals.size()), uint32_t(view.tags.size()),
        uint32_t(view.datas.size()),   uint32_t(view.elems.size())};
    for (auto [list, size] : llvm::zip(lists, sizes)) {
      list.resize(size);
      std::iota(list.begin(), list.end(), 1);
    }
  }
};

void copyCode(const core::ModuleView &view, const Numbers &numbers) {
  wasm::ByteWriter out;
  for (ArrayRef<uint8_t> body : view.bodies) {
    ByteReader in = view.reader(body);
    wasm::CodeCopy copy(in, out, numbers.lists);
    copy.locals();
    copy.expression();
    demand(in.error());
  }
}

std::unique_ptr<llvm::MemoryBuffer> open(const char *name) {
  auto buffer = llvm::MemoryBuffer::getFile(name, false, false);
  if (!buffer)
    stop(llvm::Twine(name) + ": " + buffer.getError().message());
  return std::move(*buffer);
}
} // namespace

/// What the codec does with a core module. Returns the bytes of its code.
static uint64_t timeCodec(const char *name, Steps &steps) {
  auto buffer = open(name);
  core::ModuleView view;
  steps.time("read", [&] {
    demand(core::readModule(llvm::arrayRefFromStringRef(buffer->getBuffer()),
                            view));
  });
  steps.time("index", [&] {
    core::CodeIndex code;
    demand(code.build(view, core::CodeIndex::Accesses::Omit));
  });
  Numbers numbers(view);
  steps.time("copy", [&] { copyCode(view, numbers); });
  core::ValidateOptions one, all;
  all.threads = llvm::hardware_concurrency().compute_thread_count();
  steps.time("validate", [&] { demand(core::validateModule(view, one)); });
  steps.time("validate, threads",
             [&] { demand(core::validateModule(view, all)); });
  uint64_t bytes = 0;
  for (ArrayRef<uint8_t> body : view.bodies)
    bytes += body.size();
  return bytes;
}

/// What `meld fuse` does with a component.
static void timeFusion(const char *name, Steps &steps) {
  using namespace mlir;
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
  LogicalResult ok = success();
  steps.time("import", [&] { ok = importComponent(open(name), *module); });
  context.disableMultithreading(); // as in `meld fuse`, up to the last step
  auto run = [&](const char *step, auto build) {
    PassManager passes(&context);
    build(passes);
    steps.time(step, [&] {
      if (succeeded(ok))
        ok = passes.run(*module);
    });
  };
  run("lower",
      [](PassManager &passes) { buildLowerPipeline(passes, FuseOptions()); });
  run("merge", [](PassManager &passes) {
    passes.enableVerifier(false);
    passes.addPass(createWasmMerge({}));
  });
  context.enableMultithreading();
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  steps.time("emit", [&] {
    if (succeeded(ok))
      ok = wasm::writeModule(*module->getOps<wasm::ModuleOp>().begin(), os);
  });
  if (failed(ok))
    stop(llvm::Twine(name) + " cannot be fused");
}

int main(int argc, char **argv) {
  if (argc < 3)
    stop("usage: bench-steps CORE COMPONENT [ROUNDS]");
  int rounds = argc > 3 ? atoi(argv[3]) : 11;
  Steps steps;
  uint64_t codeBytes = 0;
  for (int round = 0; round < rounds; ++round) {
    codeBytes = timeCodec(argv[1], steps);
    timeFusion(argv[2], steps);
  }
  {
    llvm::json::OStream out(llvm::outs(), 1);
    out.object([&] {
      out.attribute("code", codeBytes);
      out.attributeObject("steps", [&] { steps.print(out); });
    });
  }
  llvm::outs() << '\n';
}
