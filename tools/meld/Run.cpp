//===- Run.cpp - meld run: call a fused program in Node -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// The program runs in the JavaScript host of host/js. This file finds that host
// and a Node that is new enough, and hands the words over. A component is fused
// first, into a file that is gone afterwards.

#include "Commands.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include <cstdlib>

using namespace meld::driver;
using llvm::SmallString;
using llvm::StringRef;
namespace path = llvm::sys::path;

/// The first of `places`, relative to the folder of the executable, that
/// exists; empty if none does.
static std::string findBeside(const char *executable,
                              llvm::ArrayRef<StringRef> places) {
  static int anchor;
  SmallString<128> folder(
      path::parent_path(llvm::sys::fs::getMainExecutable(executable, &anchor)));
  for (StringRef place : places) {
    SmallString<128> candidate(folder);
    path::append(candidate, place);
    if (llvm::sys::fs::exists(candidate))
      return candidate.str().str();
  }
  return "";
}

/// Node: what MELD_NODE names, else what ./dev installed beside the build
/// folder. Never one from PATH: it may lack multiple memories.
static std::string findNode(const char *executable) {
  if (const char *named = std::getenv("MELD_NODE"))
    return named;
  return findBeside(executable, {"../../node_modules/.bin/node"});
}

/// Whether `file` begins as a component does: as a core module, but of layer 1.
static bool isComponent(StringRef file) {
  auto buffer = llvm::MemoryBuffer::getFileSlice(file, 8, 0);
  return buffer && (*buffer)->getBuffer() == StringRef("\0asm\x0d\0\1\0", 8);
}

/// Runs what `call` says; its exit status.
static int execute(llvm::ArrayRef<StringRef> call) {
  std::string message;
  int status = llvm::sys::ExecuteAndWait(call.front(), call, std::nullopt, {},
                                         0, 0, &message);
  return status < 0 ? fail("cannot run " + call.front() + ": " + message)
                    : status;
}

int meld::driver::runProgram(const char *executable, const Options &options,
                             Words words) {
  if (words.empty())
    return fail("no file to run; `meld run --help` shows how");
  StringRef file = words.front();
  if (!llvm::sys::fs::exists(file))
    return fail("no such file: " + file);
  std::string host = findBeside(
      executable, {"../../host/js/run.mjs", "../share/meld/host/js/run.mjs"});
  if (host.empty())
    return fail("host/js/run.mjs is neither beside the build folder nor "
                "installed: install Meld again");
  std::string node = findNode(executable);
  if (node.empty() || !llvm::sys::fs::can_execute(node))
    return fail("Node 26 is missing: run ./dev setup in the clone of Meld, or "
                "set MELD_NODE to a Node of version 26 or newer");

  SmallString<128> fused, map;
  std::optional<llvm::FileRemover> removeFused, removeMap;
  if (isComponent(file)) {
    if (std::error_code error =
            llvm::sys::fs::createTemporaryFile("meld-run", "wasm", fused))
      return fail("cannot make a temporary file: " + error.message());
    (map = fused) += ".map";
    removeFused.emplace(fused);
    removeMap.emplace(map);
    if (int status = fuseComponents(executable, options,
                                    {file, "-o", fused, "--map", map}))
      return status;
  }
  llvm::SmallVector<StringRef> call = {node, host};
  call.push_back(fused.empty() ? file : StringRef(fused));
  call.append({"--name", file});
  llvm::append_range(call, words.drop_front());
  return execute(call);
}
