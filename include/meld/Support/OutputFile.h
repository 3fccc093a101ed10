//===- OutputFile.h - where tools write ------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What every tool does with its output: it is no input under any name, a link
// is written through and stays, a device or a pipe is written to, and a file is
// written aside and takes its place when all is well. So no error costs
// anybody a file, the old output least of all.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_OUTPUTFILE_H
#define MELD_SUPPORT_OUTPUTFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace meld {

/// Whether both name one file that is there, by whatever links.
bool isSameFile(llvm::StringRef a, llvm::StringRef b);

/// Writes what `write` gives to the file that `path` names, or leaves it as it
/// was if `write` fails; `-` is the standard output.
llvm::Error
writeOutputFile(llvm::StringRef path,
                llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write);

/// The output of MLIR's tools, which open it before they read their input, and
/// remove what has its name when they fail. They are given another name.
class OutputAside {
public:
  /// Looks for `-o FILE` among the words of a command line.
  OutputAside(int argc, char **argv);

  /// Whether another word names the output, which is then reported.
  bool isInput() const;

  /// The command line to go on with.
  int argc() const { return static_cast<int>(words.size()); }
  char **argv() { return words.data(); }

  /// What a tool ends with: `status`, or 1 if the output could not be put in
  /// its place.
  int finish(int status);

private:
  std::vector<char *> words;
  /// Of the word that has the output; 0 if none does.
  size_t index = 0;
  std::string output, place, aside, option;
};

} // namespace meld

#endif // MELD_SUPPORT_OUTPUTFILE_H
