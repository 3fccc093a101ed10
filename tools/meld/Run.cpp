//===- Run.cpp - meld run: call a fused program in Node -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// The program runs in the JavaScript host of host/js. This file finds that host
// and a Node that is new enough, and hands the words over.

#include "Commands.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
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

int meld::driver::runProgram(const char *executable, const Options &,
                             Words words) {
  if (words.empty())
    return fail("no file to run; `meld run --help` shows how");
  if (!llvm::is_contained(words, "--invoke"))
    return fail("say which export to call: meld run " + words.front() +
                " --invoke NAME; `meld inspect " + words.front() +
                "` lists the exports");
  if (!llvm::sys::fs::exists(words.front()))
    return fail("no such file: " + words.front());
  std::string host = findBeside(
      executable, {"../../host/js/run.mjs", "../share/meld/host/js/run.mjs"});
  if (host.empty())
    return fail("host/js/run.mjs is neither beside the build folder nor "
                "installed: install Meld again");
  std::string node = findNode(executable);
  if (node.empty() || !llvm::sys::fs::can_execute(node))
    return fail("Node 26 is missing: run ./dev setup in the clone of Meld, or "
                "set MELD_NODE to a Node of version 26 or newer");

  llvm::SmallVector<StringRef> call = {node, host};
  call.append(words.begin(), words.end());
  std::string message;
  int status =
      llvm::sys::ExecuteAndWait(node, call, std::nullopt, {}, 0, 0, &message);
  return status < 0 ? fail("cannot run " + node + ": " + message) : status;
}
