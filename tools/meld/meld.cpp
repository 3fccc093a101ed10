//===- meld.cpp - The driver that people use ------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"

#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace meld::driver;
using llvm::StringRef;

static const Command commands[] = {
    {"fuse", "make one core module of components",
     R"(usage: meld fuse FILE... -o OUTPUT [--OPTION...]

Makes one core module of the components FILE... (binary, or .mlir with roots).
Each import is given the export of that name, in a compatible version, of another
file; what satisfied an import is not exported by the result. The order of the
files is the order of instantiation, except that what a file needs comes first.

  meld fuse consumer.wasm producer.wasm -o fused.wasm
  meld fuse app.wasm -o app.core.wasm --trap-info=none --start=initialize
  meld fuse main.wasm log.wasm -o all.wasm --export wasi:logging/logging

Then `meld inspect OUTPUT` says what a host has to give and may call, and
`meld run OUTPUT --invoke NAME` calls it. On an error the exit status is 1, and
OUTPUT is not written.
)",
     printFuseOptions, fuseComponents, /*readsComponents=*/true},
    {"link", "make one component of several",
     R"(usage: meld link FILE... -o OUTPUT [--export NAME] [--async-destructors]

Makes one component of the components FILE... (binary, or .mlir with roots), as
`meld fuse` links them: each import is given the export of that name, in a
compatible version, of another file. The result runs wherever components do; its
parts stay apart in it, each with its own memory.

  meld link consumer.wasm producer.wasm -o linked.wasm
  meld link main.wasm log.wasm -o all.wasm --export wasi:logging/logging

--export NAME keeps an export although it satisfies an import of another file;
it may be repeated. --async-destructors is that of `meld check`. On an error the
exit status is 1, and OUTPUT is not written.
)",
     nullptr, linkComponents, /*readsComponents=*/true},
    {"check", "say whether components or core modules are valid, and why not",
     R"(usage: meld check [--core] [--async-destructors] FILE...

Reads each component FILE (binary, or .mlir with roots) and checks all rules of
docs/Rules.md on it. Each error
names its rule, its place and, where it matters, what was wanted and found; the
check goes on after an error as far as that makes sense: it tells what is wrong
with each definition, and the first error of each nested module or component that
is malformed, and of each function body. Of a valid file it says so. With --core
the files are core modules; an error in a body names the function. With
--async-destructors, the resource types 0x3e of older texts are no error.

  meld check producer.wasm consumer.wasm
  meld check --core fused.wasm
  meld check broken.wasm --diagnostics=json

The exit status is 0 if all files are valid, else 1.
)",
     nullptr, checkComponents, /*readsComponents=*/true},
    {"run", "run a WASI command, or call a function of a program, in Node",
     R"(usage: meld run FILE [OPTION...] [ARGUMENT...]
       meld run FILE [OPTION...] --invoke NAME [VALUE...] [--invoke ...]

FILE is a fused program, or a component, which is fused first. The first form runs
a command, which exports wasi:cli/run, with these arguments. The second calls the
export NAME, `f` or `ns:p/i#f`, and prints its result; values are in WAVE syntax,
and async functions are awaited. More calls go into the same instance: a resource
is printed as counter#1, and named so by later calls; --drop HANDLE ends one. Of
counter, `counter` is the constructor and `counter.step` a method. A trap shows its stack in the words of the inputs,
if the program was made with `meld fuse --map`, as a component that is fused here is.

  meld run app.wasm --dir data --env LANG=C input.txt
  meld run fused.wasm --invoke run 1000000 4096 65536
  meld run fused.wasm --invoke 'counter("one", 5)' --invoke 'counter.step(#1, 2)'

  --env NAME[=VALUE]   a variable that a WASI program sees; none without it
  --dir HOST[::GUEST]  a folder that it sees, under the name GUEST
  --                   what follows is an argument

WASI 0.2 is implemented by the npm package @bytecodealliance/preview2-shim, which is
looked for from the working folder upwards, beside FILE, and beside Meld. Node 26
runs the program: the one that ./dev setup installed, or $MELD_NODE.
)",
     nullptr, runProgram},
    {"inspect", "print what a program or component imports, exports, contains",
     R"(usage: meld inspect FILE [--json | --wit] [--async-destructors]

Of a fused program: its exports and imports with their component-level types and
core names, which is all that a host has to know; --json prints the custom
section `meld.abi` as it is. Of a component: what it imports and exports, what
it contains, and which canonical built-ins it uses; --json gives the same as one
object. --async-destructors is that of `meld check`.

--wit prints the world `fused` that a fused program implements, from which tools in
the style of wit-component make a component of it again; docs/HostABI.md shows how.

  meld inspect fused.wasm
  meld inspect fused.wasm --wit
  meld inspect producer.wasm --json
)",
     nullptr, inspectProgram, /*readsComponents=*/true},
    {"where", "say what a byte of a fused program's code comes from",
     R"(usage: meld where FILE OFFSET... [--json]

Of each OFFSET, a byte of a fused program as engines print it in a stack: the
input file and its byte, the function, and the instance. FILE is the program,
beside the map that `meld fuse --map` wrote, or the map. Functions that
instances share are those of all that are listed; what Meld generated stands for
a definition in an input. --json prints one object a line.

  meld fuse main.wasm -o fused.wasm --map fused.wasm.map
  meld where fused.wasm 0x1a2

The exit status is 1 if a byte belongs to no function.
)",
     nullptr, locateOffsets},
};

static meld::DiagnosticsFormat failFormat = meld::DiagnosticsFormat::Text;

void meld::driver::setFailFormat(DiagnosticsFormat format) {
  failFormat = format;
}

/// Prints an error that has no place in a file; `rule` and `file` may be null.
static int printFailure(const llvm::Twine &message, const meld::RuleRow *rule,
                        StringRef file) {
  std::string text = meld::escapeText(message.str(), /*keepLines=*/true);
  if (failFormat == meld::DiagnosticsFormat::Text) {
    llvm::errs() << "meld: error: " << text << '\n';
    return 1;
  }
  llvm::json::OStream out(llvm::errs());
  out.object([&] {
    out.attribute("rule", rule ? llvm::json::Value(StringRef(rule->id))
                               : llvm::json::Value(nullptr));
    if (rule)
      out.attribute("level", stringifyRuleLevel(rule->level));
    out.attribute("severity", "error");
    if (file.data())
      out.attribute("file", meld::escapeText(file));
    out.attributeArray("path", [] {});
    out.attribute("message", text);
    out.attributeArray("notes", [] {});
  });
  llvm::errs() << '\n';
  return 1;
}

int meld::driver::fail(const llvm::Twine &message) {
  return printFailure(message, nullptr, {});
}

int meld::driver::failToRead(StringRef file, std::error_code why) {
  const RuleRow &row = getRuleRow(Rule::input_file);
  return printFailure(file + ": " + why.message() + " [" + row.id + "]", &row,
                      file);
}

static void printHelp(llvm::raw_ostream &os) {
  os << "usage: meld COMMAND [ARGUMENT...]\n\n";
  for (const Command &command : commands)
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
static bool takeDiagnostics(llvm::SmallVectorImpl<StringRef> &words,
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

/// Takes the options of all commands that read components out of `words`.
static void takeReading(llvm::SmallVectorImpl<StringRef> &words,
                        Options &options) {
  size_t given = words.size();
  llvm::erase(words, "--async-destructors");
  options.asyncDestructors = words.size() < given;
}

int main(int argc, char **argv) {
  llvm::SmallVector<StringRef> words(argv + 1, argv + argc);
  Options options;
  if (!takeDiagnostics(words, options))
    return fail("--diagnostics is `text` or `json`");
  meld::driver::setFailFormat(options.diagnostics);
  if (words.empty()) {
    printHelp(llvm::errs());
    return 1;
  }
  if (isHelp(words.front())) {
    printHelp(llvm::outs());
    return 0;
  }
  const Command *command = llvm::find_if(
      commands, [&](const Command &c) { return c.name == words.front(); });
  if (command == std::end(commands))
    return fail("no command \"" + words.front() +
                "\"; `meld --help` lists the commands");
  if (command->readsComponents)
    takeReading(words, options);
  Words rest = Words(words).drop_front();
  if (!rest.empty() && (rest.front() == "--help" || rest.front() == "-h")) {
    llvm::outs() << command->help;
    if (command->moreHelp)
      command->moreHelp(llvm::outs());
    return 0;
  }
  return command->run(argv[0], options, rest);
}
