#!/usr/bin/env python3
"""Adds up test results: summary.py EXIT-CODE:FILE...

FILE is lit's JSON (.json), JUnit from node or ctest (.xml), or the suite
runner's JSON lines (.jsonl). A file that is missing, broken or empty, and an
exit code that no failed test explains, count as one failure each. The last
line is `N passed, N failed` or `N passed, N failed, N skipped`; the exit
status is 1 if anything failed.
"""

import json
import sys
import xml.etree.ElementTree as xml

LIT = {"PASS": "pass", "FLAKYPASS": "pass", "XFAIL": "pass",
       "UNSUPPORTED": "skip", "SKIPPED": "skip", "EXCLUDED": "skip"}


def lit(path):
    with open(path) as file:
        for test in json.load(file)["tests"]:
            # All else fails, an unexpected pass too.
            yield LIT.get(test["code"], "fail"), test["name"]


def junit_outcome(case):
    skipped = case.find("skipped")
    if skipped is not None:
        # ctest's dress for a test that does not exist.
        missing = "Unable to find executable" in skipped.get("message", "")
        return "fail" if missing else "skip"
    if case.find("failure") is not None or case.find("error") is not None:
        return "fail"
    return "skip" if case.get("status") == "disabled" else "pass"


def junit(path):
    for case in xml.parse(path).iter("testcase"):
        yield junit_outcome(case), case.get("name")


def suite(path):
    with open(path) as file:
        for line in file:
            item = json.loads(line)
            outcome = item["outcome"]
            known = outcome in ("pass", "skip")
            yield outcome if known else "fail", f'{item["file"]}:{item["line"]}'


READERS = {"json": lit, "xml": junit, "jsonl": suite}


def outcomes(argument):
    code, path = argument.split(":", 1)
    try:
        found = list(READERS[path.rsplit(".", 1)[-1]](path))
        if not found:
            found = [("fail", f"{path}: no results")]
    except (OSError, ValueError, KeyError, TypeError, xml.ParseError) as error:
        found = [("fail", f"{path}: {error}")]
    if int(code) and not any(outcome == "fail" for outcome, _ in found):
        found.append(("fail", f"{path}: exit status {code}"))
    return found


def main(arguments):
    total = {"pass": 0, "fail": 0, "skip": 0}
    for argument in arguments:
        for outcome, name in outcomes(argument):
            total[outcome] += 1
            if outcome == "fail":
                print(f"FAILED: {name}")
    line = f'{total["pass"]} passed, {total["fail"]} failed'
    print(line + (f', {total["skip"]} skipped' if total["skip"] else ""))
    return 1 if total["fail"] or not total["pass"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
