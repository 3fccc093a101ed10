"""Tests of utils/summary.py: each way in which a run of tests can go wrong."""

import importlib.util
import json
import os
import tempfile
import unittest

PATH = os.path.join(os.path.dirname(__file__), "../../utils/summary.py")
SPEC = importlib.util.spec_from_file_location("summary", PATH)
summary = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(summary)


class SummaryTest(unittest.TestCase):
    def outcomes(self, name, text, status=0):
        """The outcomes, without names, of a result file with `text`."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf8") as file:
                file.write(text)
            return [outcome for _, outcome in summary.outcomes(path, status)]

    def lit(self, *codes, status=0):
        tests = [{"name": code, "code": code} for code in codes]
        return self.outcomes("lit.json", json.dumps({"tests": tests}), status)

    def junit(self, cases, status=0):
        return self.outcomes("x.xml", f"<testsuite>{cases}</testsuite>", status)

    def test_lit_codes(self):
        self.assertEqual(self.lit("PASS", "XFAIL"), [summary.PASSED] * 2)
        self.assertEqual(self.lit("UNSUPPORTED"), [summary.SKIPPED])
        for code in ("FAIL", "TIMEOUT", "UNRESOLVED", "XPASS", "a new code"):
            self.assertEqual(self.lit(code), [summary.FAILED], code)

    def test_exit_status_without_a_failed_test_is_a_failure(self):
        self.assertEqual(self.lit("PASS", status=2),
                         [summary.PASSED, summary.FAILED])
        self.assertEqual(self.lit("FAIL", status=1), [summary.FAILED])

    def test_no_tests_is_a_failure(self):
        self.assertEqual(self.lit(), [summary.FAILED])
        self.assertEqual(self.junit(""), [summary.FAILED])

    def test_missing_or_broken_file_is_a_failure(self):
        self.assertEqual(summary.outcomes("/nonexistent.json", 0)[0][1],
                         summary.FAILED)
        self.assertEqual(self.outcomes("x.json", "{"), [summary.FAILED])
        self.assertEqual(self.outcomes("x.json", "{}"), [summary.FAILED])
        self.assertEqual(self.outcomes("x.xml", "<a>"), [summary.FAILED])

    def test_junit_cases(self):
        self.assertEqual(self.junit('<testcase name="a"/>'), [summary.PASSED])
        for bad in ("failure", "error"):
            self.assertEqual(
                self.junit(f'<testcase name="a"><{bad}/></testcase>'),
                [summary.FAILED])
        self.assertEqual(
            self.junit('<testcase name="a"><skipped/><failure/></testcase>'),
            [summary.SKIPPED])
        self.assertEqual(
            self.junit('<testcase name="a" status="disabled"/>'),
            [summary.SKIPPED])

    def test_missing_program_dressed_as_skipped_is_a_failure(self):
        case = ('<testcase name="a"><skipped '
                'message="Unable to find executable: x"/></testcase>')
        self.assertEqual(self.junit(case), [summary.FAILED])


if __name__ == "__main__":
    unittest.main()
