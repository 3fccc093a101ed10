#!/usr/bin/env python3
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Keeps rules, checks, tests and docs/Rules.md in step.

check-rules.py [--write] [--root DIR]

Every row of include/meld/Support/Rules.def must have a check (`Rule::name` in
include/, lib/ or tools/), a test (`[id]` in test/) and its row in
docs/Rules.md. That row names a function that has the check and a test that shows
a case of it: both must be there and mention the rule. Every error of the readers
must go through `emitRule`. --write writes docs/Rules.md, and keeps the checks and
tests that it names where they are right. Exit status 1 and one line for each
orphan otherwise.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
if "--root" in sys.argv:
    ROOT = pathlib.Path(sys.argv[sys.argv.index("--root") + 1])
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
specification, and *unsupported* input is valid but more than Meld does. The
check is a function that finds a breach, one where there are several; the test
shows a case of it. This page is written by `utils/check-rules.py --write`, which
also fails, without `--write`, where one of them is missing.

| Rule | Level | Meaning | Source | Check | Test |
| --- | --- | --- | --- | --- | --- |
"""
# A line that starts the definition of a function, at the edge or inside of a
# class: its name is group 1.
FUNCTION = re.compile(r"^(?:(?=\S)|  (?=[^\[]*\{$))(?:[\w:<>,*& ]+[ *&])?(~?[A-Za-z_][\w:~]*(?:<\w+>::\w+)?)\(")
KEYWORDS = {"if", "for", "while", "switch", "return", "namespace", "MELD_RULE"}


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


def find_checks(sources):
    """By enumerator: (function, file) of each mention of `Rule::enumerator`."""
    found = {}
    for file, text in sorted(sources.items(), key=lambda item: (item[0].endswith(".h"), item[0])):
        function = None
        for line in text.splitlines():
            start = FUNCTION.match(line)
            if start and start[1] not in KEYWORDS:
                function = start[1]
            for name in re.findall(r"\bRule::(\w+)", line.split("//")[0]):
                if function and (function, file) not in found.setdefault(name, []):
                    found[name].append((function, file))
    return found


def place_of(source, kind):
    """Where checks and tests of a rule from `source` stand first of all."""
    if source.startswith("Meld"):
        return ""
    is_core = source.startswith("Core")
    if kind == "check":
        return "Wasm/Codec/" if is_core else "lib/Target/Wasm/(Component|Valid)"
    return "Target/Wasm/" if is_core else "Target/Component/"


def find_tests(rules, tests):
    """By id: the files that have it in brackets, the one that fits best first."""
    ids = {rule: place_of(source, "test") for _, rule, _, source, _ in rules}
    found = {}
    for file, text in tests.items():
        for rule in set(re.findall(r"\[([a-z0-9-]+)\]", text)) & ids.keys():
            found.setdefault(rule, []).append(file)

    def misfit(rule, file):
        words = ("invalid", "malformed", "unsupported", "validation", "unwritable", "error")
        return (rule not in file, not re.search(ids[rule], file), not any(word in file for word in words), len(file), file)

    for rule, files in found.items():
        files.sort(key=lambda file: misfit(rule, file))
    return found


def link(text, file):
    return f"[{text}](../{file})"


def check_cell(check):
    return link(f"`{check[0]}`", check[1])


def test_cell(file):
    return link(file.removeprefix("test/"), file)


def named_cells():
    """By id: what the page names now, as the texts of the two cells."""
    rows = PAGE.read_text().splitlines() if PAGE.exists() else []
    cells = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows if row.startswith("| `")]
    return {row[0].strip("`"): (row[4], row[5]) for row in cells if len(row) == 6}


def page(rules, checks, tests):
    named = named_cells()
    rows = []
    for name, rule, level, source, text in rules:
        ordered = sorted(checks.get(name, []), key=lambda check: not re.search(place_of(source, "check"), check[1]))
        cells = [[check_cell(each) for each in ordered], [test_cell(each) for each in tests.get(rule, [])]]
        old = named.get(rule, ("", ""))
        chosen = [before if before in now else (now or [""])[0] for before, now in zip(old, cells)]
        rows.append(f"| `{rule}` | {level} | {text} | {source} | {chosen[0]} | {chosen[1]} |")
    return HEADER + "\n".join(rows) + "\n"


def stale(rules, checks, tests):
    """What the page names that is not there, or does not mention the rule."""
    named = named_cells()
    for name, rule, *_ in rules:
        check, test = named.get(rule, ("", ""))
        if check not in [check_cell(each) for each in checks.get(name, [])]:
            yield f"{rule}: docs/Rules.md names the check {check or 'nothing'}, which does not mention Rule::{name}"
        if test not in [test_cell(each) for each in tests.get(rule, [])]:
            yield f"{rule}: docs/Rules.md names the test {test or 'nothing'}, which does not mention [{rule}]"


def orphans(rules, sources, checks, tests):
    for name, rule, *_ in rules:
        if name != rule.replace("-", "_"):
            yield f"{rule}: the enumerator is {name}, not the id with underscores"
        if name not in checks:
            yield f"{rule}: no check names Rule::{name}"
        if rule not in tests:
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
    sources = read_tree(["include", "lib", "tools"], SOURCES)
    checks = find_checks(sources)
    tests = find_tests(rules, read_tree(["test"]))
    if "--write" in sys.argv[1:]:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(rules, checks, tests))
    wrong = list(stale(rules, checks, tests))
    if not wrong and PAGE.read_text() != page(rules, checks, tests):
        wrong.append("docs/Rules.md is not that of Rules.def")
    if wrong:
        wrong.append("utils/check-rules.py --write writes docs/Rules.md anew")
    found += wrong
    found += orphans(rules, sources, checks, tests)
    for line in found:
        print(f"check-rules: {line}", file=sys.stderr)
    if not found:
        print(f"check-rules: {len(rules)} rules, each with a check and a test that docs/Rules.md names")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
