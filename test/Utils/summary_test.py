"""Checks utils/summary.py on results of every kind, good and broken."""

import pathlib
import subprocess
import sys
import tempfile

SUMMARY = pathlib.Path(__file__).parents[2] / "utils/summary.py"
LIT = '{"tests": [%s]}'
JUNIT = "<testsuite>%s</testsuite>"
PASSED = '<testcase name="a"/>'
FAILED = '<testcase name="b"><failure/></testcase>'
SKIPPED = '<testcase name="c"><skipped/></testcase>'
ABSENT = ('<testcase name="d"><skipped message="Unable to find executable"/>'
          "</testcase>")


def lit(*codes):
    return LIT % ", ".join('{"name": "t", "code": "%s"}' % c for c in codes)


# (exit code, name, text or None for no file, last line)
CASES = [
    (0, "r.json", lit("PASS", "XFAIL"), "2 passed, 0 failed"),
    (1, "r.json", lit("PASS", "FAIL"), "1 passed, 1 failed"),
    (0, "r.json", lit("PASS", "XPASS"), "1 passed, 1 failed"),
    (0, "r.json", lit("PASS", "UNSUPPORTED"),
     "1 passed, 0 failed, 1 skipped"),
    (0, "r.json", lit("UNSUPPORTED"), "0 passed, 0 failed, 1 skipped"),
    (2, "r.json", lit("PASS"), "1 passed, 1 failed"),
    (0, "r.json", lit(), "0 passed, 1 failed"),
    (0, "r.json", None, "0 passed, 1 failed"),
    (0, "r.json", "{", "0 passed, 1 failed"),
    (0, "r.xml", JUNIT % PASSED, "1 passed, 0 failed"),
    (1, "r.xml", JUNIT % (PASSED + FAILED), "1 passed, 1 failed"),
    (0, "r.xml", JUNIT % (PASSED + SKIPPED),
     "1 passed, 0 failed, 1 skipped"),
    (0, "r.xml", JUNIT % ABSENT, "0 passed, 1 failed"),
    (0, "r.xml", "<a>", "0 passed, 1 failed"),
    (0, "r.jsonl", '{"file": "f", "line": 1, "outcome": "pass"}',
     "1 passed, 0 failed"),
    (0, "r.jsonl", '{"file": "f", "line": 1, "outcome": "odd"}',
     "0 passed, 1 failed"),
]


def main():
    with tempfile.TemporaryDirectory() as folder:
        for code, name, text, wanted in CASES:
            path = pathlib.Path(folder, name)
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_text(text)
            run = subprocess.run([sys.executable, SUMMARY, f"{code}:{path}"],
                                 capture_output=True, text=True, check=False)
            last = run.stdout.splitlines()[-1]
            assert last == wanted, (code, name, text, last, wanted)
            green = " 0 failed" in wanted and not wanted.startswith("0 passed")
            assert run.returncode == (0 if green else 1), (text, run.returncode)


main()
