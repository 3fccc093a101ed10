//===- meld.cpp - The driver that people use ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace meld::driver;
using llvm::StringRef;

static const Command allCommands[] = {
    {"fuse", "make one core module of components",
     R"(usage: meld fuse FILE... -o OUTPUT [--OPTION=VALUE...]

Links the components FILE..., each import with the export of the same name and a
compatible version, and makes one core module of them. What one of them exports
for another is not exported by the result. Options are those of the pipeline:
`meld-opt --help` lists them under --fuse.

  meld fuse consumer.wasm producer.wasm -o fused.wasm
  meld fuse app.wasm -o app.core.wasm --spec=2026-08

On an error the exit status is 1, and OUTPUT is not written.
)",
     fuseComponents},
    {"run", "call a function of a fused program, in Node",
     R"(usage: meld run FILE --invoke NAME [ARGUMENT...]

Calls the export NAME of the fused program FILE and prints its result. NAME is
`f`, or `ns:p/i#f` for a function of an interface; async functions are awaited.

  meld run fused.wasm --invoke run 1000000 4096 65536
  meld run fused.wasm --invoke 'meld:example/feed#size'

Node 26 runs the program: the one that ./dev setup installed, or $MELD_NODE.
)",
     runProgram},
    {"inspect", "print what a program or component imports and exports",
     R"(usage: meld inspect FILE [--json]

Of a fused program: its exports and imports with their component-level types and
core names, which is all that a host has to know; --json prints the custom
section `meld.abi` as it is. Of a component: what it imports and exports.

  meld inspect fused.wasm
  meld inspect producer.wasm --json
)",
     inspectProgram},
};

/// The commands of this build.
static llvm::ArrayRef<Command> getCommands() {
  llvm::ArrayRef<Command> all(allCommands);
  return canFuse() ? all : all.drop_front();
}

int meld::driver::fail(const llvm::Twine &message) {
  llvm::errs() << "meld: error: " << message << '\n';
  return 1;
}

static void printHelp(llvm::raw_ostream &os) {
  os << "usage: meld COMMAND [ARGUMENT...]\n\n";
  for (const Command &command : getCommands())
    os << "  " << llvm::left_justify(command.name, 10) << command.summary
       << '\n';
  os << "\n--diagnostics=json, for every command, prints each error as one "
        "JSON "
        "object a line.\n`meld COMMAND --help` has options and examples.\n";
}

static bool isHelp(StringRef word) {
  return word == "--help" || word == "-h" || word == "help";
}

/// Takes --diagnostics=FORMAT out of `words`; false if FORMAT is unknown.
static bool takeOptions(llvm::SmallVectorImpl<StringRef> &words,
                        Options &options) {
  bool known = true;
  llvm::erase_if(words, [&](StringRef word) {
    if (!word.consume_front("--diagnostics="))
      return false;
    known &= word == "json" || word == "text";
    if (word == "json")
      options.diagnostics = meld::DiagnosticsFormat::Json;
    return true;
  });
  return known;
}

int main(int argc, char **argv) {
  llvm::SmallVector<StringRef> words(argv + 1, argv + argc);
  Options options;
  if (!takeOptions(words, options))
    return fail("--diagnostics is `text` or `json`");
  if (words.empty()) {
    printHelp(llvm::errs());
    return 1;
  }
  if (isHelp(words.front())) {
    printHelp(llvm::outs());
    return 0;
  }
  const Command *command = llvm::find_if(
      getCommands(), [&](const Command &c) { return c.name == words.front(); });
  if (command == getCommands().end())
    return fail("no command \"" + words.front() +
                "\"; `meld --help` lists the commands");
  Words rest = Words(words).drop_front();
  if (!rest.empty() && (rest.front() == "--help" || rest.front() == "-h")) {
    llvm::outs() << command->help;
    return 0;
  }
  return command->run(argv[0], options, rest);
}
