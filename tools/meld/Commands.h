//===- Commands.h - The commands of the driver ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TOOLS_MELD_COMMANDS_H
#define MELD_TOOLS_MELD_COMMANDS_H

#include "meld/Support/DiagnosticPrinter.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

namespace meld::driver {

using Words = llvm::ArrayRef<llvm::StringRef>;

struct Options;

/// A row of the table of commands.
struct Command {
  llvm::StringRef name;
  llvm::StringRef summary; // one line, for `meld --help`
  llvm::StringRef help;    // `meld NAME --help`
  /// Prints what follows `help`: options that stand in a table. May be null.
  void (*moreHelp)(llvm::raw_ostream &os);
  /// Runs the command with the words behind its name; the exit status.
  int (*run)(const char *executable, const Options &options, Words words);
  /// Whether the options of all that reads components are options of it.
  bool readsComponents = false;
};

/// What stands in front of or between the words of every command.
struct Options {
  DiagnosticsFormat diagnostics = DiagnosticsFormat::Text;
  /// Of commands that read components: --async-destructors, whether the
  /// resource types 0x3e of older texts are read.
  bool asyncDestructors = false;
};

/// Prints `meld: error: message`, or the same as an object of
/// `--diagnostics=json`, and returns exit status 1.
int fail(const llvm::Twine &message);

/// The same of an input that cannot be read, with its rule.
int failToRead(llvm::StringRef file, std::error_code why);

/// How `fail` prints from now on.
void setFailFormat(DiagnosticsFormat format);

int runProgram(const char *executable, const Options &options, Words words);
int checkComponents(const char *executable, const Options &options,
                    Words words);
int fuseComponents(const char *executable, const Options &options, Words words);
int linkComponents(const char *executable, const Options &options, Words words);
int inspectProgram(const char *executable, const Options &options, Words words);
int locateOffsets(const char *executable, const Options &options, Words words);

void printFuseOptions(llvm::raw_ostream &os);

} // namespace meld::driver

#endif // MELD_TOOLS_MELD_COMMANDS_H
