//===- codec.cpp - Times the codec of core modules --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// bench-codec FILE [ROUNDS]: reads, indexes, copies and validates the core
// module FILE and prints the median time of each step, as JSON. The steps of a
// round run one after the other, so a slow moment of the machine meets all of
// them.
//
//===----------------------------------------------------------------------===//

#include "CodeCopy.h"
#include "meld/Target/Wasm/FixUps.h"
#include "meld/Target/Wasm/ModuleValidator.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <ctime>
#include <numeric>

using namespace meld;
using llvm::ArrayRef;

namespace {
struct Step {
  const char *name;
  std::vector<double> seconds;
};

[[noreturn]] void stop(const ReadError &error) {
  llvm::errs() << "bench-codec: 0x" << llvm::utohexstr(error.offset, true)
               << ": " << error.message << '\n';
  exit(1);
}

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

size_t copyCode(const core::ModuleView &view, const Numbers &numbers) {
  wasm::ByteWriter out;
  for (ArrayRef<uint8_t> body : view.bodies) {
    ByteReader in = view.reader(body);
    wasm::CodeCopy copy(in, out, numbers.lists);
    copy.locals();
    copy.expression();
    if (in.failed())
      stop(*in.error());
  }
  return out.size();
}

/// Seconds of this thread on a processor: what others do meanwhile does not
/// count.
double now() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

template <typename Run> void time(Step &step, Run run) {
  double start = now();
  run();
  step.seconds.push_back(now() - start);
}

double median(std::vector<double> values) {
  llvm::sort(values);
  return values[values.size() / 2];
}
} // namespace

int main(int argc, char **argv) {
  if (argc < 2)
    return llvm::errs() << "usage: bench-codec FILE [ROUNDS]\n", 1;
  auto buffer = llvm::MemoryBuffer::getFile(argv[1], false, false);
  if (!buffer)
    return llvm::errs() << argv[1] << ": " << buffer.getError().message()
                        << '\n',
           1;
  ArrayRef<uint8_t> bytes = llvm::arrayRefFromStringRef((*buffer)->getBuffer());
  int rounds = argc > 2 ? atoi(argv[2]) : 11;

  Step read{"read", {}}, index{"index", {}}, listed{"index with accesses", {}},
      copy{"copy", {}}, validate{"validate", {}};
  uint64_t codeBytes = 0, fixUps = 0;
  for (int round = 0; round < rounds; ++round) {
    core::ModuleView view;
    time(read, [&] {
      if (auto error = core::readModule(bytes, view))
        stop(*error);
    });
    auto build = [&](core::CodeIndex::Accesses accesses) {
      core::CodeIndex code;
      if (auto error = code.build(view, accesses))
        stop(*error);
      fixUps = code.all().size();
    };
    time(index, [&] { build(core::CodeIndex::Accesses::Omit); });
    time(listed, [&] { build(core::CodeIndex::Accesses::List); });
    Numbers numbers(view);
    time(copy, [&] { copyCode(view, numbers); });
    time(validate, [&] {
      if (auto error = core::validateModule(view))
        stop(*error);
    });
    codeBytes = 0;
    for (ArrayRef<uint8_t> body : view.bodies)
      codeBytes += body.size();
  }
  llvm::outs() << "{\"file\": \"" << argv[1]
               << "\", \"code bytes\": " << codeBytes
               << ", \"fix-ups\": " << fixUps;
  for (const Step *step : {&read, &index, &listed, &copy, &validate}) {
    double seconds = median(step->seconds);
    llvm::outs() << ",\n \"" << step->name
                 << "\": {\"ms\": " << llvm::format("%.3f", seconds * 1e3)
                 << ", \"MB/s\": "
                 << llvm::format("%.0f", codeBytes / seconds / 1e6) << '}';
  }
  llvm::outs() << "}\n";
}
