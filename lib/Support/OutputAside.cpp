//===- OutputAside.cpp - outputs that are inputs as well --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/OutputAside.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

using namespace meld;
using llvm::StringRef;
namespace fs = llvm::sys::fs;

/// The word of `-o FILE` or `-o=FILE` that has the FILE, and where it begins.
static std::pair<size_t, size_t> findOutput(const std::vector<char *> &words) {
  for (size_t i = 1; i < words.size(); ++i) {
    StringRef word = words[i];
    if ((word == "-o" || word == "--o") && i + 1 < words.size())
      return {i + 1, 0};
    if (word.starts_with("-o=") || word.starts_with("--o="))
      return {i, word.find('=') + 1};
  }
  return {0, 0};
}

static bool isInput(const std::vector<char *> &words, size_t but,
                    StringRef output) {
  for (size_t i = 1; i < words.size(); ++i)
    if (i != but && words[i][0] != '-' && fs::equivalent(words[i], output))
      return true;
  return false;
}

OutputAside::OutputAside(int argc, char **argv) : words(argv, argv + argc) {
  auto [index, begin] = findOutput(words);
  StringRef named = index ? StringRef(words[index]).drop_front(begin) : "";
  if (!fs::is_regular_file(named) || !isInput(words, index, named))
    return;
  llvm::SmallString<128> place;
  if (fs::createUniqueFile(named + ".%%%%%%", place))
    return; // the tool will say that it cannot write there
  output = named.str();
  aside = place.str().str();
  option = StringRef(words[index]).take_front(begin).str() + aside;
  words[index] = option.data();
  llvm::sys::RemoveFileOnSignal(aside);
}

int OutputAside::finish(int status) {
  if (aside.empty())
    return status;
  if (status == 0) {
    if (std::error_code error = fs::rename(aside, output)) {
      llvm::errs() << output << ": " << error.message() << '\n';
      status = 1;
    }
  }
  if (status != 0)
    fs::remove(aside);
  llvm::sys::DontRemoveFileOnSignal(aside);
  return status;
}
