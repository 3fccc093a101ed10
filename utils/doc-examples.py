#!/usr/bin/env python3
#===- doc-examples.py - run the examples in the texts of ops -----------------===#
#
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===---------------------------------------------------------------------===#
"""Runs every ```mlir example of pages, as docs/reference has one per op.

An example is put where it can stand (a root, a function, a module, a file),
and meld-opt reads it, prints it, and reads what it printed. What an example
uses and does not define is declared for it: values by an op of no dialect,
whose types the parser's own messages tell. Modules are made up; where other
symbols or a region around the example are missing, the verifier is left out.
"""

import argparse
import pathlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

BLOCK = re.compile(r"```mlir\n(.*?)```", re.S)
DEFINED = re.compile(r"(%[\w$.-]+)(?=(?::\d+)?(?:, %[\w$.-]+(?::\d+)?)* = )|[(,] *(%[\w$.-]+): ")
USED = re.compile(r"%[\w$.-]+")
# Types, attributes and locations become parts of an op.
LINES = [
    (re.compile(r"^( *)(!.*)", re.M), r'\1"example.type"() : () -> \2'),
    (re.compile(r"^( *)(#.*)", re.M), r'\1"example.attribute"() {a = \2} : () -> ()'),
    (re.compile(r"^( *)(loc\(.*\))$", re.M), r'\1"example.location"() : () -> () \2'),
]
WRONG_TYPE = re.compile(r"use of value '(%[\w$.-]+)' expects different type than prior uses: '(.*?)' vs 'none'")
MISSING_MODULE = re.compile(r'wants a symbol of the root, found "([^"]+)"')
OWN_ARGUMENT = re.compile(r"region entry argument '(%[\w$.-]+)' is already in use")
# What the verifier says of an example that is right but for what is around it.
MISSING_CONTEXT = re.compile(r"which is not defined|is none|symbol|stands outside of|wants the label")

# Where an example can stand; each has a place for declarations.
PLACES = [
    "component.root @example {{\n{modules}{values}{example}}}\n",
    "component.root @example {{\n  wasm.func @f() {{\n{values}{example}    wasm.unreachable\n  }}\n}}\n",
    "component.root @example {{\n  wasm.func @f() {{\n{values}{example}  }}\n}}\n",
    "component.root @example {{\n  wasm.func @f() -> i32 {{\n{values}{example}  }}\n}}\n",
    "component.root @example flattened {{\n{example}}}\n",
    "wasm.module @example {{\n{example}}}\n",
    "wasm.module @example {{\n  wasm.func @f() {{\n{values}{example}  }}\n}}\n",
    "component.root @example {{\n  %mt = component.type.core_module {{\n{example}  }}\n}}\n",
    "{example}",
]


class Example:
    def __init__(self, file, line, text):
        self.place = f"{file}:{line}"
        for pattern, form in LINES:
            text = pattern.sub(form, text)
        self.text = text
        defined = {name for pair in DEFINED.findall(text) for name in pair if name}
        self.free = sorted(set(USED.findall(text)) - defined)

    def whole(self, frame, types, modules):
        values = "".join(f'  {name} = "example.value"() : () -> {types.get(name, "none")}\n' for name in self.free)
        made = "".join(f"  wasm.module @{name} {{\n  }}\n" for name in sorted(modules))
        return frame.format(values=values, modules=made, example=self.text)


def run(tool, text, *words):
    words = [tool, "--allow-unregistered-dialect", *words, "-"]
    result = subprocess.run(words, input=text, capture_output=True, text=True)
    return result.stdout if result.returncode == 0 else None, result.stderr


def try_place(tool, example, frame):
    """None if the example stands well there, else the message."""
    types, modules, words = {}, set(), []
    while True:
        text, message = run(tool, example.whole(frame, types, modules), *words)
        if text is not None:
            again, message = run(tool, text, *words)
            return None if again == text else message or "is printed as something else"
        wrong, missing = WRONG_TYPE.search(message), MISSING_MODULE.search(message)
        own = OWN_ARGUMENT.search(message)
        if own and own[1] in example.free:
            example.free.remove(own[1])
        elif wrong and wrong[1] not in types:
            types[wrong[1]] = wrong[2]
        elif missing and missing[1] not in modules:
            modules.add(missing[1])
        elif not words and MISSING_CONTEXT.search(message):
            words = ["--mlir-very-unsafe-disable-verifier-on-parsing"]
        else:
            return message


def failure(tool, example):
    """The messages for an example that stands nowhere, else None."""
    messages = []
    for frame in PLACES:
        message = try_place(tool, example, frame)
        if message is None:
            return None
        messages.append(message)
    return f"{example.place}: stands nowhere\n{example.text}" + "".join(messages)


def examples(page):
    text = page.read_text()
    for match in BLOCK.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Example(page.name, line, match[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", default="meld-opt")
    parser.add_argument("page", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    found = [example for page in arguments.page for example in examples(page)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = pool.map(lambda example: failure(arguments.tool, example), found)
        failures = [message for message in results if message]
    print(*failures, f"doc-examples: {len(found)} examples, {len(failures)} of them wrong", sep="\n")
    sys.exit(bool(failures) or not found)


if __name__ == "__main__":
    main()
