#!/usr/bin/env python3
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Keeps rules, checks, tests and docs/Rules.md in step.

check-rules.py [--write]

Every row of include/meld/Support/Rules.def must have a check (`Rule::name` in
include/, lib/ or tools/), a test (`[id]` in test/) and its row in
docs/Rules.md; every error of the readers must go through `emitRule`. --write writes
docs/Rules.md instead of comparing it. Exit status 1 and one line for each
orphan otherwise.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "include/meld/Support/Rules.def"
PAGE = ROOT / "docs/Rules.md"
SOURCES = (".cpp", ".h", ".td", ".inc")
# Where no error may go without a rule. Verifiers of ops name their op instead.
RULED = "lib/Target/"
BARE = re.compile(r"(?<![\w.>])emit(?:Error|Warning)\(|emitOpError\(|->emitError\(")

HEADER = """# Rules

Every error and warning names one of these rules in brackets at its end, and in
the member `rule` of `--diagnostics=json`. *Malformed* input has bytes that the
binary format does not have, *invalid* input breaks a rule of the
specification, and *unsupported* input is valid but more than Meld does. This
page is written by `utils/check-rules.py --write`.

| Rule | Level | Meaning | Source |
| --- | --- | --- | --- |
"""


def read_rules():
    text = re.sub(r"^(//|#).*$", "", TABLE.read_text(), flags=re.M)
    rows = re.findall(r"MELD_RULE\(((?:[^\"()]|\"(?:[^\"\\]|\\.)*\")*)\)", text)
    rules = []
    for row in rows:
        strings = [
            "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', field)).replace('\\"', '"')
            for field in re.split(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", row)
        ]
        words = [f.strip() for f in re.split(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", row)]
        rules.append((words[0], strings[1], words[2].lower(), strings[3], strings[4]))
    return rules


def read_tree(folders, suffixes=None):
    texts = {}
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and (suffixes is None or path.suffix in suffixes):
                name = str(path.relative_to(ROOT))
                texts[name] = path.read_text(errors="replace")
    return texts


def page(rules):
    rows = [f"| `{i}` | {level} | {text} | {source} |" for _, i, level, source, text in rules]
    return HEADER + "\n".join(rows) + "\n"


def orphans(rules):
    sources = read_tree(["include", "lib", "tools"], SOURCES)
    tests = "\n".join(read_tree(["test"]).values())
    checks = "\n".join(sources.values())
    for name, rule, *_ in rules:
        if name != rule.replace("-", "_"):
            yield f"{rule}: the enumerator is {name}, not the id with underscores"
        if not re.search(rf"\bRule::{name}\b", checks):
            yield f"{rule}: no check names Rule::{name}"
        if f"[{rule}]" not in tests:
            yield f"{rule}: no test has [{rule}]"
    for name, text in sources.items():
        if not name.startswith(RULED):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if BARE.search(line.split("//")[0]):
                yield f"{name}:{number}: an error without a rule: use emitRule"


def main():
    rules = read_rules()
    found = []
    if not rules:
        found.append(f"{TABLE}: no rule found")
    for kind in (0, 1):
        keys = [rule[kind] for rule in rules]
        found += [f"{key}: more than one row" for key in sorted({k for k in keys if keys.count(k) > 1})]
    if "--write" in sys.argv[1:]:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(rules))
    elif not PAGE.exists() or PAGE.read_text() != page(rules):
        found.append("docs/Rules.md is not up to date: run utils/check-rules.py --write")
    found += orphans(rules)
    for line in found:
        print(f"check-rules: {line}", file=sys.stderr)
    if not found:
        print(f"check-rules: {len(rules)} rules, each with a check and a test")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
