//===- OutputAside.h - outputs that are inputs as well ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR's tools open their output before they have read their input, which cuts
// it off if both are one file: its bytes, which are views of the file, are
// gone. Here the output is written aside then, and takes the place of the input
// when all is well.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_OUTPUTASIDE_H
#define MELD_SUPPORT_OUTPUTASIDE_H

#include <string>
#include <vector>

namespace meld {

class OutputAside {
public:
  /// Looks for `-o FILE` where another word names FILE.
  OutputAside(int argc, char **argv);

  /// The command line to go on with.
  int argc() const { return static_cast<int>(words.size()); }
  char **argv() { return words.data(); }

  /// What a tool ends with: `status`, or 1 if the output could not be put in
  /// its place.
  int finish(int status);

private:
  std::vector<char *> words;
  std::string output, aside, option;
};

} // namespace meld

#endif // MELD_SUPPORT_OUTPUTASIDE_H
