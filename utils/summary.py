#!/usr/bin/env python3
"""Adds up test results and prints `N passed, N failed[, N skipped]`.

usage: summary.py EXIT:FILE ...

FILE is what a test runner wrote, EXIT the status that it ended with: lit's JSON
(`lit -o`) or JUnit XML (ctest, node). A file that is missing, broken or empty
and a runner that failed without a failed test count as one failure each, so no
runner can fail in silence. Exits 1 if anything failed.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree

PASSED, FAILED, SKIPPED = range(3)

# All codes of lit that are not here are failures, XPASS among them.
LIT_CODES = {
    "PASS": PASSED,
    "FLAKYPASS": PASSED,
    "XFAIL": PASSED,
    "UNSUPPORTED": SKIPPED,
    "SKIPPED": SKIPPED,
    "EXCLUDED": SKIPPED,
}


def lit_outcomes(path):
    with open(path, encoding="utf8") as file:
        tests = json.load(file)["tests"]
    return [(t["name"], LIT_CODES.get(t["code"], FAILED)) for t in tests]


def junit_outcome(case):
    skipped = case.find("skipped")
    if skipped is not None:
        # ctest dresses a test whose program is missing as a skipped one.
        missing = "Unable to find executable" in skipped.get("message", "")
        return FAILED if missing else SKIPPED
    if case.find("failure") is not None or case.find("error") is not None:
        return FAILED
    return SKIPPED if case.get("status") == "disabled" else PASSED


def junit_outcomes(path):
    cases = ElementTree.parse(path).getroot().iter("testcase")
    return [(case.get("name"), junit_outcome(case)) for case in cases]


def outcomes(path, status):
    """What `path` says, and a failure of its own if that cannot be right."""
    try:
        read = lit_outcomes if path.endswith(".json") else junit_outcomes
        found = read(path)
    except (OSError, ValueError, KeyError, ElementTree.ParseError) as error:
        return [(f"{path}: {error}", FAILED)]
    if not found:
        return [(f"{path}: no tests", FAILED)]
    if status != 0 and all(outcome != FAILED for _, outcome in found):
        found.append((f"{path}: exit status {status}", FAILED))
    return found


def main(arguments):
    counts = [0, 0, 0]
    for argument in arguments:
        status, path = argument.split(":", 1)
        for name, outcome in outcomes(path, int(status)):
            counts[outcome] += 1
            if outcome == FAILED:
                print(f"FAILED: {name}")
    skipped = f", {counts[SKIPPED]} skipped" if counts[SKIPPED] else ""
    print(f"{counts[PASSED]} passed, {counts[FAILED]} failed{skipped}")
    return 1 if counts[FAILED] or not arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
