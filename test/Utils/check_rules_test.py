#!/usr/bin/env python3
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks utils/check-rules.py on a small tree: each orphan is found."""

import pathlib
import subprocess
import sys
import tempfile

SCRIPT = pathlib.Path(__file__).parents[2] / "utils/check-rules.py"
TABLE = "include/meld/Support/Rules.def"
PAGE = "docs/Rules.md"
FILES = {
    TABLE: 'MELD_RULE(a_rule, "a-rule", Invalid, "Core: A", "a text")\n',
    "lib/Target/Check.cpp": "bool Checker::check(int at) {\n  emitRule(at, Rule::a_rule);\n}\n",
    "test/a-rule.test": "CHECK: error: text [a-rule]\n",
    PAGE: "",
}


def run(root, *words):
    done = subprocess.run([sys.executable, SCRIPT, "--root", root, *words], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


# (what is changed: file, old, new; what is said then)
CASES = [
    ("lib/Target/Check.cpp", "Rule::a_rule", "Rule::other", "a-rule: no check names Rule::a_rule"),
    ("lib/Target/Check.cpp", "Checker::check", "Checker::verify",
     "a-rule: docs/Rules.md names the check [`Checker::check`](../lib/Target/Check.cpp), which does not mention"),
    ("lib/Target/Check.cpp", "emitRule", "emitError", "lib/Target/Check.cpp:2: an error without a rule"),
    ("test/a-rule.test", "[a-rule]", "", "a-rule: no test has [a-rule]"),
    ("test/a-rule.test", "[a-rule]", "[b-rule]",
     "a-rule: docs/Rules.md names the test [a-rule.test](../test/a-rule.test), which does not mention"),
    (TABLE, "a text", "another text", "docs/Rules.md is not that of Rules.def"),
    (TABLE, '"a-rule"', '"b-rule"', "b-rule: the enumerator is a_rule"),
    (PAGE, "Checker::check", "Checker::gone", "a-rule: docs/Rules.md names the check"),
    (PAGE, "| `a-rule`", "| `z-rule`", "a-rule: docs/Rules.md names the check nothing"),
]

with tempfile.TemporaryDirectory() as folder:
    root = pathlib.Path(folder)
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    failed = []
    if run(root)[0] != 1:
        failed.append("a page without rows passes")
    if run(root, "--write")[0] != 0 or run(root)[0] != 0:
        failed.append("what --write wrote does not pass: " + run(root)[1])
    for name, old, new, said in CASES:
        good = (root / name).read_text()
        assert old in good, (name, old)
        (root / name).write_text(good.replace(old, new))
        code, out = run(root)
        if code != 1 or said not in out:
            failed.append(f"{name}: {old} -> {new}: exit status {code}, wanted {said!r} in: {out}")
        (root / name).write_text(good)
    for line in failed:
        print(line, file=sys.stderr)
    sys.exit(1 if failed else 0)
